"""What a temporary duty would mean, and what it was used for."""

from datetime import datetime, timedelta

from access.duty_terms import DutyAsked, read_duty_terms
from access.find_duty import find_duty
from access.models import TemporaryDuty
from access.people_below import Reach
from audit.duty_uses import duty_uses
from audit.kept import Kept
from audit.preview_duty import DutyMeaning, preview_duty
from config.work import Work
from inventory.entity_time import entity_zone
from tests.audit.auditing import keys, log, open_bids, view_bids
from tests.builders import JUNE_1, LONG_AGO, a_row
from tests.town import NOW, Town

EVERYBODY = Reach("all", "")


def _work(town: Town, now: datetime = NOW) -> Work:
    return Work(town.session, now, now, "test", town.settings, entity_zone)


def _meaning(town: Town, **asked: str) -> DutyMeaning:
    work = _work(town)
    written = {"employee_id": "E1", "series": "S4", "end": "+3d", "reason": "bids are due", **asked}
    return preview_duty(work, Kept(), read_duty_terms(work, DutyAsked(**written), reach=EVERYBODY))


def test_a_preview_says_which_accesses_and_open_findings_the_duty_would_have_covered(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-04-01", "2025-05-05", "2025-05-06")
    quiet_town.audit()
    meaning = _meaning(quiet_town)

    assert (meaning.covered.count, meaning.backdated, meaning.needs_second) == (2, None, False)
    assert [(one.reason, one.month, one.events) for one in meaning.findings] == [("assignment_ended", "2025-05", 2)]
    assert {one.key for one in meaning.findings} < set(keys(quiet_town))


def test_a_preview_counts_the_actions_that_the_duty_has_alone(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-05-05")
    log(quiet_town, "2025-05-07 12:00,aolson,bid/17,print,C-1,")
    quiet_town.audit()

    assert _meaning(quiet_town, actions="print").covered.count == 1
    assert _meaning(quiet_town, actions="export").findings == ()


def test_a_preview_counts_an_account_however_its_login_is_written_and_nobody_elses(quiet_town: Town) -> None:
    spelled = ("CITY\\AOlson", "aolson@elm.example", "aolson2", "blarson")
    log(quiet_town, *(f"2025-05-07 12:00,{account},bid/17,view,C-1," for account in spelled))

    assert _meaning(quiet_town).covered.count == 2


def test_a_preview_of_a_start_in_the_past_says_what_will_read_backdated(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-05-05", "2025-05-20")
    meaning = _meaning(quiet_town, start="2025-05-10")

    assert meaning.needs_second
    assert meaning.backdated is not None
    assert (meaning.covered.count, meaning.backdated.count) == (2, 1)


def test_a_preview_names_others_who_have_the_access_now(quiet_town: Town) -> None:
    quiet_town.record(a_row(TemporaryDuty, employee_id="E2", series="S4", start=LONG_AGO, end=NOW + timedelta(days=1)))
    assert (_meaning(quiet_town).others, _meaning(quiet_town).named) == (1, ("Bo Larson",))

    open_bids(quiet_town, JUNE_1)
    assert [one.kind for one in _meaning(quiet_town).has_already] == ["employee"]


def test_the_uses_of_a_duty_are_the_accesses_from_its_start_until_it_was_revoked(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-05-05", "2025-05-06", "2025-05-08")
    start, end = (datetime.fromisoformat(f"2025-05-0{day}T05:00:00+00:00") for day in (6, 9))
    duty = a_row(TemporaryDuty, series="S4", start=start, end=end, revoked_at=end - timedelta(days=1))
    quiet_town.record(duty)
    work = _work(quiet_town)
    uses = duty_uses(work, Kept(), find_duty(work.session, str(duty.id), reach=EVERYBODY))

    assert (uses.count, uses.last) == (1, datetime.fromisoformat("2025-05-06T17:00:00+00:00"))
