"""The unreadable records of a source that wait for repair: kept by an import that counts, and not repaired since."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import Session, col, select

from audit.logs.file_kinds import FileKind
from audit.logs.models import LogImport, RejectExport, RepairedReject, StandingLog, StoredFile
from config.recorded import current

if TYPE_CHECKING:
    import duckdb  # takes long to load, and whoever only counts can mostly do without

_FETCHED = 10_000


class ListedReject(NamedTuple):
    """A record that cannot be read, as it is listed: the line above it in its log, and its own text."""

    import_id: int
    header: str
    raw: str
    reject_key: str


@dataclass(frozen=True)
class RejectList:
    """A list of unreadable records: the files of some imports, in their order, without the records that were repaired.

    Args:
        files: By import.
        repaired_by: The imports that brought the repaired ones.
        repaired: The keys of these.
    """

    files: dict[int, Path]
    repaired_by: tuple[int, ...]
    repaired: frozenset[str]

    def without(self, import_ids: Collection[int]) -> "RejectList":
        """Give the list as it is without what some imports kept."""
        kept = {number: path for number, path in self.files.items() if number not in import_ids}
        return RejectList(kept, self.repaired_by, self.repaired)

    def read(self, connection: "duckdb.DuckDBPyConnection") -> Iterator[ListedReject]:
        """Give the records, those of one import after those of another, in the order of their logs."""
        from config.bulk import load_rows, parquet_rows  # noqa: PLC0415 - loads DuckDB

        load_rows(connection, "repaired_keys", [("reject_key", str)], [(key,) for key in sorted(self.repaired)])
        for number, path in self.files.items():
            connection.execute(
                f"SELECT {number}, header, raw, reject_key FROM {parquet_rows([path])} "  # noqa: S608 - our own file
                "WHERE reject_key NOT IN (SELECT reject_key FROM repaired_keys) ORDER BY record"
            )
            while rows := connection.fetchmany(_FETCHED):
                yield from (ListedReject(*row) for row in rows)


def listed_rejects(session: Session, source: str, data_dir: Path) -> RejectList:
    """Give the list of a source's unreadable records as it now is."""
    standing = select(LogImport.id).join(StandingLog, col(StandingLog.import_id) == col(LogImport.id))
    ids = session.exec(standing.where(LogImport.source == source, current(StandingLog))).all()
    return _list(session, ids, ids, data_dir)


def listed_again(session: Session, export: RejectExport, data_dir: Path) -> RejectList:
    """Give the list that went out in an export."""
    return _list(session, _numbers(export.import_ids), _numbers(export.repaired_by), data_dir)


def count_listed(session: Session, source: str, data_dir: Path) -> dict[int, int]:
    """Count a source's unreadable records that still wait for repair, by the import that kept them."""
    listed = listed_rejects(session, source, data_dir)
    if not listed.repaired:
        kept = select(StoredFile.import_id, StoredFile.rows).where(StoredFile.kind == FileKind.REJECTS)
        return dict(session.exec(kept.where(col(StoredFile.import_id).in_(listed.files))).all())
    import duckdb  # noqa: PLC0415 - only where records were repaired, as it takes long to load

    with duckdb.connect() as connection:
        return Counter(one.import_id for one in listed.read(connection))


def _list(session: Session, keeping: Collection[int], repairing: Collection[int], data_dir: Path) -> RejectList:
    files = session.exec(
        select(StoredFile.import_id, StoredFile.name)
        .where(StoredFile.kind == FileKind.REJECTS, col(StoredFile.import_id).in_(keeping))
        .order_by(col(StoredFile.id))
    ).all()
    repaired = session.exec(
        select(RepairedReject.import_id, RepairedReject.reject_key).where(col(RepairedReject.import_id).in_(repairing))
    ).all()
    return RejectList(
        {number: data_dir / FileKind.REJECTS / name for number, name in files},
        tuple(sorted({number for number, _ in repaired})),
        frozenset(key for _, key in repaired),
    )


def _numbers(joined: str) -> list[int]:
    return [int(number) for number in joined.split(";") if number]
