"""Read the form with which a table is sent: what is asked of its import, or what is wrong at which field."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from access.import_kinds import IMPORT_KINDS
from access.stage_table import TableAsked
from config.clock import read_date
from config.errors import Invalid
from config.tables.heading_mapping import SaidColumns, read_columns
from config.tables.options import ImportOptions, refuse_meaningless
from config.web.receive_upload import ReceivedForm


@dataclass(frozen=True)
class ReadTableForm:
    """What a form says.

    Args:
        faults: By field, what is wrong there; the request counts only where there is none.
    """

    kind: str
    asked: TableAsked
    faults: dict[str, str]


def read_table_form(form: ReceivedForm, kind: str, kinds: Sequence[str]) -> ReadTableForm:
    """Read a form.

    Args:
        kind: As it was chosen.
        kinds: Those that may be.
    """
    faults = dict[str, str]()
    if kind not in kinds:
        faults["kind"] = "Choose what the file holds."
    if fault := fault_of_files(form, most=1):
        faults["file"] = fault
    as_of = _as_of(form.text("as_of"), faults)
    options = ImportOptions(bool(form.text("replace")), as_of, bool(form.text("partial")))
    if "kind" in faults:
        return ReadTableForm(kind, TableAsked(options), faults)
    for field, asked in _single(options):
        try:
            refuse_meaningless(kind, IMPORT_KINDS[kind].takes, asked)
        except Invalid as refusal:
            faults[field] = f"{refusal} Leave it out."
    said = _columns(form.text("columns"), kind, faults)
    return ReadTableForm(kind, TableAsked(options, said.mapping, said.constants), faults)


def fault_of_files(form: ReceivedForm, *, most: int) -> str:
    """Say what is wrong with the files that were sent; nothing where they can be looked at."""
    if form.fault is not None:
        return str(form.fault)
    if not form.files:
        return "Choose a file."
    if len(form.files) > most:
        return "Choose one file."
    empty = [file.name for file in form.files if not file.size]
    return f"{', '.join(empty)} is empty; choose a file with something in it." if empty else ""


def _as_of(text: str, faults: dict[str, str]) -> date | None:
    try:
        return read_date(text) if text else None
    except ValueError:
        faults["as_of"] = "This day cannot be read; expected one such as 2025-03-01."
        return None


def _single(options: ImportOptions) -> list[tuple[str, ImportOptions]]:
    """Give each option alone, so that what is wrong with one is said at its field."""
    return [
        ("as_of", ImportOptions(as_of=options.as_of)),
        ("partial", ImportOptions(partial=options.partial)),
        ("replace", ImportOptions(replace=options.replace)),
    ]


def _columns(text: str, kind: str, faults: dict[str, str]) -> SaidColumns:
    try:
        lines = [line for line in text.splitlines() if line.strip()]
        return read_columns(lines, [column.name for column in IMPORT_KINDS[kind].columns])
    except Invalid as refusal:
        faults["columns"] = f"{refusal} Write one on each line, such as: Emp No = employee_id"
        return SaidColumns({}, {})
