"""What a change of grants would mean: it is held to what an audit then decides with the change really made."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from access.models import TemporaryDuty, WorkAccess
from access.tried_grants import try_grants
from access.undo_import import undo_import
from access.withdraw_grant import withdraw_grant
from audit.kept import Kept
from audit.meaning_in_words import meaning_sentences
from audit.queries import standing_findings
from audit.weigh_grants import LOOKED_BACK, Meaning, weigh_grants
from config.applied_imports import AppliedImport
from config.work import Work
from inventory.entity_time import entity_zone
from inventory.models import Entity
from tests.audit.auditing import log, view_bids
from tests.builders import APRIL_1, DAY, JUNE_1, LONG_AGO, MARCH_1, MAY_1, a_row
from tests.importing import CHICAGO
from tests.town import NOW, Town

_SINCE = NOW - LOOKED_BACK
_Make = Callable[[Town], object]


def _work(town: Town, now: datetime = NOW) -> Work:
    return Work(town.session, now, now, "test", town.settings, entity_zone)


def _weigh(town: Town, series: str, make: _Make, now: datetime = NOW) -> Meaning:
    """Say what a change would mean, and take it back."""
    with town.session.begin_nested() as change:
        tried = try_grants(_work(town, now), {series}, lambda: make(town))
        change.rollback()
    return weigh_grants(_work(town, now), Kept(), tried)


def _access(series: str, kind: str, holder: str, start: datetime | None = LONG_AGO, **said: object) -> _Make:
    columns = {"series": series, "holder_type": kind, "holder": holder, "start": start, "recorded_at": NOW, **said}
    return lambda town: town.record(a_row(WorkAccess, **{"actions": "*", "purposes": "*", **columns}))


def _duty(start: datetime, **said: object) -> _Make:
    columns = {"employee_id": "E1", "series": "S4", "start": start, "end": NOW + 9 * DAY, "recorded_at": NOW, **said}
    return lambda town: town.record(a_row(TemporaryDuty, **columns))


def _withdraw(grant: str) -> Callable[[Town], AppliedImport]:
    return lambda town: withdraw_grant(town.session, grant, reason="never so", zone=CHICAGO, now=NOW, by="test")


def _live_since(town: Town, instant: datetime | None) -> None:
    town.session.exec(select(Entity)).one().went_live_at = instant
    town.session.flush()


def _log_more(town: Town) -> None:
    view_bids(town, "2025-04-10", "2025-05-05", "2025-05-06", "2025-06-25", "2025-06-26")
    bids = ("cdale,bid/9,view", "blarson,bid/8,export", "ghost,bid/1,view")
    pay = ("aolson,pay/3,modify", "blarson,pay/3,view")
    log(town, *(f"2025-06-{day} 12:00,{access},C-1,payroll" for access in (*bids, *pay) for day in (20, 21)))


CHANGES: dict[str, tuple[str, _Make]] = {
    "a duty with a past": ("S4", _duty(MAY_1)),
    "a duty for some actions": ("S2", _duty(JUNE_1, series="S2", actions="view;print")),
    "an old and open statement for a department": ("S4", _access("S4", "department", "police", None)),
    "a statement for a position, of late": ("S4", _access("S4", "position", "P2", JUNE_1)),
    "a statement for everyone": ("S4", _access("S4", "everyone", "", APRIL_1, actions="view;export")),
    "a purpose that is not logged": ("S2", _access("S2", "employee", "E1", purposes="auditing")),
    "a statement told long ago": ("S4", _access("S4", "employee", "E1", stated_recorded_at=MARCH_1)),
    "a withdrawal": ("S2", _withdraw("work-access:1")),
    "a withdrawn duty": ("S2", _withdraw("temporary-duty:3")),
}


@pytest.mark.parametrize(
    ("change", "is_live"),
    [*((change, True) for change in CHANGES), ("a duty with a past", False), ("a statement for everyone", False)],
)
def test_the_next_audit_decides_otherwise_what_was_said_and_nothing_else(
    logged_town: Town, change: str, *, is_live: bool
) -> None:
    _live_since(logged_town, MARCH_1 if is_live else None)
    _log_more(logged_town)
    before = Counter(logged_town.audit(_SINCE, NOW).counts)
    stood = {one.finding.key: one.figures.events for one in standing_findings(logged_town.session)}
    series, make = CHANGES[change]
    meaning = _weigh(logged_town, series, make)

    make(logged_town)
    after = Counter(logged_town.audit(_SINCE, NOW, at=NOW + timedelta(seconds=1)).counts)
    stands = {one.finding.key: one.figures.events for one in standing_findings(logged_town.session)}

    said = Counter[str]()
    for one in meaning.otherwise:
        said[one.before] -= one.count
        said[one.after] += one.count
    told = {reason: after[reason] - before[reason] for reason in before | after}
    assert {reason: count for reason, count in told.items() if count} == {one: n for one, n in said.items() if n}
    fewer = {key: events - stands.get(key, 0) for key, events in stood.items() if stands.get(key, 0) < events}
    assert {one.key: one.events for one in meaning.touched} == fewer


def test_that_nothing_uses_a_grant_is_told_only_where_a_log_of_these_days_could_tell_it(town: Town) -> None:
    later = NOW + timedelta(days=365)
    tried = try_grants(_work(town, later), {"S4"}, lambda: _duty(later, end=later + DAY)(town))
    unseen = weigh_grants(_work(town, later), Kept(), tried)
    assert unseen.is_unseen
    assert "how it is used cannot be told" in " ".join(meaning_sentences(unseen, CHICAGO))

    log(town, f"{later - 9 * DAY:%Y-%m-%d} 12:00,ghost,bid/1,view,C-1,payroll")
    seen = weigh_grants(_work(town, later), Kept(), tried)
    assert not seen.is_unseen
    assert "it would have covered none" in " ".join(meaning_sentences(seen, CHICAGO))


@pytest.mark.parametrize("holder", [("department", "Police"), ("position", "P1"), ("employee", "E2"), ("everyone", "")])
def test_what_a_grant_would_have_covered_is_what_it_authorizes_where_it_held_all_the_time(
    logged_town: Town, holder: tuple[str, str]
) -> None:
    _live_since(logged_town, MARCH_1)
    _log_more(logged_town)
    before = Counter(logged_town.audit(_SINCE, NOW).counts)
    meaning = _weigh(logged_town, "S4", _access("S4", *holder, NOW, actions="view"))
    assert meaning.covered is not None
    assert (meaning.otherwise, meaning.is_for_two) == ((), False)

    _access("S4", *holder, _SINCE, actions="view", stated_recorded_at=LONG_AGO)(logged_town)
    after = Counter(logged_town.audit(_SINCE, NOW, at=NOW + timedelta(seconds=1)).counts)
    assert meaning.covered.count == after["assigned"] - before["assigned"]
    assert sum(one.events for one in meaning.findings) == meaning.covered.count


def test_what_rests_on_a_grant_is_what_is_authorized_no_longer_without_it(logged_town: Town) -> None:
    _log_more(logged_town)
    before = Counter(logged_town.audit(_SINCE, NOW).counts)
    meaning = _weigh(logged_town, "S2", _withdraw("work-access:1"))
    _withdraw("work-access:1")(logged_town)
    after = Counter(logged_town.audit(_SINCE, NOW, at=NOW + timedelta(seconds=1)).counts)

    assert meaning.resting is not None
    assert meaning.resting.count == before["assigned"] - after["assigned"] > 0
    assert (meaning.resting.people, meaning.covered) == (1, None)


def test_what_stands_again_that_was_told_before_the_entity_went_live_reaches_findings_however_old(
    logged_town: Town,
) -> None:
    _live_since(logged_town, MARCH_1)
    logged_town.audit()
    before = {one.finding.key for one in standing_findings(logged_town.session)}
    gone = _withdraw("work-access:1")(logged_town)
    logged_town.audit(at=NOW + DAY)
    new = {one.finding.key for one in standing_findings(logged_town.session)} - before
    later = NOW + 30 * DAY
    again = _weigh(logged_town, "S2", lambda town: undo_import(town.session, gone.number, now=later, by="test"), later)

    assert new
    assert new <= {one.key for one in again.touched}
    assert again.since < later - LOOKED_BACK


def test_what_others_cover_as_well_does_not_rest_on_a_grant(logged_town: Town) -> None:
    _log_more(logged_town)
    _access("S2", "department", "Finance")(logged_town)
    meaning = _weigh(logged_town, "S2", _withdraw("work-access:1"))

    assert meaning.resting is not None
    assert meaning.resting.count == 0


def test_it_is_said_who_has_the_access_already(quiet_town: Town) -> None:
    quiet_town.record(a_row(TemporaryDuty, employee_id="E2", series="S4", start=LONG_AGO, end=NOW + DAY))
    alone = _weigh(quiet_town, "S4", _duty(NOW)).holders
    department = _weigh(quiet_town, "S4", _access("S4", "everyone", "")).holders

    assert (alone.reached, alone.among, alone.others, alone.others_named) == (1, 0, 1, ("Bo Larson",))
    assert (department.reached, department.among, department.named, department.others) == (2, 1, ("Bo Larson",), 0)


def test_an_account_counts_however_its_login_is_written_and_nobody_elses(quiet_town: Town) -> None:
    spelled = ("CITY\\AOlson", "aolson@elm.example", "aolson2", "blarson")
    log(quiet_town, *(f"2025-05-07 12:00,{account},bid/17,view,C-1," for account in spelled))
    covered = _weigh(quiet_town, "S4", _duty(NOW)).covered

    assert covered is not None
    assert (covered.count, covered.people) == (2, 1)
