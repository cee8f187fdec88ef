"""Extended logs (W3C), as IIS writes them: `#Fields:` names the cells of the lines below it.

Blanks part the cells, or commas where commas part their names, as Exchange writes them.
Where no cell is a date, the day is that of the last `#Date:`, and the next one where the clock begins anew.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit.logs.formats.line_reader import LineReader, Parsed
from audit.logs.formats.log_file import LogFile
from audit.logs.profiles.language import Profile
from config.texts import counted

_DIRECTIVE = re.compile(r"#\s*(Fields|Date)\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)
_OTHER = re.compile(r"#\s*(Version|Software|Log-type|Start-Date|End-Date|Remark|System|GMT-Offset)\s*:", re.IGNORECASE)
_CELL = re.compile(r'"((?:[^"]|"")*)"|(\S+)')
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DATE, _TIME, _NOON = "date", "time", "12"
_ABOVE = "stands above any line of #Fields that names its cells"


@dataclass(frozen=True)
class _Section:
    """What directives say of the lines below them.

    Args:
        fields: Their cells' names.
        day: The day of those of which no cell is a date.
        has_commas: Commas part the cells, else blanks.
    """

    fields: tuple[str, ...] = ()
    day: str = ""
    has_commas: bool = False

    @property
    def names(self) -> list[str]:
        """The cells' names as they compare."""
        return [field.casefold() for field in self.fields]

    @property
    def directive(self) -> str:
        """The line that names the cells."""
        return f"#Fields: {(',' if self.has_commas else ' ').join(self.fields)}"

    def needs_day(self) -> bool:
        """Say whether a record's day is that of the section."""
        return _TIME in self.names and _DATE not in self.names and bool(self.day)


class W3cReader(LineReader):
    """The records of an extended log."""

    def __init__(self, log: LogFile, profile: Profile) -> None:
        super().__init__(log, profile)
        self._section = _Section(profile.columns)
        self._first = self._section
        self._clock = ""
        self._remarks = 0

    @property
    def notices(self) -> tuple[str, ...]:
        """What was noticed of the file, one sentence each."""
        lines = counted(self._remarks, "line that begins with # and says", "lines that begin with # and say")
        said = f"Left out: {lines} nothing of the log."
        return (*super().notices, *((said,) if self._remarks else ()))

    def texts(self) -> Iterator[list[str]]:
        """Give the records' texts, those of one section at a time."""
        for texts in super().texts():
            start = 0
            for place in [*(place for place, text in enumerate(texts) if text.startswith("#")), len(texts)]:
                if place > start:
                    yield texts[start:place]
                if place < len(texts):
                    self._direct(texts[place])
                start = place + 1

    def _direct(self, line: str) -> None:
        found = _DIRECTIVE.match(line)
        if found is None:
            self._remarks += _OTHER.match(line) is None
        elif found[1].casefold() == _DATE:
            day = _DAY.match(found[2])
            self._section, self._clock = replace(self._section, day=day[0] if day else ""), ""
        else:
            has_commas = "," in found[2]
            names = tuple(name.strip() for name in (found[2].split(",") if has_commas else found[2].split()))
            self._section = replace(self._section, fields=names, has_commas=has_commas)
            if not self._first.fields:
                self._first = self._section
                self.header = self._first.directive

    def parse(self, texts: pa.Array) -> Parsed:
        """Give the cells of some lines of one section."""
        section = self._section
        if not section.fields:
            return Parsed({}, dict.fromkeys(range(len(texts)), _ABOVE))
        cells = self._split(texts)
        counts = pc.list_value_length(cells).to_numpy(zero_copy_only=False)
        width = len(section.fields)
        sound = counts == width
        faults = {place: _of_width(int(counts[place]), width) for place in np.flatnonzero(~sound).tolist()}
        parts = self._parts(cells, sound, section.names)
        days = self._days(parts[_TIME].to_pylist()) if section.needs_day() and _TIME in parts else None
        if days is not None:
            parts[_DATE] = pa.array(days, pa.string())
        return Parsed(parts, faults, before=days, told=self._telling(section, days))

    def _split(self, texts: pa.Array) -> pa.Array:
        if self._section.has_commas:
            rows = [next(csv.reader([text]), []) for text in texts.to_pylist()]
            return pa.array([[cell.strip() for cell in row] for row in rows], pa.list_(pa.string()))
        if not pc.any(pc.match_substring(texts, '"')).as_py():
            return pc.ascii_split_whitespace(pc.ascii_trim_whitespace(texts))
        cells = [
            [(one[1] or "").replace('""', '"') + (one[2] or "") for one in _CELL.finditer(text)]
            for text in texts.to_pylist()
        ]
        return pa.array(cells, pa.list_(pa.string()))

    def _parts(
        self, cells: pa.Array, sound: "np.ndarray[tuple[int], np.dtype[np.bool_]]", names: Sequence[str]
    ) -> dict[str, pa.Array]:
        """Give the cells that the profile asks for, by the names by which it does; null in lines that are not sound."""
        whole = cells if sound.all() else pc.if_else(pa.array(sound), cells, pa.nulls(len(cells), cells.type))
        wanted = {place: place.casefold() for place in (*self._profile.places(), _TIME)}
        flat, offsets = whole.flatten(), np.cumsum(sound) - 1
        starts = pa.array(offsets * len(names), mask=~sound)
        return {place: flat.take(pc.add(starts, names.index(name))) for place, name in wanted.items() if name in names}

    def _days(self, clocks: Sequence[str | None]) -> list[str]:
        """Give the day of each of some times, the next one where the clock begins anew."""
        days = []
        for clock in clocks:
            if clock and clock < _NOON <= self._clock:
                following = date.fromisoformat(self._section.day) + timedelta(days=1)
                self._section = replace(self._section, day=following.isoformat())
            self._clock = clock or self._clock
            days.append(self._section.day)
        return days

    def _telling(self, section: _Section, days: Sequence[str] | None) -> Callable[[int, str], str] | None:
        """Give what puts a record between the directives that it needs, where the log's first do not serve."""
        if section.fields == self._first.fields and days is None:
            return None

        def tell(place: int, text: str) -> str:
            dated = f"#Date: {days[place]}\n" if days is not None else ""
            return f"{dated}{section.directive}\n{text}\n{self._first.directive}"

        return tell


def _of_width(count: int, width: int) -> str:
    return f"has {count:,} cells, {'more' if count > width else 'fewer'} than the {width:,} that #Fields names"
