"""Records that are lines of text, whatever their format: read as columns of parts, many at once.

A record's own text, its lines joined, is what equal records are told by; with the year or the day where the text has
none. What a format makes of some records it says as parts by the names by which profiles call them.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit.logs.blanks import BLANKS
from audit.logs.formats.contract import FAULT, PASSED, Batch, Layout
from audit.logs.formats.file_dates import FILE_DATE, date_of_name, noted_date
from audit.logs.formats.join_lines import LONGEST_RECORD, JoinByStart, Joiner
from audit.logs.formats.log_file import LogFile
from audit.logs.formats.supplied_years import YearSupply
from audit.logs.profiles.language import Profile, places
from config.texts import counted

# The part of a record that is all of it; no key of a log is called so.
RECORD = "@record"
_CONTENT, _BETWEEN = "content", "\x1d"
_MOST_SHOWN = 10_000
_TOO_LONG = f"is longer than {LONGEST_RECORD >> 20} MiB"

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Parsed:
    """What a format made of some records.

    Args:
        parts: The texts of each part by its name, null where a record has none.
        faults: Why a record cannot be read, by its place among them.
        passed: Which are no accesses by the format's own word; None = none of them.
        before: What of each record's meaning stands outside of it, such as a day; None = nothing.
        told: Gives the text by which a record is kept, given its place and its own; None = its own.
    """

    parts: Mapping[str, pa.Array | Sequence[str | None]]
    faults: Mapping[int, str] = field(default_factory=dict)
    passed: Flags | None = None
    before: Sequence[str] | None = None
    told: Callable[[int, str], str] | None = None


class LineReader(ABC):
    """The records of a log of lines; a format says what their parts are."""

    header = ""

    def __init__(self, log: LogFile, profile: Profile) -> None:
        self._log = log
        self._profile = profile
        self._places = profile.places()
        columns = {place: f"c{number}" for number, place in enumerate(self._places)}
        self.layout = Layout(columns, [_CONTENT], "{batch}", passed=PASSED, is_bare=True)
        self._timed = [place for place in dict.fromkeys(places(profile.fields["time"])) if place in columns]
        self._years = YearSupply(profile.times, self.forms_without_year(), log)
        self._joiners: Sequence[Joiner] = ()
        self._date = date_of_name(log.name) if FILE_DATE in columns else ""

    @property
    def notices(self) -> tuple[str, ...]:
        """What was noticed of the file, one sentence each."""
        dated = noted_date(self._date) if FILE_DATE in self._places else ()
        belonging = sum(joiner.belonging for joiner in self._joiners if isinstance(joiner, JoinByStart))
        lines = counted(belonging, "line that begins no record belongs", "lines that begin no record belong")
        joined = f"{lines} to the one above."
        return (*self._log.notices, *dated, *self._years.notices, *((joined,) if belonging else ()))

    @abstractmethod
    def parse(self, texts: pa.Array) -> Parsed:
        """Give the parts of some records, which follow on those given before."""

    def forms_without_year(self) -> tuple[str, ...]:
        """Give forms of times without a year that the format itself has."""
        return ()

    def joiners(self) -> Sequence[Joiner]:
        """Give what puts lines together, in turn; none where each line is a record."""
        return ()

    def texts(self) -> Iterator[list[str]]:
        """Give the records' own texts, some at a time; blank lines are none."""
        joiners = self._joiners = self.joiners()
        for piece in self._log.pieces():
            yield self._joined(joiners, _bare_lines(self._log, piece))
        for place, joiner in enumerate(joiners):
            yield self._joined(joiners[place + 1 :], list(joiner.rest()))

    def _joined(self, joiners: Sequence[Joiner], lines: list[str]) -> list[str]:
        for joiner in joiners:
            lines = list(joiner.join(lines, self._as_arrow(lines))) if lines else []
        return lines

    def batches(self) -> Iterator[Batch]:
        """Give all records, those that cannot be read among them."""
        for texts in self.texts():
            records = [text for text in map(str.rstrip, texts) if text]
            if records:
                yield self._batch(records)

    def _batch(self, texts: list[str]) -> Batch:
        shown, flaws = self._sound(texts)
        parsed = self.parse(shown)
        parts: dict[str, pa.Array | Sequence[str | None]] = {**parsed.parts, RECORD: shown}
        if FILE_DATE in self._places:
            parts[FILE_DATE] = [self._date] * len(texts)
        columns = {f"c{number}": _column(parts.get(place), len(texts)) for number, place in enumerate(self._places)}
        years = self._supply_years(columns)
        columns[_CONTENT] = _content(shown, years, parsed.before, self._date)
        faults = {**parsed.faults, **flaws}
        said = [faults.get(place) for place in range(len(texts))] if faults else [None] * len(texts)
        columns[FAULT] = pa.array(said, pa.string())
        columns[PASSED] = pa.array(np.zeros(len(texts), np.bool_) if parsed.passed is None else parsed.passed)
        told = parsed.told or (lambda _, text: text)
        return Batch(pa.table(columns), lambda wanted: [told(place, self._text(texts[place])) for place in wanted])

    def _sound(self, texts: list[str]) -> tuple[pa.Array, dict[int, str]]:
        """Give some records as Arrow can hold them, empty where they are no text, and what is wrong with these."""
        try:
            shown = pa.array(texts, pa.string())
        except UnicodeEncodeError:  # a byte that is no text
            shown = None
        if shown is not None and _is_text(shown):
            return shown, {}
        flaws = {place: flaw for place, text in enumerate(texts) if (flaw := self._flaw_of(text))}
        return self._as_arrow(["" if place in flaws else text for place, text in enumerate(texts)]), flaws

    def _flaw_of(self, text: str) -> str | None:
        return _TOO_LONG if len(text) > LONGEST_RECORD else self._log.flaw_of(text)

    def _text(self, text: str) -> str:
        return self._log.shown(text) if len(text) <= LONGEST_RECORD else f"{self._log.shown(text[:_MOST_SHOWN])}…"

    def _as_arrow(self, texts: Sequence[str]) -> pa.Array:
        try:
            return pa.array(texts, pa.string())
        except UnicodeEncodeError:
            return pa.array([self._log.shown(text) for text in texts], pa.string())

    def _supply_years(self, columns: dict[str, pa.Array]) -> list[str] | None:
        """Give times that have no year one; and each record's year where one was given."""
        given: list[str] | None = None
        for place in self._timed:
            name = self.layout.places[place]
            columns[name], years = self._years.supply(columns[name])
            given = given or years
        return given


def _bare_lines(log: LogFile, piece: bytes) -> list[str]:
    """Give the lines of a piece without their ends."""
    if b"\r" in piece or not piece.isascii():
        return [line.rstrip("\r\n") for line in log.lines(piece)]
    return piece.decode("ascii").removesuffix("\n").split("\n")


def _is_text(shown: pa.Array) -> bool:
    """Say whether no text has a NUL byte or is longer than a record can be."""
    has_nul = pc.any(pc.match_substring(shown, "\0")).as_py()
    return not has_nul and pc.max(pc.binary_length(shown)).as_py() <= LONGEST_RECORD


def _column(part: pa.Array | Sequence[str | None] | None, rows: int) -> pa.Array:
    if part is None:
        return pa.array([""] * rows, pa.string())
    return pc.utf8_trim(pc.fill_null(part if isinstance(part, pa.Array) else pa.array(part, pa.string()), ""), BLANKS)


def _content(shown: pa.Array, years: list[str] | None, before: Sequence[str] | None, date: str) -> pa.Array:
    """Give what tells equal records: their texts, and what of their meaning stands outside of them."""
    outside = [pa.array(one, pa.string()) for one in (years, before) if one is not None]
    outside += [pa.scalar(date)] if date else []
    return pc.binary_join_element_wise(*outside, shown, _BETWEEN) if outside else shown
