"""What a format's reader gives: a log file's records in their order, each one whole, readable or not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import pyarrow as pa

from audit.logs.formats.log_file import LogFile
from audit.logs.profiles.language import Profile

# What a batch's column is called that says why a record cannot be read, null where it can; and the one that marks
# records which the format itself takes for no accesses.
FAULT, PASSED = "fault", "passed"
# No record of a log is longer; of one that is, so much is kept.
LONGEST_RECORD = 16 << 20
KEPT_OF_TOO_LONG = 64 << 10
TOO_LONG = f"is longer than {LONGEST_RECORD >> 20} MiB, which no record of a log is; its beginning alone is kept"
# How many bytes of text a batch holds, about, where records are read one by one.
BATCH_BYTES = 16 << 20


@dataclass(frozen=True)
class Batch:
    """Some of a log's records, in their order; together no larger than a piece of the file, or one record.

    Args:
        rows: One row a record, columns of text; a column `fault` where there may be one that cannot be read.
        texts: Gives the own text of the records at some places, counted from 0.
    """

    rows: pa.Table
    texts: Callable[[Sequence[int]], list[str]]


@dataclass(frozen=True)
class Layout:
    """How a batch's columns are to be understood.

    Args:
        places: Place in a record, as the profile names it -> SQL of its text, empty where there is nothing.
        contents: The columns by which equal records are told, in an order that does not depend on the file's.
        passed: SQL of whether a record is no access by the format's own word.
        is_bare: No text has white space around it.
        headings: The compare forms of what the columns of `contents` are called in the log, in the same order; none
            where it names none.
        relation: SQL of a batch's rows with all that `places` and `contents` name, and `fault`; `{batch}` is the batch.
        is_checked: A record in which a key stands twice, in itself or in a list where one is looked for, has a fault.
    """

    places: Mapping[str, str]
    contents: Sequence[str]
    relation: str
    headings: Sequence[str] = ()
    passed: str = "false"
    is_bare: bool = False
    is_checked: bool = False


class LogReader(Protocol):
    """Reads one log file, once.

    `header` is the text above the records that names their cells; `notices` say what was noticed of the file, and are
    complete when all batches were given.
    """

    header: str
    layout: Layout

    def __init__(self, log: LogFile, profile: Profile) -> None:
        """Prepare to read a file.

        Raises:
            Invalid: The file lacks what the profile needs, or is of another format.
        """

    @property
    def notices(self) -> tuple[str, ...]:
        """What was noticed of the file, one sentence each."""

    def batches(self) -> Iterator[Batch]:
        """Give all records, those that cannot be read among them.

        Raises:
            Invalid: The file is empty, damaged, or has a line longer than any record.
        """


class Format(NamedTuple):
    """A format of logs: its reader, which of a profile's options are for it, and whether its files are text."""

    reader: type[LogReader]
    options: frozenset[str] = frozenset()
    is_text: bool = True


class Kept(NamedTuple):
    """A record read one by one: its columns of text, its own text, and why it cannot be read, if it cannot."""

    cells: Sequence[str]
    text: str
    fault: str | None


def gather(records: Iterator[Kept], columns: Sequence[str]) -> Iterator[Batch]:
    """Put records that were read one by one together to batches, by how much text they hold."""
    held: list[Kept] = []
    size = 0
    for record in records:
        held.append(record)
        size += len(record.text) + sum(map(len, record.cells))
        if size >= BATCH_BYTES:
            yield _batch(held, columns)
            held, size = [], 0
    if held:
        yield _batch(held, columns)


def _batch(held: Sequence[Kept], columns: Sequence[str]) -> Batch:
    cells = {
        name: pa.array([record.cells[place] for record in held], pa.string()) for place, name in enumerate(columns)
    }
    faults = pa.array([record.fault for record in held], pa.string())
    return Batch(pa.table({**cells, FAULT: faults}), lambda places: [held[place].text for place in places])
