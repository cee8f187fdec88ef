"""Which file of the store holds what of which import: a file of its own, or a part of one that was put together."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from audit.logs.file_kinds import FileKind
from audit.logs.models import FilePart, StoredFile


class StoredPart(NamedTuple):
    """What a file holds of an import.

    Args:
        name: Of the file.
        month: Of what it was put together; empty where the import brought it.
        origin: The name of the file in which these rows came first.
        imports: All imports of which the file holds something.
    """

    import_id: int
    file_id: int
    name: str
    month: str
    rows: int
    origin: str
    imports: frozenset[int]


def stored_parts(session: Session, kind: FileKind) -> list[StoredPart]:
    """Give what each file of a kind holds, in the order in which the files were added, then of the imports."""
    columns = (StoredFile.id, StoredFile.import_id, StoredFile.name, StoredFile.month, StoredFile.rows)
    of_kind = select(*map(col, columns)).where(StoredFile.kind == kind).order_by(col(StoredFile.id))
    files = session.execute(of_kind).all()
    parts = _parts_by_file(session, kind) if any(month for _, _, _, month, _ in files) else {}
    found = list[StoredPart]()
    for file_id, import_id, name, month, rows in files:
        held = parts[file_id] if month else [(import_id, rows, name)]
        imports = frozenset(one for one, _, _ in held)
        found += [StoredPart(one, file_id, name, month, count, origin, imports) for one, count, origin in held]
    return found


def _parts_by_file(session: Session, kind: FileKind) -> dict[int, list[tuple[int, int, str]]]:
    """Give what each file that was put together holds: import, rows and origin each."""
    asked = (
        select(FilePart.file_id, FilePart.import_id, FilePart.rows, FilePart.origin)
        .join(StoredFile, col(StoredFile.id) == col(FilePart.file_id))
        .where(StoredFile.kind == kind)
        .order_by(col(FilePart.file_id), col(FilePart.import_id))
    )
    by_file = defaultdict[int, list[tuple[int, int, str]]](list)
    for file_id, import_id, rows, origin in session.exec(asked):
        by_file[file_id].append((import_id, rows, origin))
    return by_file


def count_events(session: Session, import_ids: Collection[int]) -> int:
    """Count the events of some imports that are still there."""
    own = select(func.sum(StoredFile.rows)).where(StoredFile.kind == FileKind.EVENTS, StoredFile.month == "")
    parts = select(func.sum(FilePart.rows)).join(StoredFile, col(StoredFile.id) == col(FilePart.file_id))
    found = (
        session.exec(own.where(col(StoredFile.import_id).in_(import_ids))).one(),
        session.exec(parts.where(StoredFile.kind == FileKind.EVENTS, col(FilePart.import_id).in_(import_ids))).one(),
    )
    return sum(int(one or 0) for one in found)
