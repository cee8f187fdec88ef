"""Import one file of one kind: read it, compare it with what stands, record the difference, say what was done."""

import csv
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from config.errors import Conflict, Invalid
from config.tables.grid import fold_heading
from config.tables.heading_mapping import recall_mapping, remember_mapping
from config.tables.kind import Importer
from config.tables.plan import ImportPlan, Outcome, apply_plans, plan_import
from config.tables.read_file import Table, read_table
from config.tables.read_rows import ReadFile, known_headings, read_rows


@dataclass(frozen=True)
class ImportRequest:
    """What the user asked for.

    Args:
        kind: As on the command line; headings are remembered under it.
        mapping: Their heading -> our column, as said this time.
        dry_run: Work everything out, record nothing.
        skip_bad_rows: Apply the good rows and write the others to a rejects file next to the file.
    """

    kind: str
    path: Path
    mapping: Mapping[str, str]
    dry_run: bool = False
    skip_bad_rows: bool = False


@dataclass(frozen=True)
class RefusedRow:
    """A row that was not taken, and why, as a sentence that names file, row, column and value."""

    number: int
    sentence: str


@dataclass(frozen=True)
class Receipt:
    """What an import did, or would do: read = added + changed + unchanged + refused.

    Args:
        counts: How many rows of the file came to each outcome, every outcome listed.
        closed: How many earlier versions of rows were superseded.
        columns: Our column -> the heading that served it.
    """

    file: str
    counts: Mapping[Outcome, int]
    closed: int
    refused: tuple[RefusedRow, ...]
    notices: tuple[str, ...]
    columns: Mapping[str, str]

    @property
    def read(self) -> int:
        """Count the rows of the file."""
        return sum(self.counts.values())

    def __str__(self) -> str:
        """Say the receipt in one line."""
        counted = ", ".join(f"{self.counts[outcome]:,} {outcome}" for outcome in Outcome)
        versions = "version" if self.closed == 1 else "versions"
        closed = f" {self.closed:,} earlier {versions} closed." if self.closed else ""
        return f"{self.file}: {self.read:,} rows read: {counted}.{closed}"


def import_table(
    session: Session, importer: Importer, request: ImportRequest, *, now: datetime, by: str
) -> tuple[Receipt, Path | None]:
    """Import a file, all of it or, when asked, without its bad rows.

    Returns:
        The receipt, and where the rejects were written, if any were.

    Raises:
        Invalid: The file cannot be read as a table, or has bad rows that the user did not ask to skip.
        Conflict: The rejects file cannot be written.
    """
    mapping = _merge_mappings(recall_mapping(session, request.kind), request.mapping)
    table = read_table(request.path, known_headings=known_headings(importer.columns, mapping))
    _refuse_absent_headings(table, request.mapping)
    plan = plan_import(session, importer, read_rows(table, importer, mapping))
    receipt = _receipt(plan)
    if request.dry_run:
        return receipt, None
    if receipt.refused and not request.skip_bad_rows:
        raise Invalid(
            f"{receipt.file}: {len(receipt.refused):,} of {receipt.read:,} rows cannot be taken; nothing was imported. "
            "Correct them, or import the others with --skip-bad-rows.",
            [refused.sentence for refused in receipt.refused],
        )
    rejects = _write_rejects(request.path, plan.read) if receipt.refused else None
    remember_mapping(session, request.kind, request.mapping, now=now, by=by)
    apply_plans(session, plan.plans, now=now, by=by)
    return receipt, rejects


def _merge_mappings(recalled: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """Put what is said now before what was said of other files: a column said anew forgets its earlier headings."""
    return {heading: column for heading, column in recalled.items() if column not in said.values()} | dict(said)


def _refuse_absent_headings(table: Table, said: Iterable[str]) -> None:
    headings = {fold_heading(heading) for heading in table.headings}
    absent = [heading for heading in said if fold_heading(heading) not in headings]
    if absent:
        raise Invalid(
            f'{table.name} has no heading "{absent[0]}". Its headings (row {table.heading_row}) are: '
            f"{', '.join(heading for heading in table.headings if heading) or 'none'}."
        )


def _receipt(plan: ImportPlan) -> Receipt:
    counted = Counter(plan.outcomes.get(number, Outcome.UNCHANGED) for number in plan.read.stated)
    counted[Outcome.REFUSED] = len(plan.read.refused)
    return Receipt(
        file=plan.read.table.name,
        counts={outcome: counted[outcome] for outcome in Outcome},
        closed=sum(len(one.closed) for one in plan.plans.values()),
        refused=tuple(RefusedRow(number, plan.read.refused[number]) for number in sorted(plan.read.refused)),
        notices=plan.read.notices,
        columns=plan.read.heading_of,
    )


def _write_rejects(path: Path, read: ReadFile) -> Path:
    target = path.with_name(f"{path.stem}.rejects.csv")
    partial = target.with_name(f".{target.name}.partial")
    rows = {row.number: row.cells for row in read.table.rows}
    raw = {fault.number: fault.raw for fault in read.table.faults}
    headings = [heading for heading in read.table.headings if heading]
    try:
        with partial.open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.writer(file)
            writer.writerow([*headings, "refused row", "refused because", "refused text"])
            for number, sentence in sorted(read.refused.items()):
                cells = [rows.get(number, {}).get(heading, "") for heading in headings]
                writer.writerow([*cells, number, sentence, raw.get(number, "")])
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise Conflict(
            f"The refused rows cannot be written to {target} ({error.strerror}). Nothing was imported; "
            "copy the file to a folder that can be written to, and import it from there."
        ) from error
    return target
