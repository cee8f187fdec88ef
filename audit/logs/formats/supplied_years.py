"""Gives times without a year one: of the log's first record, and of the others as December turns to January.

The year is what the profile says, or the name of the file, or else follows from when the file was last changed; which
one was taken, and why, is a notice.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit.logs.formats.file_dates import date_of_name, year_of_name
from audit.logs.formats.log_file import LogFile
from audit.logs.profiles.language import Times
from audit.logs.profiles.yearless import is_yearless

# A month that is so much less than the one before is one of the next year, and the other way round.
_HALF_A_YEAR = 6
# 29 February is one in any year until the record's own is known.
_LEAP_YEAR = 2000
# Some programs write the year behind the day, where RFC 3164 has none.
_WITH_YEAR, _YEAR_FORMS = r"^[A-Z][a-z]{2} +\d{1,2} \d{4} ", ("%b %d %Y %H:%M:%S", "%b %d %Y %H:%M:%S.%f")
# A time that begins so has a year; most logs have no others.
_WITH_DATE = r"^(?:\d{4}-\d\d-\d\d[T ]|$)"
_Counts = np.ndarray[tuple[int], np.dtype[np.int64]]


class YearSupply:
    """Gives the times of one log's records years, in the order of the records.

    Args:
        forms: Those without a year that the format has, beside the profile's.
    """

    def __init__(self, times: Times, forms: Sequence[str], log: LogFile) -> None:
        self._forms = [*(form for form in times.formats if is_yearless(form)), *forms]
        self._words = times.words
        self._stated = times.year
        self._log = log
        self._year: int | None = None
        self._why = ""
        self._month = 0
        self._turns = 0

    @property
    def notices(self) -> tuple[str, ...]:
        """Which year was taken, if any."""
        if self._year is None:
            return ()
        turned = "; from December to January the year changes" if self._turns else ""
        return (f"Times bear no year: {self._first_year} was taken for the first, {self._why}{turned}.",)

    def supply(self, texts: pa.Array) -> tuple[pa.Array, list[str] | None]:
        """Give times that have no year one, as ISO 8601, and leave the others as they are.

        Also gives the year of each, empty where it has one of its own; None where all have.
        """
        if not self._forms or pc.all(pc.match_substring_regex(texts, _WITH_DATE)).as_py():
            return texts, None
        distinct = texts.dictionary_encode()
        if pc.any(pc.match_substring_regex(distinct.dictionary, _WITH_YEAR)).as_py():
            texts = pa.array([_dated(text) for text in distinct.dictionary.to_pylist()]).take(distinct.indices)
            distinct = texts.dictionary_encode()
        read = [self._read(text) for text in distinct.dictionary.to_pylist()]
        if not any(read):
            return texts, None
        codes: _Counts = distinct.indices.to_numpy().astype(np.int64)
        months = np.array([one.month if one else 0 for one in read], np.int64)[codes]
        years = self._years_of(months, read, codes)
        written = self._written(read, codes, years)
        bare = pa.array(months > 0)
        return pc.if_else(bare, written, texts), [str(year) if year else "" for year in years.tolist()]

    def _read(self, text: str) -> datetime | None:
        for word, meaning in self._words.items():
            text = text.replace(word, meaning)
        bare = " ".join(text.split())
        for form in self._forms:
            try:
                return datetime.strptime(f"{_LEAP_YEAR} {bare}", f"%Y {form}")  # noqa: DTZ007 - a local clock's
            except ValueError:
                continue
        return None

    def _years_of(self, months: _Counts, read: Sequence[datetime | None], codes: _Counts) -> _Counts:
        """Give the year of each time, 0 where it has one of its own."""
        rows = np.flatnonzero(months)
        first = read[codes[rows[0]]]
        if self._year is None and first is not None:
            self._first_year, self._why = self._first(first)
            self._year, self._month = self._first_year, first.month
        steps = np.diff(months[rows], prepend=self._month)
        turns = (steps <= -_HALF_A_YEAR).astype(np.int64) - (steps >= _HALF_A_YEAR)
        years = np.zeros(len(months), np.int64)
        years[rows] = (self._year or 0) + np.cumsum(turns)
        self._year, self._month = int(years[rows[-1]]), int(months[rows[-1]])
        self._turns += int(np.abs(turns).sum())
        return years

    def _first(self, first: datetime) -> tuple[int, str]:
        """Give the year of the first time, and why it is that one."""
        if self._stated:
            return int(self._stated), "as the profile says"
        if day := date_of_name(self._log.path.name):
            return _before(first, date.fromisoformat(day)), f"as the file's name holds {day}"
        if year := year_of_name(self._log.path.name):
            return int(year), f"as the file's name holds {year}"
        if ended := self._log.last_day_before():
            return _before(first, ended), f"as the same file was imported before, up to {ended}"
        changed = datetime.fromtimestamp(self._log.path.stat().st_mtime, UTC).date()
        return _before(first, changed), (
            f"as the file was last changed on {changed}; if that is a guess, name the file with its day, or set "
            "times.year in the source's profile"
        )

    def _written(self, read: Sequence[datetime | None], codes: _Counts, years: _Counts) -> pa.Array:
        written = np.full(len(codes), "", object)
        for year in np.unique(years[years > 0]).tolist():
            texts = np.array([_in_year(one, year) for one in read], object)
            of_year = years == year
            written[of_year] = texts[codes[of_year]]
        return pa.array(written, pa.string())


def _before(first: datetime, day: date) -> int:
    """Give the latest year in which a time is not after a day, a zone's difference aside."""
    last = day + timedelta(days=1)
    return last.year if (first.month, first.day) <= (last.month, last.day) else last.year - 1


def _dated(text: str) -> str:
    """Write a time with a year behind its day as ISO 8601; any other as it is."""
    for form in _YEAR_FORMS:
        try:
            return datetime.strptime(text, form).isoformat(" ")  # noqa: DTZ007 - a local clock's
        except ValueError:
            continue
    return text


def _in_year(time: datetime | None, year: int) -> str:
    """Write a time with a year; without a leap day that the year does not have, the text is no time."""
    try:
        return time.replace(year=year).isoformat(" ") if time else ""
    except ValueError:
        return f"{year}-02-29"
