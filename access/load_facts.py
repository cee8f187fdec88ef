"""Load all that was known at an instant: from the record's rows with two clocks to facts.

What earlier versions of a row said counts, too: what a row still says is as timely as the version that said it first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, type_coerce
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
from access.match_work_access import Match, match_parts
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
from access.rules import action_mask, normal_purposes
from config.clock import ALWAYS, FOREVER, microseconds
from config.database import UtcDateTime, UtcMicroseconds, known_at
from config.settings import Graces
from config.spellings import Spellings
from config.texts import compare_form
from inventory.models import DataSeries, Entity, PartResolution, ResourcePattern, WorkAccessPart
from inventory.queries import the_entity
from inventory.rules import shows_loss

_LISTS_KEPT = 5_000


class Timing:
    """Says from which event on a row is timely (DOMAIN section 3, "timely"); in microseconds since 1970 in UTC."""

    def __init__(self, entity: Entity, graces: Graces) -> None:
        self._went_live_at = None if entity.went_live_at is None else microseconds(entity.went_live_at)
        self.graces = graces

    def recorded(self, stated: int | None, clock: int) -> int | None:
        """Give a row's recorded time: what its file states, else the service's clock once the entity is live."""
        if stated is not None:
            return stated
        return clock if self._went_live_at is not None and clock >= self._went_live_at else None

    def timely_from(self, stated: int | None, clock: int, grace: timedelta) -> int:
        """Give the earliest event for which a row is timely."""
        recorded = self.recorded(stated, clock)
        return ALWAYS if recorded is None else recorded - grace // timedelta(microseconds=1)


@dataclass(frozen=True)
class About:
    """One employee and one series, where nothing else is asked for: facts about others are left out."""

    employee_id: str
    series: str


def load_facts(session: Session, *, at: datetime, graces: Graces, about: About | None = None) -> Facts:
    """Load what was known at an instant of the service's own clock.

    Raises:
        NotFound: The data folder has no entity yet.
    """
    entity = the_entity(session, at)
    rows, timing = _Rows(session, at, about), Timing(entity, graces)
    employees = {row.employee_id: row for row in rows.of(Employee)}
    positions = {row.position_code: row for row in rows.of(Position)}
    spellings = Spellings(employees)
    parts = match_parts(
        rows.of(WorkAccessPart, by="series"),
        rows.of(PartResolution, by="series"),
        positions.values(),
        employees.values(),
    )
    return Facts(
        zone=ZoneInfo(entity.time_zone),
        employees={
            key: EmployeeFacts(key, row.name, spellings.find(row.manager_id) or "") for key, row in employees.items()
        },
        positions={key: PositionFacts(key, row.title, row.department) for key, row in positions.items()},
        series={row.code: _series_facts(row, parts.unmatched) for row in rows.of(DataSeries)},
        employments=tuple(_periods(rows.of(Employment, by="employee_id"))),
        offices=tuple(_periods(rows.of(Officer, by="employee_id"))),
        holdings=tuple(_holdings(rows, timing)),
        accesses=(*_accesses(rows, timing), *_from_text(parts.matches, timing)),
        duties=tuple(_duties(rows, timing)),
        officer_duties=tuple(_officer_duties(rows, timing)),
        logins=() if about else tuple(_logins(rows)),
        patterns=() if about else tuple((row.system, row.pattern, row.series) for row in rows.of(ResourcePattern)),
    )


class _Rows:
    """Loads rows known at an instant as plain tuples with their times in microseconds, which is quick."""

    def __init__(self, session: Session, at: datetime, about: About | None) -> None:
        self._session = session
        self._at = at
        self._about = about

    def of(self, model: Any, *, by: str = "") -> list[Any]:  # noqa: ANN401 - rows of any table
        """Give the rows that stood, in the order of their recording.

        Args:
            by: The column that says whom or what a row is about: others than asked for are left out.
        """
        return self._load(model, by, known_at(model, self._at))

    def superseded(self, model: Any, *, by: str = "") -> list[Any]:  # noqa: ANN401 - the same
        """Give the rows that stood before, and no longer then."""
        table = model.__table__
        return self._load(model, by, table.c.superseded_at.is_not(None) & (table.c.superseded_at <= self._at))

    def _load(self, model: Any, by: str, condition: ColumnElement[bool]) -> list[Any]:  # noqa: ANN401 - the same
        table = model.__table__
        columns = [
            type_coerce(column, UtcMicroseconds()).label(column.name)
            if isinstance(column.type, UtcDateTime)
            else column
            for column in table.columns
            if column.name not in _NOT_ASKED
        ]
        asked = select(*columns).where(condition).order_by(table.c.id)
        if by and self._about:
            wanted = {"employee_id": [self._about.employee_id], "series": [self._about.series]}[by]
            asked = asked.where(table.c[by].in_(wanted))
        return list(self._session.execute(asked))


def _read(column: Any) -> Any:  # noqa: ANN401 - a column of any kind
    is_instant = isinstance(column.type, UtcDateTime)
    return type_coerce(column, UtcMicroseconds()).label(column.name) if is_instant else column


_NOT_ASKED = {"recorded_by", "superseded_by"}


def _periods(rows: Iterable[Any]) -> Iterator[Period]:
    return (Period(row.employee_id, _start(row.start), _end(row.end)) for row in rows)


def _logins(rows: _Rows) -> Iterator[Login]:
    for row in rows.of(Account):
        yield Login(row.system, row.login, row.kind, row.employee_id, _start(row.start), _end(row.end))


def _from_text(matches: Iterable[Match], timing: Timing) -> Iterator[Access]:
    for match in matches:
        yield Access(
            f"inventory:{match.part.id}",
            match.part.series,
            match.holder_type,
            match.holder,
            action_mask("*"),
            "*",
            ALWAYS,
            FOREVER,
            max(timing.timely_from(None, clock, timing.graces.work_access) for clock in match.recorded),
            f'the inventory\'s work access text "{match.part.part}"',
        )


_purposes = lru_cache(_LISTS_KEPT)(normal_purposes)


def _start(instant: int | None) -> int:
    return ALWAYS if instant is None else instant


def _end(instant: int | None) -> int:
    return FOREVER if instant is None else instant


def _series_facts(row: DataSeries, unmatched: Mapping[str, tuple[str, ...]]) -> SeriesFacts:
    public = row.classes == "public" and not row.unreadable_classes and not shows_loss(row.classification_text)
    return SeriesFacts(row.code, row.name, public, unmatched.get(row.code, ()))


class _Version(NamedTuple):
    """What a row that stands has said since one of its versions was recorded, and every version since then too."""

    now: Any
    said: Any
    start: int
    end: int


def _holdings(rows: _Rows, timing: Timing) -> Iterable[Holding]:
    for now, said, start, end in _versions(rows, Assignment, ("employee_id", "position_code", "start"), timing):
        timely = timing.timely_from(said.stated_recorded_at, said.recorded_at, timing.graces.position)
        yield Holding(now.employee_id, now.position_code, start, end, timely)


def _accesses(rows: _Rows, timing: Timing) -> Iterable[Access]:
    identity = ("series", "holder_type", "holder", "actions", "purposes", "start")
    for now, said, start, end in _versions(rows, WorkAccess, identity, timing, by="series"):
        yield Access(
            f"work-access:{now.id}",
            now.series,
            now.holder_type,
            now.holder,
            action_mask(now.actions),
            _purposes(now.purposes),
            start,
            end,
            timing.timely_from(said.stated_recorded_at, said.recorded_at, timing.graces.work_access),
            now.authority,
        )


def _duties(rows: _Rows, timing: Timing) -> Iterable[Duty]:
    identity = ("employee_id", "series", "actions", "purposes", "start")
    for now, said, start, end in _versions(rows, TemporaryDuty, identity, timing):
        yield Duty(
            f"temporary-duty:{now.id}",
            now.employee_id,
            now.series,
            action_mask(now.actions),
            _purposes(now.purposes),
            start,
            end,
            timing.timely_from(said.stated_recorded_at, said.recorded_at, timing.graces.temporary_duty),
            f"granted by {now.granted_by}: {now.reason}",
        )


def _officer_duties(rows: _Rows, timing: Timing) -> Iterable[Duty]:
    identity = ("employee_id", "series", "duty", "start")
    for now, said, start, end in _versions(rows, OfficerDuty, identity, timing):
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
    rows: _Rows,
    model: Any,  # noqa: ANN401 - any grant table
    identity: tuple[str, ...],
    timing: Timing,
    *,
    by: str = "employee_id",
) -> Iterator[_Version]:
    """Give each row as it stands, and with a row that was changed what its earlier versions said as well.

    What an earlier version said, and each one since still says, is as timely as that version: an end date entered later
    must not make the accesses before it look backdated. What one of them took back in between has to be said anew.
    """

    def key(row: Any) -> tuple[object, ...]:  # noqa: ANN401 - a row of the table
        values = (getattr(row, name) for name in identity)
        return tuple(compare_form(value) if isinstance(value, str) else value for value in values)

    ending = _ending_or_revocation if "revoked_at" in model.__table__.columns else _ending
    before: dict[tuple[object, int], list[Any]] = defaultdict(list)
    for row in rows.superseded(model, by=by):
        before[key(row), row.superseded_at].append(row)

    def said_before(version: _Version) -> Iterator[_Version]:
        for row in before.get((key(version.said), version.said.recorded_at), ()):
            if row.id < version.said.id:
                start, end = max(version.start, _start(row.start)), min(version.end, ending(row))
                earlier = _Version(version.now, row, start, end)
                yield earlier
                yield from said_before(earlier)

    for row in rows.of(model, by=by):
        version = _Version(row, row, _start(row.start), ending(row))
        yield version
        if row.stated_recorded_at is None and timing.recorded(None, row.recorded_at) is not None:
            yield from said_before(version)


def _ending(row: Any) -> int:  # noqa: ANN401 - a row of one of the grant tables
    return _end(row.end)


def _ending_or_revocation(row: Any) -> int:  # noqa: ANN401 - a row of a grant table whose grants can be revoked
    return min(_end(row.end), _end(row.revoked_at))
