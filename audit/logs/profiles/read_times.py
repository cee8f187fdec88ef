"""Reads a column of times: the forms that most logs have at once, digit by digit; each other text once, by SQL."""

from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pyarrow as pa

from audit.logs.blanks import plain_blanks_sql, trimmed_sql
from audit.logs.profiles.language import Times
from audit.logs.profiles.local_times import instants_of, oddness_of
from audit.logs.profiles.times import TimeSql, readable
from audit.logs.profiles.yearless import forms_with_year
from config.bulk_columns import arrow_rows

Letters: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.uint8]]
Counts: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]
Marks: TypeAlias = np.ndarray[tuple[int], np.dtype[np.bool_]]

_DAY, _SECOND = 86_400_000_000, 1_000_000
_ZERO, _NINE = ord("0"), ord("9")
# Where digits and other letters stand in YYYY-MM-DDTHH:MM:SS; a fraction of a second and Z follow, or nothing.
_DIGITS = (0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18)
_BETWEEN = ((4, "-"), (7, "-"), (13, ":"), (16, ":"))
_LENGTH = 19
_WITH_Z, _LEAST_FRACTION, _MOST_FRACTION = 20, 22, 27
_MONTH_LENGTHS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


class ReadTimes(NamedTuple):
    """The times of a batch.

    Args:
        instants: Microseconds since 1970 in UTC; anything where `unread`.
        unread: The text is no time of the profile's forms, or of no year in which a log can have been written.
        odd: Whether the local clock shows the time twice, or never; 0 for ordinary times.
        plain: The text is the instant in UTC to the second, written as `2025-03-01T17:00:00Z`.
    """

    instants: Counts
    unread: Marks
    odd: "np.ndarray[tuple[int], np.dtype[np.int8]]"
    plain: Marks


class TimeReader:
    """Reads times as a profile says.

    Args:
        zone: That of times without an offset.
    """

    def __init__(self, times: Times, zone: ZoneInfo, connection: duckdb.DuckDBPyConnection) -> None:
        self._sql = TimeSql(times)
        self._zone = zone
        self._connection = connection
        self._has_iso_first = forms_with_year(times.formats)[:1] == ("iso",)

    def expected(self) -> str:
        """Say to people which forms are read."""
        return self._sql.expected()

    def read(self, texts: pa.StringArray) -> ReadTimes:
        """Read the times of some texts, none of them null."""
        count = len(texts)
        instants, odd = np.zeros(count, np.int64), np.zeros(count, np.int8)
        unread, plain = np.ones(count, np.bool_), np.zeros(count, np.bool_)
        if self._has_iso_first:
            for length, rows in _by_length(texts):
                read, fits = _read_iso(_letters(texts, rows, length), length)
                if length == _LENGTH:
                    odd[rows] = np.where(fits, oddness_of(read, self._zone), np.int8(0))
                    read = instants_of(read, self._zone)
                instants[rows], unread[rows], plain[rows] = read, ~fits, fits & (length == _WITH_Z)
        left = np.flatnonzero(unread)
        if len(left):
            instants[left], unread[left], odd[left] = self._by_sql(texts.take(pa.array(left)))
        return ReadTimes(instants, unread, odd, plain)

    def _by_sql(self, texts: pa.StringArray) -> tuple[Counts, Marks, "np.ndarray[tuple[int], np.dtype[np.int8]]"]:
        """Read each distinct text once; where its instant is not known yet, from its local time."""
        distinct = texts.dictionary_encode()
        self._connection.register("time_texts", pa.table({"raw": distinct.dictionary}))
        instant, local = self._sql.instant("text"), self._sql.local_time("text")
        written = plain_blanks_sql(trimmed_sql("raw"))
        answered = arrow_rows(
            self._connection,
            f"""WITH spelled AS (SELECT {self._sql.spelled_out(written)} AS text FROM time_texts)
            SELECT epoch_us({readable(instant)}) AS instant,
                CASE WHEN {instant} IS NULL THEN epoch_us({readable(local)}) END AS local FROM spelled""",  # noqa: S608 - the profile's own expressions, texts quoted
        )
        self._connection.unregister("time_texts")
        instants, known = _numbers(answered["instant"])
        locals_, known_locally = _numbers(answered["local"])
        instants = np.where(known_locally, instants_of(locals_, self._zone), instants)
        odd = np.where(known_locally, oddness_of(locals_, self._zone), np.int8(0))
        places = distinct.indices.to_numpy()
        return instants[places], ~(known | known_locally)[places], odd[places]


def _numbers(column: pa.ChunkedArray) -> tuple[Counts, Marks]:
    return column.fill_null(0).to_numpy(), column.is_valid().to_numpy()


def _by_length(texts: pa.StringArray) -> "list[tuple[int, Counts | slice]]":
    """Give the rows whose texts have a length in which most logs write times, by that length."""
    lengths = np.diff(_offsets(texts))
    if len(lengths) and (lengths == lengths[0]).all():
        return [(int(lengths[0]), slice(None))] if _is_usual(int(lengths[0])) else []
    return [(int(length), np.flatnonzero(lengths == length)) for length in np.unique(lengths) if _is_usual(int(length))]


def _is_usual(length: int) -> bool:
    return length in {_LENGTH, _WITH_Z} or _LEAST_FRACTION <= length <= _MOST_FRACTION


def _offsets(texts: pa.StringArray) -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
    offsets = np.frombuffer(texts.buffers()[1], np.int32)
    return offsets[texts.offset : texts.offset + len(texts) + 1]


def _letters(texts: pa.StringArray, rows: "Counts | slice", length: int) -> Letters:
    """Give the bytes of texts of one length, a row each."""
    offsets = _offsets(texts)
    letters = np.frombuffer(texts.buffers()[2] or b"", np.uint8)
    if isinstance(rows, slice):
        return letters[offsets[0] : offsets[-1]].reshape(-1, length)
    rows_of_letters: Letters = letters[offsets[:-1][rows][:, None] + np.arange(length)]
    return rows_of_letters


def _read_iso(letters: Letters, length: int) -> tuple[Counts, Marks]:
    """Read what is written as one of the usual forms: the count of microseconds since 1970, and whether it fits."""
    digits = letters[:, _DIGITS].astype(np.int64) - _ZERO
    fits = ((digits >= 0) & (digits <= _NINE - _ZERO)).all(axis=1)
    for place, letter in _BETWEEN:
        fits &= letters[:, place] == ord(letter)
    fits &= letters[:, 10] == ord(" " if length == _LENGTH else "T")
    year = digits[:, 0] * 1000 + digits[:, 1] * 100 + digits[:, 2] * 10 + digits[:, 3]
    month, day, hour, minute, second = (digits[:, at] * 10 + digits[:, at + 1] for at in range(4, 14, 2))
    fits &= (year >= _FIRST_YEAR) & (year <= _LAST_YEAR) & (hour < 24) & (minute < 60) & (second < 60)  # noqa: PLR2004 - a clock's
    fits &= (month >= 1) & (month <= 12) & (day >= 1) & (day <= _month_length(year, month))  # noqa: PLR2004 - a year's
    count = _days(year, month, day) * _DAY + ((hour * 60 + minute) * 60 + second) * _SECOND
    if length > _WITH_Z:
        fraction, is_fraction = _fraction(letters[:, _LENGTH:-1])
        count, fits = count + fraction, fits & is_fraction
    return count, fits if length == _LENGTH else fits & (letters[:, -1] == ord("Z"))


# The years that `readable` lets through whole.
_FIRST_YEAR, _LAST_YEAR = 1901, 9998


def _fraction(letters: Letters) -> tuple[Counts, Marks]:
    """Read a point and up to six digits as microseconds."""
    digits = letters[:, 1:].astype(np.int64) - _ZERO
    fits = (letters[:, 0] == ord(".")) & ((digits >= 0) & (digits <= _NINE - _ZERO)).all(axis=1)
    worth = 10 ** np.arange(5, 5 - digits.shape[1], -1, dtype=np.int64)
    return digits @ worth, fits


def _month_length(year: Counts, month: Counts) -> Counts:
    is_leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    lengths: Counts = _MONTH_LENGTHS[np.clip(month, 0, 12)] + (is_leap & (month == 2))  # noqa: PLR2004 - February
    return lengths


def _days(year: Counts, month: Counts, day: Counts) -> Counts:
    """Count the days since 1970 of dates of our calendar, with years that begin in March."""
    year = year - (month <= 2)  # noqa: PLR2004 - January and February
    day_of_year = (153 * (month + np.where(month > 2, -3, 9)) + 2) // 5 + day - 1  # noqa: PLR2004 - the same
    return year * 365 + year // 4 - year // 100 + year // 400 + day_of_year - 719_468
