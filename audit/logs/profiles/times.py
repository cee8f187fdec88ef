"""The forms in which logs write times, as SQL."""

from collections.abc import Iterator, Mapping, Sequence

from audit.logs.profiles.language import EPOCHS, Times
from audit.logs.profiles.yearless import forms_with_year
from config.bulk import text_sql

_DAY, _CLOCK = r"\d{4}-\d{2}-\d{2}", r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?"
_OFFSET = r"(?:[Zz]|UTC|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)"
# Seconds of this size would lie beyond the year 5000, milliseconds before 1973.
_LEAST_MILLISECONDS = 100_000_000_000
# Years that a log can have been written in; DuckDB reads words such as `infinity` as the first day of 1900.
_FIRST, _AFTER_LAST = "TIMESTAMP '1900-01-02'", "TIMESTAMP '9999-01-01'"
_DIGITS_OF_COUNT = 15


class TimeSql:
    """The expressions that turn the text of a time into a timestamp."""

    def __init__(self, times: Times) -> None:
        self._times = times
        self._forms = forms_with_year(times.formats)

    def spelled_out(self, text: str) -> str:
        """Give the SQL of a time's text with what its words stand for, and offsets instead of zones' abbreviations."""
        for word, meaning in self._times.words.items():
            text = f"replace({text}, {text_sql(word)}, {text_sql(meaning)})"
        whens = " ".join(
            f"WHEN ends_with({text}, {text_sql(' ' + name)}) "
            f"THEN left({text}, length({text}) - {len(name)}) || '{offset}'"
            for name, offset in self._times.abbreviations.items()
        )
        return f"CASE {whens} ELSE {text} END" if whens else text

    def instant(self, text: str) -> str:
        """Give the SQL of the UTC timestamp of a text that has an offset or counts from 1970, else NULL."""
        return _first_read(part for form in self._forms for part in _instants(form, text))

    def local_time(self, text: str) -> str:
        """Give the SQL of the local timestamp of a text without an offset; NULL where it is none."""
        return _first_read(part for form in self._forms for part in _local_times(form, text))

    def expected(self) -> str:
        """Say to people which forms are read."""
        examples: Mapping[str, str] = {"iso": "2025-03-01T17:00:00-06:00"}
        return ", ".join(examples.get(form, form.replace("_", " ")) for form in self._times.formats)


def readable(instant: str) -> str:
    """Give the SQL of a timestamp, NULL where it lies outside the years in which a log can have been written."""
    return f"CASE WHEN {instant} >= {_FIRST} AND {instant} < {_AFTER_LAST} THEN {instant} END"


def _first_read(parts: Iterator[str]) -> str:
    tried: Sequence[str] = list(parts)
    return f"coalesce({', '.join(tried)})" if tried else "NULL::TIMESTAMP"


def _instants(form: str, text: str) -> Iterator[str]:
    if form == "iso":
        plain = f"replace(upper({text}), ',', '.')"
        spelled = rf"regexp_replace({plain}, '^(\S+)[T ](\S+?) ?(?:Z|UTC)$', '\1 \2+00')"
        spelled = rf"regexp_replace({spelled}, '^(\S+)[T ](\S+?) ?([+-][0-9:]+)$', '\1 \2\3')"
        yield (
            f"CASE WHEN regexp_full_match({text}, '{_DAY}[Tt ]{_CLOCK} ?{_OFFSET}') "
            f"THEN try_cast({spelled} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' END"
        )
    elif form in EPOCHS:
        yield _counted(form, text)
    elif "%z" in form or "%Z" in form:
        yield f"(try_strptime({text}, {text_sql(form)}) AT TIME ZONE 'UTC')"


def _local_times(form: str, text: str) -> Iterator[str]:
    if form == "iso":
        pattern = f"{_DAY}[Tt ]{_CLOCK}"
        plain = f"replace(upper({text}), ',', '.')"
        yield f"CASE WHEN regexp_full_match({text}, '{pattern}') THEN try_cast({plain} AS TIMESTAMP) END"
    elif form not in EPOCHS and "%z" not in form and "%Z" not in form:
        yield f"try_strptime({text}, {text_sql(form)})::TIMESTAMP"


def _counted(form: str, text: str) -> str:
    """Give the SQL of a count since 1970; what is finer than a microsecond is cut off, and 0 is no time."""
    plain = rf"regexp_full_match({text}, '\d{{1,{_DIGITS_OF_COUNT}}}(?:\.\d*)?')"
    count = rf"regexp_extract({text}, '^\d+(?:\.\d{{1,9}})?')::DECIMAL(28, 9)"
    factors = {"epoch_seconds": "1000000", "epoch_milliseconds": "1000"}
    factor = factors.get(form, f"(CASE WHEN {count} < {_LEAST_MILLISECONDS} THEN 1000000 ELSE 1000 END)")
    microseconds = f"floor({count} * {factor})"
    return (
        f"CASE WHEN {plain} THEN CASE WHEN {microseconds} > 0 AND {microseconds} < 253370764800000000 "
        f"THEN make_timestamp(({microseconds})::BIGINT) END END"
    )
