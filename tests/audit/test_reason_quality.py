"""What reasons are worth: each kind is told, each access counted once, and nobody is said to have done wrong."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from audit.case_numbers import case_patterns
from audit.logs.profiles.reading import read_profile
from audit.reason_quality import CONSTANT_FROM, JudgedReasons, ReasonQuality, judging_reasons
from config.errors import Invalid
from reports.reason_counts import counts_by_person, counts_by_source, poor_reasons
from tests.town import IMPORTED, NOW, Town

PROFILE = r"""
format: csv
fields: {time: time, account: account, resource: resource, action: action, purpose: purpose}
case_number: '\b(\d\d-\d{4})\b'
"""
HEAD = "time,account,resource,action,purpose\n"
REASONS = {
    "": ReasonQuality.MISSING,
    "N/A": ReasonQuality.PLACEHOLDER,
    " x ": ReasonQuality.PLACEHOLDER,
    "***": ReasonQuality.MASKED,
    "ran ABC-123 for a stop": ReasonQuality.PERSONAL,
    "tag# 7kx991": ReasonQuality.PERSONAL,
    "DOB 2/3/88": ReasonQuality.PERSONAL,
    "smith 03/14/1971": ReasonQuality.PERSONAL,
    "report of 03/14/2025": ReasonQuality.FINE,
    "follow up 25-0001": ReasonQuality.FINE,
    "follow up 25-9999": ReasonQuality.CASE_UNKNOWN,
    "theft report": ReasonQuality.FINE,
}


def log(town: Town, *lines: str, source: str = "rms", profile: str = PROFILE) -> None:
    town.log(HEAD + "\n".join(lines), source=source, profile=profile, name=f"{source}.csv", at=IMPORTED)


@contextmanager
def judged(town: Town) -> Iterator[JudgedReasons]:
    town.session.commit()
    with judging_reasons(town.session, town.settings, known=NOW) as found:
        yield found


def by_quality(town: Town, source: str) -> dict[str, int]:
    with judged(town) as found:
        counts = [one.by_quality for one in counts_by_source(found) if one.source == source]
    return {quality: total for quality in ReasonQuality if (total := sum(one[quality] for one in counts))}


def test_each_reason_is_told_for_what_it_is(town: Town) -> None:
    town.enter("cases", "case_number,system\n25-0001,cad")
    log(town, *(f"2025-03-10 10:{n:02d},aolson,case/1,view,{text}" for n, text in enumerate(REASONS)))

    with judged(town) as found:
        asked = "SELECT reason, quality_then(quality, oldest_year, 2025) FROM reasons WHERE source = 'rms'"
        rows = found.connection.execute(asked).fetchall()
        assert found.has_cases == {"rms"}
        shown = [one.reason for one in poor_reasons(found)]

    assert dict(rows) == {text.strip(): quality for text, quality in REASONS.items()}
    assert not any("ABC" in text or "1971" in text for text in shown)


def test_without_a_list_of_cases_no_case_is_unknown(town: Town) -> None:
    log(town, "2025-03-10 10:00,aolson,case/1,view,follow up 25-9999")

    assert by_quality(town, "rms") == {"fine": 1}


def test_a_list_of_another_system_makes_no_case_unknown(town: Town) -> None:
    town.enter("cases", "case_number,system\n25-0001,court")
    log(town, "2025-03-10 10:00,aolson,case/1,view,follow up 25-9999")

    assert by_quality(town, "rms") == {"fine": 1}


def test_the_same_reason_throughout_a_month_is_constant_from_some_number_on(town: Town) -> None:
    every = [f"2025-{month}-10 10:{n:02d},aolson,case/1,view,patrol" for month in ("03", "04") for n in range(20)]
    log(town, *every[:-1], "2025-03-10 11:00,blarson,case/1,view,patrol")

    assert CONSTANT_FROM == 20
    assert by_quality(town, "rms") == {"constant": 20, "fine": 20}
    with judged(town) as found:
        people = [(one.month, one.who, one.of(ReasonQuality.CONSTANT)) for one in counts_by_person(found)]
    assert ("2025-03", "E1", 20) in people


def test_what_stands_in_nearly_all_accesses_of_a_source_was_filled_in(town: Town) -> None:
    accounts = ("aolson", "blarson", "cdale")
    times = [(f"2025-03-{day:02d} 1{n}:00", accounts[n % 3]) for day in range(1, 21) for n in range(9)]
    lines = [f"{time},{account},case/1,view,Search" for time, account in times]
    log(town, *lines, *(f"2025-03-21 10:{n:02d},aolson,case/1,view,own text {n}" for n in range(10)))

    assert by_quality(town, "rms") == {"by_tool": 180, "fine": 10}
    with judged(town) as found:
        (search,) = poor_reasons(found)
    assert (search.reason, search.accesses, round(search.share or 0, 2)) == ("Search", 180, 0.95)


def test_every_access_is_counted_once(logged_town: Town) -> None:
    with judged(logged_town) as found:
        by_source, by_person = counts_by_source(found), list(counts_by_person(found))
        stored = found.store.events

    assert sum(one.accesses for one in by_source) == sum(one.accesses for one in by_person) == stored
    assert all(one.accesses == sum(one.by_quality.values()) for one in by_person)
    assert {(one.who, one.is_employee) for one in by_person} >= {("E1", True), ("ghost", False)}


def test_a_pattern_that_is_none_is_said_with_its_line(town: Town) -> None:
    with pytest.raises(Invalid, match="case_number") as refused:
        read_profile(PROFILE.replace(r"'\b(\d\d-\d{4})\b'", "'(25-'"), "rms")

    assert "line" in str(refused.value)
    assert case_patterns(town.session) == {}
