"""Load all that was known at an instant: from the record's rows with two clocks to facts.

What earlier versions of a row said counts, too: what a row still says is as timely as the version that said it first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from access.facts import (
    Access,
    Duty,
    EmployeeFacts,
    Facts,
    Holding,
    Login,
    Period,
    PositionFacts,
    SeriesFacts,
)
from access.match_work_access import match_parts
from access.models import (
    Account,
    Assignment,
    Employee,
    Employment,
    Officer,
    OfficerDuty,
    Position,
    TemporaryDuty,
    WorkAccess,
)
from access.rules import action_mask
from config.clock import ALWAYS, FOREVER, microseconds
from config.database import known_at
from config.settings import Graces
from inventory.models import DataSeries, Entity, PartResolution, ResourcePattern, WorkAccessPart
from inventory.queries import the_entity


class Timing:
    """Says from which event on a row is timely (DOMAIN section 3, "timely")."""

    def __init__(self, entity: Entity, graces: Graces) -> None:
        self._went_live_at = entity.went_live_at
        self.graces = graces

    def recorded(self, stated: datetime | None, clock: datetime) -> datetime | None:
        """Give a row's recorded time: what its file states, else the service's clock once the entity is live."""
        if stated is not None:
            return stated
        live = self._went_live_at is not None and clock >= self._went_live_at
        return clock if live else None

    def timely_from(self, stated: datetime | None, clock: datetime, grace: timedelta) -> int:
        """Give the earliest event for which a row is timely."""
        recorded = self.recorded(stated, clock)
        return ALWAYS if recorded is None else microseconds(recorded - grace)


def load_facts(session: Session, *, at: datetime, graces: Graces) -> Facts:
    """Load what was known at an instant of the service's own clock.

    Raises:
        NotFound: The data folder has no entity yet.
    """
    entity = the_entity(session, at)
    timing = Timing(entity, graces)
    employees = {row.employee_id: row for row in _rows(session, Employee, at)}
    positions = {row.position_code: row for row in _rows(session, Position, at)}
    parts = match_parts(
        _rows(session, WorkAccessPart, at), _rows(session, PartResolution, at), positions.values(), employees.values()
    )
    from_text = [
        Access(
            f"inventory:{match.part.id}",
            match.part.series,
            match.holder_type,
            match.holder,
            action_mask("*"),
            "*",
            ALWAYS,
            FOREVER,
            max(timing.timely_from(None, clock, graces.work_access) for clock in match.recorded),
            f'the inventory\'s work access text "{match.part.part}"',
        )
        for match in parts.matches
    ]
    return Facts(
        zone=ZoneInfo(entity.time_zone),
        employees={key: EmployeeFacts(key, row.name, row.manager_id) for key, row in employees.items()},
        positions={key: PositionFacts(key, row.title, row.department) for key, row in positions.items()},
        series={row.code: _series_facts(row, parts.unmatched) for row in _rows(session, DataSeries, at)},
        employments=tuple(
            Period(row.employee_id, _start(row.start), _end(row.end)) for row in _rows(session, Employment, at)
        ),
        offices=tuple(Period(row.employee_id, _start(row.start), _end(row.end)) for row in _rows(session, Officer, at)),
        holdings=tuple(_holdings(session, at, timing)),
        accesses=(*_accesses(session, at, timing), *from_text),
        duties=tuple(_duties(session, at, timing)),
        officer_duties=tuple(_officer_duties(session, at, timing)),
        logins=tuple(
            Login(row.system, row.login, row.kind, row.employee_id, _start(row.start), _end(row.end))
            for row in _rows(session, Account, at)
        ),
        patterns=tuple((row.system, row.pattern, row.series) for row in _rows(session, ResourcePattern, at)),
    )


def _rows(session: Session, model: Any, at: datetime) -> list[Any]:  # noqa: ANN401 - rows of any table
    """Load the rows known at an instant, in the order of their recording; plain rows, which load faster."""
    table = model.__table__
    return list(session.execute(select(*table.columns).where(known_at(model, at)).order_by(table.c.id)))


def _start(instant: datetime | None) -> int:
    return ALWAYS if instant is None else microseconds(instant)


def _end(instant: datetime | None) -> int:
    return FOREVER if instant is None else microseconds(instant)


def _series_facts(row: DataSeries, unmatched: Mapping[str, tuple[str, ...]]) -> SeriesFacts:
    public = row.classes == "public" and not row.unreadable_classes
    return SeriesFacts(row.code, row.name, public, unmatched.get(row.code, ()))


class _Version(NamedTuple):
    """What a row that stands has said since one of its versions was recorded, and every version since then too."""

    now: Any
    said: Any
    start: int
    end: int


def _holdings(session: Session, at: datetime, timing: Timing) -> Iterable[Holding]:
    for now, said, start, end in _versions(session, Assignment, ("employee_id", "position_code", "start"), at, timing):
        timely = timing.timely_from(said.stated_recorded_at, said.recorded_at, timing.graces.position)
        yield Holding(now.employee_id, now.position_code, start, end, timely)


def _accesses(session: Session, at: datetime, timing: Timing) -> Iterable[Access]:
    identity = ("series", "holder_type", "holder", "actions", "purposes", "start")
    for now, said, start, end in _versions(session, WorkAccess, identity, at, timing):
        yield Access(
            f"work-access:{now.id}",
            now.series,
            now.holder_type,
            now.holder,
            action_mask(now.actions),
            now.purposes,
            start,
            end,
            timing.timely_from(said.stated_recorded_at, said.recorded_at, timing.graces.work_access),
            now.authority,
        )


def _duties(session: Session, at: datetime, timing: Timing) -> Iterable[Duty]:
    identity = ("employee_id", "series", "actions", "purposes", "start")
    for now, said, start, end in _versions(session, TemporaryDuty, identity, at, timing):
        yield Duty(
            f"temporary-duty:{now.id}",
            now.employee_id,
            now.series,
            action_mask(now.actions),
            now.purposes,
            start,
            end,
            timing.timely_from(said.stated_recorded_at, said.recorded_at, timing.graces.temporary_duty),
            f"granted by {now.granted_by}: {now.reason}",
        )


def _officer_duties(session: Session, at: datetime, timing: Timing) -> Iterable[Duty]:
    identity = ("employee_id", "series", "duty", "start")
    for now, said, start, end in _versions(session, OfficerDuty, identity, at, timing):
        yield Duty(
            f"officer-duty:{now.id}",
            now.employee_id,
            now.series,
            action_mask("*"),
            "*",
            start,
            end,
            timing.timely_from(said.stated_recorded_at, said.recorded_at, timing.graces.officer_duty),
            f"specified duty: {now.duty}",
        )


def _versions(
    session: Session,
    model: Any,  # noqa: ANN401 - any grant table
    identity: tuple[str, ...],
    at: datetime,
    timing: Timing,
) -> Iterator[_Version]:
    """Give each row as it stands, and with a row that was changed what its earlier versions said as well.

    What an earlier version said, and each one since still says, is as timely as that version: an end date entered later
    must not make the accesses before it look backdated. What one of them took back in between has to be said anew.
    """
    key = attrgetter(*identity)
    table = model.__table__
    ending = _ending_or_revocation if "revoked_at" in table.columns else _ending
    before: dict[tuple[object, datetime], list[Any]] = defaultdict(list)
    for row in session.execute(
        select(*table.columns)
        .where(table.c.superseded_at.is_not(None), table.c.superseded_at <= at)
        .order_by(table.c.id)
    ):
        before[key(row), row.superseded_at].append(row)

    def said_before(version: _Version) -> Iterator[_Version]:
        for row in before.get((key(version.said), version.said.recorded_at), ()):
            if row.id < version.said.id:
                start, end = max(version.start, _start(row.start)), min(version.end, ending(row))
                earlier = _Version(version.now, row, start, end)
                yield earlier
                yield from said_before(earlier)

    for row in _rows(session, model, at):
        version = _Version(row, row, _start(row.start), ending(row))
        yield version
        if row.stated_recorded_at is None and timing.recorded(None, row.recorded_at) is not None:
            yield from said_before(version)


def _ending(row: Any) -> int:  # noqa: ANN401 - a row of one of the grant tables
    return _end(row.end)


def _ending_or_revocation(row: Any) -> int:  # noqa: ANN401 - a row of a grant table whose grants can be revoked
    return min(_end(row.end), _end(row.revoked_at))
