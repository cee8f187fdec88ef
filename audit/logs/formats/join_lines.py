"""Puts lines together to records: by where one starts, or by a key that several lines bear, some lines at a time."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from audit.logs.formats.line_patterns import found_in, keys_in

# More is no record: reading goes on, and what was gathered is one that cannot be read.
LONGEST_RECORD = 16 << 20
# Lines of one record stand near each other: when so many others have begun since, it is complete.
_MOST_WAITING = 1_000


class Joiner(Protocol):
    """Puts lines together."""

    def join(self, lines: Sequence[str], shown: pa.Array) -> Iterator[str]:
        """Give the records that are complete with some further lines.

        Args:
            shown: The same lines as Arrow can hold them.
        """

    def rest(self) -> Iterator[str]:
        """Give what is left when all lines were given."""


class JoinByStart:
    """Each line in which a pattern finds something begins a record; the others belong to the one above them.

    Lines above the first that begins one are a record of their own. `belonging` counts lines that begin none.
    """

    def __init__(self, start: str) -> None:
        self._start = start
        self._held: list[str] = []
        self._size = 0
        self.belonging = 0

    def join(self, lines: Sequence[str], shown: pa.Array) -> Iterator[str]:
        """Give the records that end before the last start among the lines."""
        begins = found_in(shown, self._start)
        if begins.all():
            yield from self.rest()
            yield from lines[:-1]
            self._take(lines[-1])
            return
        for line, does_begin in zip(lines, begins.tolist(), strict=True):
            if self._held and (does_begin or self._size > LONGEST_RECORD):
                yield from self.rest()
            self.belonging += bool(self._held and line.strip())
            self._take(line)

    def _take(self, line: str) -> None:
        self._held.append(line)
        self._size += len(line)

    def rest(self) -> Iterator[str]:
        """Give the last record."""
        held, self._held, self._size = self._held, [], 0
        if held:
            yield "\n".join(held)


class JoinByKey:
    """Lines with one key are one record, which stands where its first line does; a line without one is one by itself.

    Args:
        start: A line in which it finds something begins a record, though there is one with its key.
    """

    def __init__(self, key: str, start: str = "") -> None:
        self._key = key
        self._start = start
        self._waiting: deque[_Waiting] = deque()
        self._by_key: dict[tuple[str, ...], _Waiting] = {}

    def join(self, lines: Sequence[str], shown: pa.Array) -> Iterator[str]:
        """Give the records that no line is likely to belong to any more."""
        begins = found_in(shown, self._start).tolist() if self._start else [False] * len(lines)
        for line, key, does_begin in zip(lines, keys_in(shown, self._key), begins, strict=True):
            known = None if key is None or does_begin else self._by_key.get(key)
            if known is not None and known.size <= LONGEST_RECORD:
                known.lines.append(line)
                known.size += len(line)
                continue
            further = _Waiting(key, [line], len(line))
            self._waiting.append(further)
            if key is not None:
                self._by_key[key] = further
            if len(self._waiting) > _MOST_WAITING:
                yield self._first()

    def rest(self) -> Iterator[str]:
        """Give the records that may have got further lines."""
        while self._waiting:
            yield self._first()

    def _first(self) -> str:
        first = self._waiting.popleft()
        if first.key is not None and self._by_key.get(first.key) is first:
            del self._by_key[first.key]
        return "\n".join(first.lines)


@dataclass(slots=True)
class _Waiting:
    """A record that may get further lines."""

    key: tuple[str, ...] | None
    lines: list[str]
    size: int
