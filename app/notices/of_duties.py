"""Notices of temporary duties: which wait for an answer, were granted or answered, end soon, and ended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from access.duty_models import Asked, DutyAct, DutyMove, DutyRequest
from access.duty_reminders import SOON, end_of_duty, ended_lately, ending_soon
from access.models import Employee, TemporaryDuty
from app.notices.wanted import LATELY, Gathering, Wanted, for_each
from audit.aside_models import DutyOutcome
from audit.duty_outcomes import outcomes_of
from config.clock import end_text, local_text, period_text, utc_text
from config.recorded import current
from config.web.signed_in import SignedIn
from config.work import Work
from inventory.models import DataSeries

_TIME_TO_COUNT = timedelta(days=2)
_LONGEST_NOTE = 300


@dataclass(frozen=True)
class _Words:
    """How duties of some people and series are called."""

    people: dict[str, str]
    series: dict[str, str]

    def of(self, duty: TemporaryDuty | DutyRequest) -> str:
        """Say whose duty it is, and for what."""
        return f"of {self.people.get(duty.employee_id, duty.employee_id)} {self.what(duty)}"

    def what(self, duty: TemporaryDuty | DutyRequest) -> str:
        """Say for what it is."""
        return f"for {self.series.get(duty.series, duty.series)}"

    def whose(self, duty: TemporaryDuty | DutyRequest, official: SignedIn) -> str:
        """Begin a sentence for an official."""
        is_own = duty.employee_id == official.employee_id
        return f"Your duty {self.what(duty)}" if is_own else f"The duty {self.of(duty)}"


def to_approve(gathering: Gathering) -> Iterator[Wanted]:
    """Tell who decides about a person's duties of one that is asked for."""
    yield from _to_answer(gathering, Asked.REQUESTED, "is asked for; approve or refuse it.")


def to_confirm(gathering: Gathering) -> Iterator[Wanted]:
    """Tell a second person of a duty that was granted for a time already past."""
    yield from _to_answer(gathering, Asked.AWAITING, "reaches into the past; confirm or refuse it as a second person.")


def granted(gathering: Gathering) -> Iterator[Wanted]:
    """Tell holders of duties that were granted lately; who asked for it themselves is told of the answer."""
    moves = [one for one in _moves(gathering.work) if one.row_id is not None and one.act in _GRANTS]
    rows = _rows(gathering.work, [move.row_id for move in moves])
    requests = _requests(gathering.work, moves)
    words = _words(gathering.work, list(rows.values()))
    for move in moves:
        row = rows[move.row_id or 0]
        request = requests.get(move.request_id or 0)
        told_otherwise = {move.moved_by, request.asked_by if request else ""}
        holders = [one for one in gathering.recipients.of_employee(row.employee_id) if one.login not in told_otherwise]
        period = period_text(row.start, row.end, gathering.work.zone)
        text = f"You hold a temporary duty {words.what(row)}, {period}."
        yield from for_each(holders, str(row.id), f"move {move.id}", text, f"/duties/{row.id}")


def answered(gathering: Gathering) -> Iterator[Wanted]:
    """Tell who asked for a duty, or granted one that waited for a second person, how it was answered."""
    moves = [one for one in _moves(gathering.work) if one.act in _IN_WORDS and one.request_id is not None]
    requests = _requests(gathering.work, moves)
    words = _words(gathering.work, list(requests.values()))
    for move in moves:
        request = requests[move.request_id or 0]
        askers = [one for one in gathering.recipients.named(request.asked_by) if one.login != move.moved_by]
        waits = move.act in {DutyAct.APPROVED, DutyAct.SHORTENED} and move.row_id is None
        said = f"was {_IN_WORDS[DutyAct(move.act)]}{', and waits for a second person' if waits else ''}"
        note = f": {move.note[:_LONGEST_NOTE]}" if move.note else ""
        for asker in askers:
            text = f"{words.whose(request, asker)} {said}{note or '.'}"
            yield Wanted(asker.login, f"r{request.id}", f"move {move.id}", text, f"/duties/r{request.id}")


def ending(gathering: Gathering) -> Iterator[Wanted]:
    """Tell granters and holders of duties that end within three days, of which they have heard longer ago than that."""
    rows = [row for row in ending_soon(gathering.work.session, gathering.work.now) if row.end - row.start > SOON]
    words = _words(gathering.work, rows)
    for row in rows:
        for official in _granter_and_holder(gathering, row):
            text = f"{words.whose(row, official)} holds {end_text(row.end, gathering.work.zone)}."
            yield Wanted(official.login, str(row.id), utc_text(row.end), text, f"/duties/{row.id}")


def ended(gathering: Gathering) -> Iterator[Wanted]:
    """Tell granters and holders what duties that ended were used for, once that is counted, or two days later."""
    work = gathering.work
    rows = ended_lately(work.session, work.now)
    outcomes = outcomes_of(work.session, rows)
    words = _words(work, rows)
    for row in rows:
        outcome, end = outcomes.get(row.id), end_of_duty(row)
        if outcome is None and end > work.now - _TIME_TO_COUNT:
            continue
        for official in _granter_and_holder(gathering, row):
            text = f"{words.whose(row, official)} {_ended(row, work.zone)}; {_used(outcome, work.zone)}."
            yield Wanted(official.login, str(row.id), utc_text(end), text, f"/duties/{row.id}")


_GRANTS = frozenset({DutyAct.GRANTED, DutyAct.APPROVED, DutyAct.SHORTENED, DutyAct.CONFIRMED})
_IN_WORDS = {
    DutyAct.APPROVED: "approved",
    DutyAct.SHORTENED: "approved for less than was asked for",
    DutyAct.CONFIRMED: "confirmed",
    DutyAct.REFUSED: "refused",
}


def _to_answer(gathering: Gathering, asked: Asked, said: str) -> Iterator[Wanted]:
    chosen = select(DutyRequest).where(DutyRequest.asked == asked).order_by(col(DutyRequest.id))
    waiting = gathering.work.session.exec(chosen).all()
    words = _words(gathering.work, waiting)
    for request in waiting:
        # who asks, or granted it, wants somebody else to decide
        but = {request.asked_by, request.granted_by, request.granter} - {""}
        deciders = gathering.recipients.deciders(request.employee_id, but=but)
        text = f"A temporary duty {words.of(request)} {said}"
        yield from for_each(deciders, f"r{request.id}", utc_text(request.asked_at), text, f"/duties/r{request.id}")


def _granter_and_holder(gathering: Gathering, row: TemporaryDuty) -> Iterator[SignedIn]:
    """Give them as far as they may look at the duty."""
    recipients = gathering.recipients
    found = [*recipients.named(row.granted_by), *recipients.of_employee(row.employee_id)]
    for official in {one.login: one for one in found}.values():
        if recipients.may_look_at_duty(official, row.employee_id):
            yield official


def _moves(work: Work) -> Sequence[DutyMove]:
    chosen = select(DutyMove).where(DutyMove.moved_at > work.now - LATELY)
    return work.session.exec(chosen.order_by(col(DutyMove.id))).all()


def _rows(work: Work, ids: Sequence[int | None]) -> dict[int, TemporaryDuty]:
    found = work.session.exec(select(TemporaryDuty).where(col(TemporaryDuty.id).in_(ids)))
    return {row.id: row for row in found}


def _requests(work: Work, moves: Sequence[DutyMove]) -> dict[int, DutyRequest]:
    ids = [move.request_id for move in moves if move.request_id is not None]
    return {one.id: one for one in work.session.exec(select(DutyRequest).where(col(DutyRequest.id).in_(ids)))}


def _words(work: Work, duties: Sequence[TemporaryDuty | DutyRequest]) -> _Words:
    people = select(Employee.employee_id, Employee.name).where(
        col(Employee.employee_id).in_({duty.employee_id for duty in duties}), current(Employee)
    )
    series = select(DataSeries.code, DataSeries.name).where(
        col(DataSeries.code).in_({duty.series for duty in duties}), current(DataSeries)
    )
    return _Words(dict(iter(work.session.exec(people))), dict(iter(work.session.exec(series))))


def _ended(duty: TemporaryDuty, zone: ZoneInfo) -> str:
    if duty.revoked_at is not None and duty.revoked_at < duty.end:
        return f"was revoked on {_minute(duty.revoked_at, zone)}"
    return f"held {end_text(duty.end, zone)}"


def _used(outcome: DutyOutcome | None, zone: ZoneInfo) -> str:
    if outcome is None:
        return "its uses are not counted yet"
    counted = f"by the logs imported until {_minute(outcome.counted_at, zone)}"
    if outcome.last_use is None:
        return f"it was never used, {counted}"
    times = "once" if outcome.uses == 1 else f"{outcome.uses:,} times"
    return f"it was used {times}, last on {_minute(outcome.last_use, zone)}, {counted}"


def _minute(instant: datetime, zone: ZoneInfo) -> str:
    return local_text(instant.replace(second=0, microsecond=0), zone)
