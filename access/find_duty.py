"""Find one temporary duty: as it stands, every version of it, and what was done to it by whom.

A duty keeps its name whatever is done to it: the number of the row with which it began, or, of one that was first asked
for or had to be confirmed, `r` and the number of that request.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select

from access.duty_models import Asked, DutyAct, DutyMove, DutyRequest
from access.models import Employee, TemporaryDuty
from access.people_below import Reach
from access.rules import normal_purposes
from config.errors import NotFound
from config.recorded import current
from config.texts import shortened
from inventory.models import DataSeries

_OF_REQUEST = "r"
_ANSWERS = frozenset({DutyAct.APPROVED, DutyAct.SHORTENED})


@dataclass(frozen=True)
class Event:
    """Something that happened to a duty, and until when it holds since."""

    at: datetime
    act: str
    by: str
    note: str
    end: datetime | None


@dataclass(frozen=True)
class Duty:
    """A temporary duty.

    Args:
        id: Its name.
        row: The grant as it stands, or as it stood last; None where there never was one.
        request: How it was asked for; None where it was granted outright.
        history: What happened to it, the first first.
        first_row: The number of the row with which the grant began.
    """

    id: str
    row: TemporaryDuty | None
    request: DutyRequest | None
    employee_name: str
    granted_by_name: str
    series_name: str
    history: tuple[Event, ...]
    first_row: int | None

    @property
    def terms(self) -> TemporaryDuty | DutyRequest:
        """Who may reach what, and when: of the grant, or while there is none, of what is asked for."""
        terms = self.row or self.request
        assert terms is not None, "a duty is granted or asked for"  # noqa: S101
        return terms

    @property
    def revoked_at(self) -> datetime | None:
        """When it was revoked, where that was before its end."""
        at = self.row.revoked_at if self.row else None
        return at if at is not None and at < self.terms.end else None

    @property
    def granted_by(self) -> str:
        """The granter's employee id, or else login; empty while nobody granted it."""
        return self.terms.granted_by

    @property
    def asked_by(self) -> str:
        """The login of who asked for it; empty where it was granted outright."""
        return self.request.asked_by if self.request else ""

    @property
    def answer(self) -> str:
        """Say what became of the request: requested, refused, approved or shortened; empty where nobody asked."""
        if self.request is None or self.request.asked in {Asked.REQUESTED, Asked.REFUSED}:
            return self.request.asked if self.request else ""
        return next((one.act for one in self.history if one.act in _ANSWERS), "")

    @property
    def answered(self) -> "Event | None":
        """Give how the request was answered: by whom, when, and with which words."""
        return next((one for one in reversed(self.history) if one.act in {*_ANSWERS, DutyAct.REFUSED}), None)

    def state(self, now: datetime) -> str:
        """Say how far it has come."""
        if self.row is None:
            return self.request.asked if self.request else ""
        if self.row.superseded_at is not None:
            return "withdrawn"
        return state_of(self.row.start, self.row.end, self.row.revoked_at, now)


def state_of(start: datetime, end: datetime, revoked_at: datetime | None, now: datetime) -> str:
    """Say where a granted duty stands in time."""
    if revoked_at is not None and revoked_at < end and revoked_at <= now:
        return "revoked"
    if now < start:
        return "scheduled"
    return "in force" if now < end else "ended"


def find_duty(session: Session, name: str, *, reach: Reach) -> Duty:
    """Give the duty of a name.

    Raises:
        NotFound: There is none, or none of a person that one may know of.
    """
    request, first = _named(session, name)
    rows = _versions(session, first) if first else []
    subject = rows[-1] if rows else request
    if subject is None or not reach.holds(session, subject.employee_id):
        raise NotFound(f'There is no temporary duty "{shortened(name)}" of anybody you may know of.')
    if request is None and first is not None:
        request = _request_of(session, first.id)
    series = select(DataSeries.name).where(DataSeries.code == subject.series, current(DataSeries))
    return Duty(
        f"{_OF_REQUEST}{request.id}" if request else str(first.id if first else ""),
        rows[-1] if rows else None,
        request,
        _name(session, subject.employee_id),
        _name(session, subject.granted_by),
        session.exec(series).first() or subject.series,
        tuple(_history(session, request, rows)),
        first.id if first else None,
    )


def _name(session: Session, employee_id: str) -> str:
    chosen = select(Employee.name).where(Employee.employee_id == employee_id, current(Employee))
    return session.exec(chosen).first() or employee_id


def _named(session: Session, name: str) -> tuple[DutyRequest | None, TemporaryDuty | None]:
    """Give the request and the first row of a duty, as far as there are such."""
    number = name.removeprefix(_OF_REQUEST)
    if not (number.isascii() and number.isdecimal() and len(number) < 10):  # noqa: PLR2004 - what an id can be
        return None, None
    if number != name:
        request = session.get(DutyRequest, int(number))
        granted = select(DutyMove.duty_id).where(DutyMove.request_id == int(number), col(DutyMove.duty_id).is_not(None))
        first = session.exec(granted).first()
        return request, session.get(TemporaryDuty, first) if first else None
    row = session.get(TemporaryDuty, int(number))
    if row is None:
        return None, None
    # a later version leads to the duty as well as the first one
    moved = session.exec(select(DutyMove.duty_id).where(DutyMove.row_id == row.id)).first()
    return None, session.get(TemporaryDuty, moved or row.restores or row.id)


def _request_of(session: Session, first: int) -> DutyRequest | None:
    asked = select(DutyMove.request_id).where(DutyMove.duty_id == first, col(DutyMove.request_id).is_not(None))
    request = session.exec(asked).first()
    return session.get(DutyRequest, request) if request else None


def _versions(session: Session, first: TemporaryDuty) -> list[TemporaryDuty]:
    """Give every version of a duty: each was recorded when the one before stood no longer, or brings one back."""
    chosen = select(TemporaryDuty).where(
        TemporaryDuty.employee_id == first.employee_id,
        TemporaryDuty.series == first.series,
        TemporaryDuty.id > first.id,
    )
    versions = [first]
    ids = {first.id}
    for row in session.exec(chosen.order_by(col(TemporaryDuty.id))):
        follows = row.recorded_at == versions[-1].superseded_at and _identity(row) == _identity(first)
        if follows or row.restores in ids:
            versions.append(row)
            ids.add(row.id)
    return versions


def _identity(row: TemporaryDuty) -> tuple[object, ...]:
    return row.actions, normal_purposes(row.purposes), row.start


def _history(session: Session, request: DutyRequest | None, rows: Sequence[TemporaryDuty]) -> Iterator[Event]:
    of_rows = col(DutyMove.row_id).in_([row.id for row in rows])
    of_request = DutyMove.request_id == (request.id if request else None)
    moves = session.exec(select(DutyMove).where(or_(of_rows, of_request)).order_by(col(DutyMove.id))).all()
    made = {move.row_id for move in moves}
    ends: dict[int | None, datetime] = {row.id: row.end for row in rows}
    events = [
        Event(
            move.moved_at,
            move.act,
            move.moved_by,
            move.note,
            ends.get(move.row_id, request.end if request else None),
        )
        for move in moves
    ]
    for place, row in enumerate(rows):
        if row.id not in made:
            act = (
                "recorded"
                if not place
                else "revoked"
                if row.revoked_at and not rows[place - 1].revoked_at
                else "changed"
            )
            events.append(Event(row.recorded_at, act, row.recorded_by, row.reason if not place else "", row.end))
    yield from sorted(events, key=lambda one: one.at)
