"""Holds the files of the store to their receipts, so that a file that lost, gained or changed rows is never believed.

Size and rows are looked at whenever a file is used; its digest when the file was touched since it was last found right,
and always where the whole store is verified.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from audit.logs.file_kinds import ALL_MONTHS
from config.database import Reader
from config.errors import Conflict

_REMEDY = "Nothing was changed. Bring the file back from a backup, or start a new data folder and import its logs anew."
_MOST_NAMED = 5
# by their names, as the classes of logs take long to load
_LISTED = text(
    'SELECT f.kind, f.name, f."month", f."rows", f."bytes", f.sha256, l.source, l.file_name '
    "FROM stored_files f JOIN log_imports l ON l.id = f.import_id ORDER BY f.id"
)


@dataclass(frozen=True)
class ListedFile:
    """A file of the store as its receipt lists it, with the log it came from."""

    kind: str
    name: str
    rows: int
    bytes: int
    sha256: str
    source: str
    log: str

    def path(self, data_dir: Path) -> Path:
        """Where it lies."""
        return data_dir / self.kind / self.name


def listed_files(reader: Reader) -> list[ListedFile]:
    """Give every file that a receipt lists, in the order of the imports."""
    return [
        ListedFile(kind, name, rows, size, sha256, source, log_of(month, file_name))
        for kind, name, month, rows, size, sha256, source, file_name in reader.execute(_LISTED)
    ]


def log_of(month: str, file_name: str) -> str:
    """Name the log, or the logs, of which a file holds what came with them.

    Args:
        month: Of the file, as in its row.
        file_name: Of the log that it is listed with.
    """
    if not month:
        return file_name
    return "all logs" if month == ALL_MONTHS else f"the logs of {month}"


def check_store(reader: Reader, data_dir: Path, *, digest_all: bool = False) -> list[ListedFile]:
    """Check every file of the store before it is used, and give them.

    Args:
        digest_all: As in find_faults.

    Raises:
        Conflict: A file is missing, or is not as its receipt says; the sentence names it and what to do.
    """
    files = listed_files(reader)
    faults = list(find_faults(files, data_dir, digest_all=digest_all))
    if faults:
        more = f" And {len(faults) - _MOST_NAMED:,} more files." if len(faults) > _MOST_NAMED else ""
        raise Conflict(f"{' '.join(faults[:_MOST_NAMED])}{more} {_REMEDY}")
    return files


def find_faults(files: Sequence[ListedFile], data_dir: Path, *, digest_all: bool = False) -> Iterator[str]:
    """Say of each file that is not as its receipt says what is wrong, a sentence each.

    Args:
        digest_all: Digest every file, whether it was touched or not.
    """
    checked = _Checked(data_dir)
    for file in files:
        path = file.path(data_dir)
        seen = _state(path)
        if seen is not None and not digest_all and checked.is_known(file, seen):
            continue
        fault = _fault(path, file)
        if fault is None and seen is not None:
            checked.remember(file, seen)
        elif fault is not None:
            yield f"{file.kind}/{file.name} (from {file.log} of {file.source}) {fault}."
    checked.keep()


def remember_new(files: Iterable[ListedFile], data_dir: Path) -> None:
    """Take note that files were just written as their receipts say."""
    checked = _Checked(data_dir)
    for file in files:
        seen = _state(file.path(data_dir))
        if seen is not None:
            checked.remember(file, seen)
    checked.keep()


class _Checked:
    """What was found right, and in which state of the file: a note that may be lost at any time."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "cache" / "checked.json"
        self._known: dict[str, list[object]] = {}
        self._is_changed = False
        with suppress(OSError, ValueError, RecursionError):
            read = json.loads(self._path.read_text("utf-8"))
            self._known = read if isinstance(read, dict) else {}

    def is_known(self, file: ListedFile, seen: Sequence[int]) -> bool:
        return self._known.get(f"{file.kind}/{file.name}") == [*seen, file.sha256, file.rows]

    def remember(self, file: ListedFile, seen: Sequence[int]) -> None:
        self._known[f"{file.kind}/{file.name}"] = [*seen, file.sha256, file.rows]
        self._is_changed = True

    def keep(self) -> None:
        if not self._is_changed:
            return
        with suppress(OSError):  # where nothing can be written, the files are digested again the next time
            self._path.parent.mkdir(exist_ok=True)
            partial = self._path.with_suffix(".partial")
            partial.write_text(json.dumps(self._known), "utf-8")
            partial.replace(self._path)


def _state(path: Path) -> tuple[int, int, int, int] | None:
    """Give what changes when a file is written to, even by one who sets its times back; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _fault(path: Path, file: ListedFile) -> str | None:
    import pyarrow as pa  # noqa: PLC0415 - takes long to load, and most files were checked before
    import pyarrow.parquet as pq  # noqa: PLC0415 - the same

    try:
        size = path.stat().st_size
        if size != file.bytes:
            return f"has {size:,} bytes, but its receipt says {file.bytes:,}"
        rows = pq.read_metadata(path).num_rows
        if rows != file.rows:
            return f"holds {rows:,} rows, but its receipt says {file.rows:,}"
        with path.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
    except FileNotFoundError:
        return "is missing"
    except (OSError, pa.ArrowInvalid) as error:
        return f"cannot be read ({str(error).partition(chr(10))[0]})"
    return None if digest == file.sha256 else "was changed since it was written: its digest is not that of its receipt"
