"""How tests import a table: text is written to a file and goes the whole way into the record."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from config.recorded import Recorded, current
from config.tables.compare import Outcome
from config.tables.import_file import ImportRequest, import_table
from config.tables.kind import Importer
from config.tables.options import AS_IT_IS, ImportOptions
from config.tables.receipt import Receipt

M = TypeVar("M", bound=Recorded)
# for what no database has a part in
CHICAGO = ZoneInfo("America/Chicago")
JULY_1 = datetime(2025, 7, 1, 12, tzinfo=UTC)


def import_text(
    session: Session,
    importer: type[Importer],
    folder: Path,
    text: str,
    *,
    name: str = "table.csv",
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
    skip_bad_rows: bool = False,
    memory_limit_mb: int = 1200,
    now: datetime = JULY_1,
    options: ImportOptions = AS_IT_IS,
) -> Receipt:
    """Import a CSV text as an entity in Chicago would; its kind is the importer's name."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    request = ImportRequest(importer.__name__, path, mapping or {}, dry_run, skip_bad_rows, memory_limit_mb, options)
    receipt, _ = import_table(session, importer(session, CHICAGO, options), request, now=now, by="clerk")
    return receipt


def refusals(
    session: Session, importer: type[Importer], folder: Path, text: str, *, options: ImportOptions = AS_IT_IS
) -> list[str]:
    """Give the sentences with which rows of a CSV text are refused; nothing is recorded."""
    return [row.sentence for row in import_text(session, importer, folder, text, dry_run=True, options=options).refused]


def counts(receipt: Receipt) -> tuple[int, int, int, int]:
    """Give how many rows were added, changed, unchanged and refused."""
    found = receipt.counts
    return found[Outcome.ADDED], found[Outcome.CHANGED], found[Outcome.UNCHANGED], found[Outcome.REFUSED]


def current_rows(session: Session, model: type[M]) -> list[M]:
    """Give what is current in a table, in the order in which it was recorded."""
    columns: Any = model
    return list(session.exec(select(model).where(current(model)).order_by(columns.id)))
