"""Which file of the store holds what of which import: a file of its own, or a part of one that was put together."""

from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import text

from audit.logs.file_kinds import FileKind
from config.database import Reader

# by their names, as the classes of logs take long to load
_FILES = text('SELECT id, import_id, name, "month", "rows" FROM stored_files WHERE kind = :kind ORDER BY id')
_PARTS = text(
    'SELECT p.file_id, p.import_id, p."rows", p.origin FROM file_parts p JOIN stored_files f ON f.id = p.file_id '
    "WHERE f.kind = :kind ORDER BY p.file_id, p.import_id"
)


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


def stored_parts(reader: Reader, kind: FileKind) -> list[StoredPart]:
    """Give what each file of a kind holds, in the order in which the files were added, then of the imports."""
    files = reader.execute(_FILES, {"kind": kind.value}).all()
    parts = _parts_by_file(reader, kind) if any(month for _, _, _, month, _ in files) else {}
    found = list[StoredPart]()
    for file_id, import_id, name, month, rows in files:
        held = parts[file_id] if month else [(import_id, rows, name)]
        imports = frozenset(one for one, _, _ in held)
        found += [StoredPart(one, file_id, name, month, count, origin, imports) for one, count, origin in held]
    return found


def _parts_by_file(reader: Reader, kind: FileKind) -> dict[int, list[tuple[int, int, str]]]:
    """Give what each file that was put together holds: import, rows and origin each."""
    by_file = defaultdict[int, list[tuple[int, int, str]]](list)
    for file_id, import_id, rows, origin in reader.execute(_PARTS, {"kind": kind.value}):
        by_file[file_id].append((import_id, rows, origin))
    return by_file
