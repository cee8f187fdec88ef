"""Times as logs write them: what is read, to what instant, and what is none."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from audit.logs.profiles.language import Times
from audit.logs.profiles.read_times import TimeReader
from config.clock import from_microseconds
from tests.audit.logs.importing_logs import instant_text

Sql = duckdb.DuckDBPyConnection


@pytest.fixture(scope="module")
def sql() -> Iterator[Sql]:
    """Give what some forms are read with."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def _read(sql: Sql, text: str, times: Times | None = None) -> str | None:
    """Read a time as an import does, in Chicago where it has no offset."""
    return _read_all(sql, [text], times)[0]


def _read_all(sql: Sql, texts: list[str], times: Times | None = None) -> list[str | None]:
    form = times or Times()
    reader = TimeReader(form, ZoneInfo(form.zone or "America/Chicago"), sql)
    read = reader.read(pa.array(texts, pa.string()))
    return [None if unread else instant_text(int(at)) for at, unread in zip(read.instants, read.unread, strict=True)]


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025-03-01T17:00:00Z", "2025-03-01 17:00:00"),
        ("2025-03-01T17:00:00.5Z", "2025-03-01 17:00:00.500000"),
        ("2025-03-01T17:00:00.123456Z", "2025-03-01 17:00:00.123456"),
        ("2025-03-01T17:00:00.1234567Z", "2025-03-01 17:00:00.123456"),
        ("2025-03-01T17:00:00.999999999Z", "2025-03-01 17:00:00.999999"),
        ("2025-03-01T17:00:00-06:00", "2025-03-01 23:00:00"),
        ("2025-03-01T17:00:00.999999999-06:00", "2025-03-01 23:00:00.999999"),
        ("2025-03-01 17:00:00 -0600", "2025-03-01 23:00:00"),
        ("2025-03-01 17:00:00.25 +05:30", "2025-03-01 11:30:00.250000"),
        ("2025-03-01T17:00+05", "2025-03-01 12:00:00"),
        ("2025-03-01T17:00:00+14:00", "2025-03-01 03:00:00"),
        ("2025-03-01t17:00:00z", "2025-03-01 17:00:00"),
        ("2025-03-01 17:00:00 UTC", "2025-03-01 17:00:00"),
        ("2025-03-01 17:00:00.096 UTC", "2025-03-01 17:00:00.096000"),
        ("2024-02-29T23:59:59Z", "2024-02-29 23:59:59"),
        # without an offset: Chicago's time
        ("2025-03-01 17:00:00", "2025-03-01 23:00:00"),
        ("2025-07-01T17:00", "2025-07-01 22:00:00"),
        ("2025-07-01t17:00:00.999999999", "2025-07-01 22:00:00.999999"),
    ],
)
def test_iso_times_are_read_to_the_microsecond(sql: Sql, text: str, instant: str) -> None:
    assert _read(sql, text) == instant


@pytest.mark.parametrize(
    "text",
    [
        *("", "2025-03-01", "17:00:00", "2025-03-01T", "2025-03-01T17", "2025-03-01Z", "yesterday", "now", "today"),
        *("2025-02-30T17:00:00Z", "2025-13-01T17:00:00Z", "2025-03-01T24:00:00Z", "2025-03-01T17:60:00Z"),
        *("2025-03-01T17:00:61Z", "2025-03-01T17:00:00.1234567890Z", "2025-03-01T17:00:00+24:00"),
        *("2025-03-01T17:00:00+05:60", "2025-03-01T17:00:00EST", "2025-03-01T17:00:00Z junk", "25-03-01T17:00:00Z"),
        *("0001-01-01T00:00:00Z", "1899-12-31T00:00:00Z", "9999-12-31T00:00:00Z", "12025-03-01T17:00:00Z"),
        *("infinity", "-infinity", "epoch", "1740848400", "03/01/2025 17:00", "2025-03-01T17:00:00+ 6:00"),
    ],
)
def test_what_is_no_iso_time_is_none(sql: Sql, text: str) -> None:
    assert _read(sql, text) is None


@hypothesis(deadline=None, max_examples=40)
@given(moment=st.datetimes(datetime(1970, 1, 2), datetime(2059, 1, 1), timezones=st.timezones()))  # noqa: DTZ001 - with zones
def test_what_python_writes_as_iso_is_read_to_the_same_instant(sql: Sql, moment: datetime) -> None:
    text = moment.isoformat()
    whole_minutes = len(text) - max(text.rfind("+"), text.rfind("-")) == len("+00:00")

    read = _read(sql, text)

    assert read == (instant_text_of(moment) if whole_minutes else None)


def instant_text_of(moment: datetime) -> str:
    """Write an instant as `instant_text` does."""
    return str(moment.astimezone(UTC).replace(tzinfo=None))


@pytest.mark.parametrize(
    ("form", "text", "instant"),
    [
        ("epoch_seconds", "1740848400", "2025-03-01 17:00:00"),
        ("epoch_seconds", "1740848400.1234569", "2025-03-01 17:00:00.123456"),
        ("epoch_seconds", "0.000001", "1970-01-01 00:00:00.000001"),
        ("epoch_milliseconds", "1740848400123", "2025-03-01 17:00:00.123000"),
        ("epoch_milliseconds", "1740848400123.4567", "2025-03-01 17:00:00.123456"),
        ("epoch", "1740848400", "2025-03-01 17:00:00"),
        ("epoch", "1740848400.25", "2025-03-01 17:00:00.250000"),
        ("epoch", "1740848400123", "2025-03-01 17:00:00.123000"),
        ("epoch_seconds", "0", None),
        ("epoch_milliseconds", "0.0", None),
        ("epoch_seconds", "-1740848400", None),
        ("epoch_seconds", "1e9", None),
        ("epoch_seconds", "1_740_848_400", None),
        ("epoch_seconds", "999999999999999", None),
        ("epoch_milliseconds", "99999999999999999999", None),
        ("epoch_seconds", "2025-03-01T17:00:00Z", None),
        ("%m/%d/%Y %I:%M:%S %p", "3/1/2025 5:00:00 PM", "2025-03-01 23:00:00"),
        ("%m/%d/%Y %I:%M:%S %p", "13/1/2025 5:00:00 PM", None),
        ("%m/%d/%Y %H:%M", "3/1/25 17:00", None),
        ("%d/%b/%Y:%H:%M:%S %z", "01/Mar/2025:17:00:00 -0600", "2025-03-01 23:00:00"),
        ("%Y-%m-%d %H:%M:%S,%g", "2025-03-01 17:00:00,123", "2025-03-01 23:00:00.123000"),
        ("%Y-%m-%d %H:%M:%S", "epoch", None),
        ("%Y-%m-%d %H:%M:%S", "infinity", None),
    ],
)
def test_counts_and_patterns_are_read_where_the_profile_says_so(
    sql: Sql, form: str, text: str, instant: str | None
) -> None:
    assert _read(sql, text, Times(formats=(form,))) == instant


def test_the_first_form_that_fits_serves(sql: Sql) -> None:
    times = Times(formats=("%d.%m.%Y %H:%M", "epoch_seconds", "iso"))

    assert [_read(sql, text, times) for text in ("01.03.2025 17:00", "1740848400", "2025-03-01T17:00Z", "x")] == [
        "2025-03-01 23:00:00",
        "2025-03-01 17:00:00",
        "2025-03-01 17:00:00",
        None,
    ]


def test_a_profile_may_name_the_zone_and_what_abbreviations_stand_for(sql: Sql) -> None:
    times = Times(zone="UTC", abbreviations={"EDT": "-04:00", "CST": "-06:00"})

    assert [_read(sql, f"2025-03-01 17:00:00{end}", times) for end in (" EDT", " CST", "", " XYZ")] == [
        "2025-03-01 21:00:00",
        "2025-03-01 23:00:00",
        "2025-03-01 17:00:00",
        None,
    ]


_USUAL = st.datetimes(datetime(1890, 1, 1), datetime(9999, 12, 31))  # noqa: DTZ001 - written without a zone
_FORMS = ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%d %H:%M:%S.%f")
_SPOILT = st.tuples(st.integers(0, 26), st.sampled_from("0159 -:TZ.x"))


@hypothesis(deadline=None, max_examples=40)
@given(written=st.lists(st.tuples(_USUAL, st.sampled_from(_FORMS), st.none() | _SPOILT), min_size=1, max_size=30))
def test_what_is_read_at_once_is_what_sql_reads(
    sql: Sql, written: list[tuple[datetime, str, tuple[int, str] | None]]
) -> None:
    texts = []
    for moment, form, spoilt in written:
        text = moment.strftime(form)
        texts.append(text if spoilt is None else text[: spoilt[0]] + spoilt[1] + text[spoilt[0] + 1 :])

    # behind a form that fits nothing, each text is read by SQL
    assert _read_all(sql, texts) == _read_all(sql, texts, Times(formats=("%Y %H none", "iso")))


def test_an_instant_survives_as_microseconds() -> None:
    assert instant_text_of(from_microseconds(1)) == instant_text(1)
