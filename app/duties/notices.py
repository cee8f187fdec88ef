"""Notices of duties for who granted or holds them: which end soon, and what those that ended were used for."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from access.duty_reminders import ended_lately, reminders
from access.find_duty import Duty, find_duty
from access.models import TemporaryDuty
from access.people_below import Reach, recorded_id
from app.duties.shown import THING
from audit.aside_models import DutyOutcome
from audit.duty_outcomes import outcomes_of
from config.clock import end_text, local_text
from config.web.signed_in import SignedIn
from config.work import Work


@dataclass(frozen=True)
class DutyNotice:
    """What is to be known of a duty, and where it stands."""

    text: str
    path: str


def ending_soon(work: Work, official: SignedIn) -> list[DutyNotice]:
    """Tell of the duties that an official granted or holds and that end soon, the first to end first."""
    rows = reminders(work.session, work.now, whose=_names(official))
    return [
        DutyNotice(f"{_whose(duty, official)} holds {end_text(row.end, work.zone)}.", f"/duties/{duty.id}")
        for row, duty in _known(work, official, rows)
    ]


def ended(work: Work, official: SignedIn) -> list[DutyNotice]:
    """Tell of the duties that an official granted or holds and that ended lately, the last to end first."""
    rows = ended_lately(work.session, work.now, whose=_names(official))
    outcomes = outcomes_of(work.session, rows)
    return [
        DutyNotice(
            f"{_whose(duty, official)} {_ended(duty, work.zone)}; {_used(outcomes.get(row.id), work.zone)}.",
            f"/duties/{duty.id}",
        )
        for row, duty in _known(work, official, rows)
    ]


def _names(official: SignedIn) -> set[str]:
    return {official.login, official.employee_id} - {""}


def _known(work: Work, official: SignedIn, rows: list[TemporaryDuty]) -> Iterator[tuple[TemporaryDuty, Duty]]:
    """Give the duties among them that the official may look at."""
    scope = official.reach("read", THING)
    if scope is None:
        return
    reach = Reach(str(scope), recorded_id(work.session, official.employee_id))
    for row in rows:
        if reach.holds(work.session, row.employee_id):
            yield row, find_duty(work.session, str(row.id), reach=reach)


def _whose(duty: Duty, official: SignedIn) -> str:
    is_own = duty.terms.employee_id == official.employee_id
    return f"{'Your duty' if is_own else f'The duty of {duty.employee_name}'} for {duty.series_name}"


def _ended(duty: Duty, zone: ZoneInfo) -> str:
    if duty.revoked_at is not None:
        return f"was revoked on {local_text(duty.revoked_at.replace(second=0, microsecond=0), zone)}"
    return f"held {end_text(duty.terms.end, zone)}"


def _used(outcome: DutyOutcome | None, zone: ZoneInfo) -> str:
    if outcome is None:
        return "its uses are not counted yet"
    counted = local_text(outcome.counted_at.replace(second=0, microsecond=0), zone)
    if outcome.last_use is None:
        return f"it was never used, by the logs imported until {counted}"
    times = "once" if outcome.uses == 1 else f"{outcome.uses:,} times"
    last = local_text(outcome.last_use.replace(second=0, microsecond=0), zone)
    return f"it was used {times}, last on {last}, by the logs imported until {counted}"
