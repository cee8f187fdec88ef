"""List temporary duties: those that stand as grants, and those that are asked for, refused or not confirmed yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, literal, not_, select, union_all
from sqlmodel import Session

from access.duty_models import Asked, DutyMove, DutyRequest
from access.find_duty import state_of
from access.models import Employee, TemporaryDuty
from access.people_below import Reach
from config.recorded import current, table_of
from inventory.models import DataSeries

STATES = (Asked.REQUESTED, Asked.AWAITING, "scheduled", "in force", "ended", "revoked", Asked.REFUSED)


@dataclass(frozen=True)
class ListedDuty:
    """A temporary duty as lists show it."""

    id: str
    state: str
    employee_id: str
    employee_name: str
    series: str
    series_name: str
    actions: str
    purposes: str
    start: datetime
    end: datetime
    revoked_at: datetime | None
    granted_by: str
    granted_by_name: str
    reason: str
    recorded_at: datetime


class DutyList:
    """What lists of temporary duties are made of, at an instant, for one who may know of some people.

    Attributes:
        columns: By their names, the columns by which one may sort and choose.
    """

    def __init__(self, reach: Reach, now: datetime) -> None:
        self._now = now
        self._people = reach.people()
        self._lines = union_all(_granted(), _asked()).subquery("duties")
        self.columns: Mapping[str, ColumnElement[Any]] = {column.name: column for column in self._lines.c}

    def choose(self, *, employee_id: str = "", series: str = "", state: str = "") -> Select[Any]:
        """Choose duties by what they are; empty = whatever it is."""
        wanted = [
            self.columns[name] == text for name, text in (("employee_id", employee_id), ("series", series)) if text
        ]
        if self._people is not None:
            wanted.append(self.columns["employee_id"].in_(self._people))
        return select(*self._lines.c).where(*wanted, *([self._is(state)] if state else []))

    def count(self, chosen: Select[Any], session: Session) -> int:
        """Say how many were chosen."""
        return int(session.execute(select(func.count()).select_from(chosen.subquery())).scalar_one())

    def newest_first(self, chosen: Select[Any]) -> Select[Any]:
        """Order what was chosen, the one recorded last first."""
        return chosen.order_by(self.columns["recorded_at"].desc(), self.columns["id"])

    def _is(self, state: str) -> ColumnElement[bool]:
        lines, now = self.columns, self._now
        if state in set(Asked):
            return lines["asked"] == state
        granted = lines["asked"] == ""
        revoked = and_(lines["revoked_at"].is_not(None), lines["revoked_at"] < lines["end"], lines["revoked_at"] <= now)
        in_time = {
            "scheduled": lines["start"] > now,
            "in force": and_(lines["start"] <= now, lines["end"] > now),
            "ended": lines["end"] <= now,
        }
        return and_(granted, revoked) if state == "revoked" else and_(granted, not_(revoked), in_time[state])

    def in_words(self, session: Session, rows: Sequence[Any]) -> list[ListedDuty]:
        """Give rows with names and states."""
        people = {row.employee_id for row in rows} | {row.granted_by for row in rows}
        names = _names(session, Employee.employee_id, Employee.name, Employee, people)
        series = _names(session, DataSeries.code, DataSeries.name, DataSeries, {row.series for row in rows})
        return [self._listed(row, names, series) for row in rows]

    def _listed(self, row: Any, names: Mapping[str, str], series: Mapping[str, str]) -> ListedDuty:  # noqa: ANN401 - a row
        cells = {name: getattr(row, name) for name in ListedDuty.__annotations__ if name in self.columns}
        return ListedDuty(
            **cells,
            state=row.asked or state_of(row.start, row.end, row.revoked_at, self._now),
            employee_name=names.get(row.employee_id, row.employee_id),
            granted_by_name=names.get(row.granted_by, row.granted_by),
            series_name=series.get(row.series, row.series),
        )


def _names(session: Session, key: Any, name: Any, model: Any, wanted: set[str]) -> dict[str, str]:  # noqa: ANN401 - columns
    rows = session.execute(select(key, name).where(current(model), key.in_(wanted)))
    return dict(iter(rows))


def _granted() -> Select[Any]:
    """Choose the duties that stand as grants; each is named as `find_duty` names it."""
    duty: Any = TemporaryDuty
    move: Any = DutyMove
    named = case(
        (move.request_id.is_not(None), literal("r", String).concat(cast(move.request_id, String))),
        else_=cast(func.coalesce(move.duty_id, duty.restores, duty.id), String),
    )
    columns = (duty.employee_id, duty.series, duty.actions, duty.purposes, duty.start, duty.end)
    later = (duty.revoked_at, duty.granted_by, duty.reason, duty.recorded_at)
    lines = select(named.label("id"), *columns, *later, literal("", String).label("asked"))
    return lines.outerjoin(move, move.row_id == duty.id).where(current(TemporaryDuty))


def _asked() -> Select[Any]:
    request: Any = DutyRequest
    columns = (request.employee_id, request.series, request.actions, request.purposes, request.start, request.end)
    never = literal(None, table_of(TemporaryDuty).c.revoked_at.type).label("revoked_at")
    named = literal("r", String).concat(cast(request.id, String)).label("id")
    lines = select(
        named, *columns, never, request.granted_by, request.reason, request.asked_at.label("recorded_at"), request.asked
    )
    return lines.where(request.asked != Asked.GRANTED)
