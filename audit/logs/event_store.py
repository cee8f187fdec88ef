"""The access events, many and never changed: Parquet files in the data folder; the record lists those that count.

An event is kept as numbers: its time, the numbers of its names (`names.py`), and what its texts count up. The names lie
in files of their own, and are loaded with the events.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from audit.logs.check_store import check_store
from audit.logs.file_kinds import FileKind
from audit.logs.standing_logs import standing_ids
from audit.logs.stored_parts import StoredPart, stored_parts
from config.database import Reader

# by their name, as their class takes long to load
_IMPORTED = text("SELECT id FROM log_imports WHERE source = :source")
_RECEIPTS = text(
    "SELECT id, source, system, file_name, file_sha256, key_fields, whole_names FROM log_imports ORDER BY id"
)


@dataclass(frozen=True)
class EventFile:
    """A file of events, and all imports of which it holds some."""

    path: Path
    imports: frozenset[int]


@dataclass(frozen=True)
class StoredLog:
    """An imported log that holds events.

    Args:
        source_key: The number under which bulk work knows the source.
        files: Those that hold its events, perhaps among those of other imports.
        origin: The name of the file in which its events came first; as long as it stays, they are the same.
        rows: How many events it holds.
        key_fields: As in the receipt.
        has_whole_names: Some of its events keep names whole, as the source has too many to number.
    """

    import_id: int
    source_key: int
    source: str
    system: str
    file_name: str
    file_sha256: str
    key_fields: str
    has_whole_names: bool
    files: tuple[EventFile, ...]
    origin: str
    rows: int


@dataclass(frozen=True)
class Store:
    """The stored logs that count, in the order of import, and the files of their sources' names, by source key.

    `name_origins` are the names of the files in which these names came first.
    """

    logs: tuple[StoredLog, ...]
    names: Mapping[int, tuple[Path, ...]]
    name_origins: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def systems(self) -> dict[int, str]:
        """The system of each source key."""
        return {log.source_key: log.system for log in self.logs}

    @property
    def sources(self) -> dict[int, str]:
        """The source of each source key."""
        return {log.source_key: log.source for log in self.logs}

    def of_sources(self, sources: str) -> "Store":
        """Give those logs that are of some sources, joined with `; `."""
        logs = tuple(log for log in self.logs if f"; {log.source}; " in f"; {sources}; ")
        keys = {log.source_key for log in logs}
        names = {key: paths for key, paths in self.names.items() if key in keys}
        return Store(logs, names, {key: found for key, found in self.name_origins.items() if key in keys})

    @property
    def has_whole_names(self) -> bool:
        """Whether some events keep names whole."""
        return any(log.has_whole_names for log in self.logs)

    @property
    def events(self) -> int:
        """How many events there are."""
        return sum(log.rows for log in self.logs)


def stored_logs(reader: Reader, data_dir: Path, *, at: datetime | None = None) -> Store:
    """List the imported logs that count and hold events; where `at` is given, those that counted then.

    Raises:
        Conflict: A file of the store is missing, or not as its receipt says.
    """
    return _store_of(reader, data_dir, standing_ids(reader, at))


def all_logs_of(reader: Reader, data_dir: Path, source: str) -> Store:
    """List all imported logs of a source that hold events, also those that count no more.

    Raises:
        Conflict: A file of the store is missing, or not as its receipt says.
    """
    imported = reader.execute(_IMPORTED, {"source": source}).scalars()
    return _store_of(reader, data_dir, set(imported))


def _store_of(reader: Reader, data_dir: Path, standing: Collection[int]) -> Store:
    check_store(reader, data_dir)
    receipts = {one.id: one for one in reader.execute(_RECEIPTS)}
    files, parts = dict[str, EventFile](), dict[int, list[StoredPart]]()
    for part in stored_parts(reader, FileKind.EVENTS):
        if part.import_id in standing:
            parts.setdefault(part.import_id, []).append(part)
            files.setdefault(part.name, EventFile(data_dir / FileKind.EVENTS / part.name, part.imports))
    counting = [(receipts[one], parts[one]) for one in sorted(parts)]
    keys = {source: key for key, source in enumerate(sorted({receipt.source for receipt, _ in counting}))}
    logs = tuple(_stored_log(receipt, held, files, keys[receipt.source]) for receipt, held in counting)
    return Store(logs, *_names(reader, data_dir, {one.id: keys.get(one.source) for one in receipts.values()}))


def _names(
    reader: Reader, data_dir: Path, keys: Mapping[int, int | None]
) -> tuple[dict[int, tuple[Path, ...]], dict[int, tuple[str, ...]]]:
    """Give the files of names, and where these came from, by source key; `keys` has that of each import's source."""
    paths: dict[int, dict[Path, None]] = {key: {} for key in keys.values() if key is not None}
    origins: dict[int, list[str]] = {key: [] for key in paths}
    for part in stored_parts(reader, FileKind.NAMES):
        key = keys[part.import_id]
        if key is not None:
            paths[key][data_dir / FileKind.NAMES / part.name] = None
            origins[key].append(part.origin)
    return {key: tuple(found) for key, found in paths.items()}, {key: tuple(found) for key, found in origins.items()}


def _stored_log(
    receipt: Any,  # noqa: ANN401 - a row of _RECEIPTS
    parts: Sequence[StoredPart],
    files: Mapping[str, EventFile],
    source_key: int,
) -> StoredLog:
    return StoredLog(
        receipt.id,
        source_key,
        receipt.source,
        receipt.system,
        receipt.file_name,
        receipt.file_sha256,
        receipt.key_fields,
        receipt.whole_names > 0,
        tuple(files[part.name] for part in parts),
        parts[0].origin,
        sum(part.rows for part in parts),
    )
