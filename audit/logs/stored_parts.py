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
    by_file = defaultdict[int, list[FilePart]](list)
    for part in session.exec(select(FilePart).order_by(col(FilePart.file_id), col(FilePart.import_id))):
        by_file[part.file_id].append(part)
    found = list[StoredPart]()
    for file in session.exec(select(StoredFile).where(StoredFile.kind == kind).order_by(col(StoredFile.id))):
        own = FilePart(file_id=file.id, import_id=file.import_id, rows=file.rows, origin=file.name)
        parts = by_file[file.id] if file.month else [own]
        imports = frozenset(part.import_id for part in parts)
        found += [
            StoredPart(part.import_id, file.id, file.name, file.month, part.rows, part.origin, imports)
            for part in parts
        ]
    return found


def count_events(session: Session, import_ids: Collection[int]) -> int:
    """Count the events of some imports that are still there."""
    own = select(func.sum(StoredFile.rows)).where(StoredFile.kind == FileKind.EVENTS, StoredFile.month == "")
    parts = select(func.sum(FilePart.rows)).join(StoredFile, col(StoredFile.id) == col(FilePart.file_id))
    found = (
        session.exec(own.where(col(StoredFile.import_id).in_(import_ids))).one(),
        session.exec(parts.where(StoredFile.kind == FileKind.EVENTS, col(FilePart.import_id).in_(import_ids))).one(),
    )
    return sum(int(one or 0) for one in found)
