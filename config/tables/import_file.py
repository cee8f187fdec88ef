"""Import one file of one kind: read it, compare it with what is current, record the difference, say what was done."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlmodel import Session

from config.applied_imports import AppliedImport, record_import
from config.errors import Invalid
from config.memory import MemoryWatch
from config.output_file import sha256_of
from config.remedies import Advice, Remedy
from config.settings import Settings
from config.tables.find_columns import find_columns, known_headings, refuse_absent_headings
from config.tables.heading_mapping import recall_mapping, remember_mapping
from config.tables.kind import Importer
from config.tables.options import AS_IT_IS, ImportOptions
from config.tables.plan import plan_import
from config.tables.read_file import open_table
from config.tables.read_rows import read_rows
from config.tables.receipt import Receipt, make_receipt
from config.tables.record_plans import record_plans
from config.tables.rejects_file import write_rejects_file
from config.texts import counted, shortened

_MEMORY_LIMIT_MB: int = Settings.model_fields["memory_limit_mb"].default
_SHARE_FOR_READING = 0.75  # what is read is compared in what is left


@dataclass(frozen=True)
class ImportRequest:
    """What the user asked for.

    Args:
        kind: As on the command line; headings are remembered under it.
        mapping: Their heading -> our column, as said this time.
        dry_run: Work everything out, record nothing.
        skip_bad_rows: Apply the good rows and write the others to a rejects file.
        memory_limit_mb: Mebibytes that the import may hold in memory.
        options: The importer is made with the same.
        constants: Our column -> what each row says there, of a column that the file does not have.
        rejects: Where the refused rows are written, also of a dry run; None = next to the file, of a dry run nowhere.
    """

    kind: str
    path: Path
    mapping: Mapping[str, str]
    dry_run: bool = False
    skip_bad_rows: bool = False
    memory_limit_mb: int = _MEMORY_LIMIT_MB
    options: ImportOptions = AS_IT_IS
    constants: Mapping[str, str] = field(default_factory=dict)
    rejects: Path | None = None


def import_table(
    session: Session, importer: Importer, request: ImportRequest, *, now: datetime, by: str
) -> tuple[Receipt, Path | None]:
    """Import a file, all of it or, when asked, without its bad rows.

    Returns:
        The receipt, and where the rejects were written, if any were.

    Raises:
        Invalid: The file cannot be read as a table, has bad rows that the user did not ask to skip, or would change so
            much that the user has to say that it is meant.
        Conflict: The rejects file cannot be written.
    """
    with _no_collecting():
        return _import_table(session, importer, request, now=now, by=by)


def _import_table(
    session: Session, importer: Importer, request: ImportRequest, *, now: datetime, by: str
) -> tuple[Receipt, Path | None]:
    importer.begin(now)
    mapping = _merge_mappings(recall_mapping(session, request.kind), request.mapping)
    watch = MemoryWatch(shortened(request.path.name), request.memory_limit_mb)
    headings = known_headings(importer.columns, mapping)
    table = open_table(request.path, known_headings=headings, watch=partial(watch.look, _SHARE_FOR_READING))
    refuse_absent_headings(table, request.mapping)
    columns = find_columns(table, importer.columns, mapping, request.constants)
    read = read_rows(table, importer, columns)
    plan = plan_import(importer, read, watch.look, replace_others=request.options.replace)
    receipt = make_receipt(plan, importer, request.options, dry_run=request.dry_run)
    if request.dry_run:
        return receipt, _rejects_of(receipt, request, table.headings) if request.rejects else None
    _refuse_bad_rows(receipt, request)
    _refuse_what_is_not_meant(receipt, request.options)
    rejects = _rejects_of(receipt, request, table.headings)
    remember_mapping(session, request.kind, request.mapping, now=now, by=by)
    record_plans(session, plan.plans, now=now, by=by)
    receipt = replace(receipt, notices=(*receipt.notices, *importer.follow_up(now, by)))
    return _entered(session, receipt, request, now=now, by=by), rejects


def _rejects_of(receipt: Receipt, request: ImportRequest, headings: Sequence[str]) -> Path | None:
    if not receipt.refused:
        return None
    return write_rejects_file(request.path, request.rejects, headings, receipt.refused)


def _entered(session: Session, receipt: Receipt, request: ImportRequest, *, now: datetime, by: str) -> Receipt:
    """Enter the import in the list of all; give its receipt with its number."""
    applied = AppliedImport(
        kind=request.kind,
        file_name=shortened(request.path.name, 255),
        file_sha256=sha256_of(request.path),
        receipt=str(receipt),
        as_of=request.options.as_of,
        applied_at=now,
        applied_by=by,
    )
    return replace(receipt, number=record_import(session, applied))


def _refuse_bad_rows(receipt: Receipt, request: ImportRequest) -> None:
    if not receipt.refused or (request.skip_bad_rows and not request.options.replace):
        return
    may_correct = any(refused.may_correct for refused in receipt.refused)
    advice = Advice.SKIP_OR_REPLACE if may_correct else Advice.SKIP_BAD_ROWS
    rows = counted(receipt.read, "row")
    raise Invalid(
        f"{receipt.file}: {len(receipt.refused):,} of {rows} cannot be taken; nothing was imported.",
        [refused.sentence for refused in receipt.refused],
        remedy=Remedy(Advice.MAKE_WHOLE if request.options.replace else advice),
    )


def _refuse_what_is_not_meant(receipt: Receipt, options: ImportOptions) -> None:
    grave = [stop.sentence for stop in receipt.stops if stop.needs_yes]
    if grave and not options.yes:
        raise Invalid(
            f"{receipt.file} would change more than such a file mostly does; nothing was imported.",
            grave,
            remedy=Remedy(Advice.SAY_YES),
        )


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Let Python not look for cycles: an import makes millions of objects and none, and looking took a third of it."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _merge_mappings(recalled: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """Put what is said now before what was said of other files: a column said anew forgets its earlier headings."""
    return {heading: column for heading, column in recalled.items() if column not in said.values()} | dict(said)
