"""Reads a log from end to end and writes its events, and the records that cannot be read, to new files, counting all.

Batch by batch: fields as the profile says, times, numbers for names. Nothing of it counts until it is published.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit.logs.event_columns import COUNTED, KINDS
from audit.logs.event_schema import EVENT_SCHEMA
from audit.logs.formats.contract import Batch, LogReader
from audit.logs.join_records import Joined, Joiner
from audit.logs.names import SourceNames
from audit.logs.new_files import NewFile, ParquetFile
from audit.logs.profiles.local_times import MISSING, TWICE
from audit.logs.profiles.read_times import ReadTimes, TimeReader
from audit.logs.read_fields import FieldReader, Fields
from config.clock import from_microseconds

REJECT_SCHEMA = pa.schema([("record", pa.int64()), ("raw", pa.string()), ("fault", pa.string())])
# Names are numbered for so many records at once, as each time costs something; for fewer where they hold much text.
_ROWS_AT_ONCE = 122_880
_BYTES_AT_ONCE = 64 << 20
_SHOWN_OF_TIME = 60


@dataclass
class Counts:
    """What a log's records are.

    Those of `without_time` lack nothing but a time that can be read; `first_fault` is what is wrong with the first of
    all that cannot be read. `noticed` says of each notice of the profile how many records make it and which is the
    first; `joined`, which of those passed over belong to an access. `empty` says how many events have no text of a
    kind; `first` and `last` are the times of its events, in microseconds since 1970 in UTC.
    """

    read: int = 0
    passed_over: int = 0
    unreadable: int = 0
    twice: int = 0
    missing: int = 0
    whole_names: int = 0
    without_time: int = 0
    first_fault: str = ""
    noticed: dict[int, tuple[int, int]] = field(default_factory=dict)
    joined: Joined = field(default_factory=Joined)
    empty: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    first: int | None = None
    last: int | None = None

    @property
    def good(self) -> int:
        """How many of the records are events."""
        return self.read - self.passed_over - self.unreadable

    def span(self) -> tuple[datetime | None, datetime | None]:
        """Give the first and the last time, in UTC."""
        first, last = (None if count is None else from_microseconds(count) for count in (self.first, self.last))
        return first, last


@dataclass(frozen=True)
class Staged:
    """A log that was read: its counts, and the files of its events and rejects, None where there are none."""

    counts: Counts
    events: NewFile | None
    rejects: NewFile | None


@dataclass
class _Held:
    """Records that are events, and whose names are not numbered yet."""

    rows: int = 0
    bytes: int = 0
    columns: dict[str, list[pa.Array]] = field(default_factory=dict)

    def add(self, rows: int, columns: dict[str, pa.Array]) -> None:
        self.rows += rows
        for name, column in columns.items():
            self.bytes += column.nbytes
            self.columns.setdefault(name, []).append(column)


class LogStage:
    """The steps by which one log is staged, in calling order.

    Args:
        tell: Is called after each batch.
    """

    def __init__(
        self,
        fields: FieldReader,
        times: TimeReader,
        names: SourceNames,
        import_id: int,
        tell: Callable[[], None],
    ) -> None:
        self._fields = fields
        self._times = times
        self._names = names
        self._import_id = import_id
        self._tell = tell
        self._counts = Counts()
        self._held = _Held()
        self._joiner = Joiner(names.mean_actions)

    def stage(self, reader: LogReader, events: ParquetFile, rejects: ParquetFile) -> Staged:
        """Read all of a log.

        Raises:
            Invalid: The file is empty or damaged, or a line of it is longer than any record.
        """
        with ExitStack() as stack:
            stack.enter_context(events)
            stack.enter_context(rejects)
            for batch in reader.batches():
                self._take(batch, rejects)
                self._tell()
                if self._held.rows >= _ROWS_AT_ONCE or self._held.bytes >= _BYTES_AT_ONCE:
                    self._number(events)
            self._number(events)
            self._counts.joined = self._joiner.finish()
            return Staged(self._counts, events.finish(), rejects.finish())

    def _take(self, batch: Batch, rejects: ParquetFile) -> None:
        rows = batch.rows.num_rows
        if not rows:
            return
        fields = self._fields.read(batch)
        times = self._times.read(fields.times)
        passed = np.zeros(rows, np.bool_) if fields.passed is None else _marks(fields.passed)
        self._notice(fields)
        passed = self._joiner.join(fields, times, passed)
        malformed = np.zeros(rows, np.bool_) if fields.faults is None else _marks(fields.faults.is_valid())
        unreadable = malformed | (times.unread & ~passed)
        if unreadable.any():
            rejected = self._rejected(batch, fields, np.flatnonzero(unreadable))
            self._counts.first_fault = self._counts.first_fault or rejected.column("fault")[0].as_py()
            rejects.write(rejected)
        self._keep(fields, times, ~unreadable & ~(passed & ~malformed))
        self._counts.unreadable += int(unreadable.sum())
        self._counts.without_time += int((unreadable & ~malformed).sum())
        self._counts.passed_over += int((passed & ~unreadable).sum())
        self._counts.read += rows

    def _notice(self, fields: Fields) -> None:
        if fields.noticed is None:
            return
        for place, number in enumerate(fields.noticed.to_pylist()):
            if number is not None:
                count, first = self._counts.noticed.get(number, (0, self._counts.read + place + 1))
                self._counts.noticed[number] = count + 1, first

    def _rejected(self, batch: Batch, fields: Fields, places: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> pa.Table:
        wanted = places.tolist()
        given = [None] * len(wanted) if fields.faults is None else fields.faults.take(pa.array(places)).to_pylist()
        times = fields.times.take(pa.array(places)).to_pylist()
        faults = [fault or self._fault_of_time(text) for fault, text in zip(given, times, strict=True)]
        records = pa.array(places + self._counts.read + 1)
        return pa.table([records, pa.array(batch.texts(wanted)), pa.array(faults)], schema=REJECT_SCHEMA)

    def _fault_of_time(self, text: str) -> str:
        shown = text.strip()
        if not shown:
            return "has no time"
        expected = f"expected: {self._times.expected()}, of the years 1900 to 9998"
        return f'has the time "{shown[:_SHOWN_OF_TIME]}", which is none ({expected})'

    def _keep(self, fields: Fields, times: ReadTimes, good: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> None:
        count = int(good.sum())
        if not count:
            return
        places = None if count == len(good) else pa.array(np.flatnonzero(good))
        instants, odd = times.instants[good], times.odd[good]
        self._counts.twice += int((odd == TWICE).sum())
        self._counts.missing += int((odd == MISSING).sum())
        self._counts.first = min(int(instants.min()), instants[0] if self._counts.first is None else self._counts.first)
        self._counts.last = max(int(instants.max()), instants[0] if self._counts.last is None else self._counts.last)
        columns = {
            "record": pa.array(np.flatnonzero(good) + self._counts.read + 1),
            "time": pa.array(instants.view("datetime64[us]")),
            **{kind: fields.texts[kind] if places is None else fields.texts[kind].take(places) for kind in KINDS},
            "spelled": self._spelled(fields, times, good),
            "record_id": _taken(fields.ids, places, count, pa.string()),
            "event_key": _taken(fields.keys, places, count, pa.binary()),
        }
        self._held.add(count, columns)

    def _spelled(
        self, fields: Fields, times: ReadTimes, good: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    ) -> pa.Array:
        """Give the texts of times that do not follow from the instants, where keys are made of them later."""
        count = int(good.sum())
        if not self._fields.key_fields or times.plain[good].all():
            return pa.nulls(count, pa.string())
        texts = fields.times.filter(pa.array(good))
        plain = pa.array(times.plain[good])
        return pc.if_else(plain, pa.scalar(None, pa.string()), texts)

    def _number(self, events: ParquetFile) -> None:
        held, self._held = self._held, _Held()
        if not held.rows:
            return
        columns: dict[str, pa.Array | pa.ChunkedArray] = {
            name: pa.chunked_array(parts) for name, parts in held.columns.items()
        }
        for kind in KINDS:
            numbered = self._names.number(kind, columns[kind])
            columns[kind] = numbered.numbers
            self._counts.empty[kind] += self._names.count_empty(kind, numbered)
            if kind in COUNTED:
                columns[f"{kind}_count"] = numbered.counts
            whole = numbered.whole if numbered.whole is not None else pa.nulls(held.rows, pa.string())
            columns[f"{kind}_whole"] = whole
            self._counts.whole_names += held.rows - whole.null_count
        columns["import_id"] = pa.array(np.full(held.rows, self._import_id, np.int32))
        events.write(pa.table([columns[name] for name in EVENT_SCHEMA.names], schema=EVENT_SCHEMA))


def _marks(column: pa.BooleanArray) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    marks: np.ndarray[tuple[int], np.dtype[np.bool_]] = column.to_numpy(zero_copy_only=False)
    return marks


def _taken(column: pa.Array | None, places: pa.Array | None, count: int, kind: pa.DataType) -> pa.Array:
    if column is None:
        return pa.nulls(count, kind)
    return column if places is None else column.take(places)
