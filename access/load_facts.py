"""Load all that was known at an instant: from the record's rows with two clocks to facts.

What earlier versions of a row said counts, too: what a row still says is as timely as the version that said it first.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from access.about import About
from access.facts import (
    Access,
    Duty,
    EmployeeFacts,
    Facts,
    Holding,
    Login,
    MeantPurpose,
    Period,
    PositionFacts,
    SeriesFacts,
)
from access.find_revocations import find_revocations
from access.known_tables import (
    ACCOUNTS,
    ASSIGNMENTS,
    EMPLOYEES,
    EMPLOYMENTS,
    OFFICER_DUTIES,
    OFFICERS,
    POSITIONS,
    PURPOSE_MEANINGS,
    TEMPORARY_DUTIES,
    WORK_ACCESS,
)
from access.match_work_access import Match, match_parts
from access.rules import action_mask
from access.versions import end_or_never, first_moment, versions
from config.clock import ALWAYS, FOREVER
from config.database import Reader
from config.known_rows import KnownRows
from config.settings import Graces
from config.spellings import Spellings
from inventory.entity_time import EntityTime, entity_time
from inventory.known_tables import PART_RESOLUTIONS, PARTS, RESOURCE_PATTERNS, SERIES
from inventory.rules import all_public


class Timing:
    """Says from which event on a row is timely (DOMAIN section 3, "timely"); in microseconds since 1970 in UTC."""

    def __init__(self, entity: EntityTime, graces: Graces) -> None:
        self._went_live_at = entity.went_live_at
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


class StatedGrants(NamedTuple):
    """What grants a series, as it is stated: work access but for what the inventory's texts say, and duties."""

    accesses: tuple[Access, ...]
    duties: tuple[Duty, ...]
    officer_duties: tuple[Duty, ...]


def load_grants(reader: Reader, *, at: datetime, graces: Graces, series: Collection[str] | None) -> StatedGrants:
    """Load what granted some series as known at an instant, as `load_facts` does, and nothing else; None = all."""
    if series is not None and not series:
        return StatedGrants((), (), ())
    about = About(series=series or ())
    rows, timing = KnownRows(reader, at, about.wanted), Timing(entity_time(reader, at), graces)
    officers = _officer_duties(rows, timing)
    return StatedGrants(
        tuple(_accesses(rows, timing)),
        tuple(_duties(rows, timing, about)),
        tuple(one for one in officers if series is None or one.series in {"*", *series}),
    )


def load_facts(reader: Reader, *, at: datetime, graces: Graces, about: About | None = None) -> Facts:
    """Load what was known at an instant of the service's own clock.

    Raises:
        NotFound: The data folder has no entity yet.
    """
    entity = entity_time(reader, at)
    rows, timing = KnownRows(reader, at, about.wanted if about else None), Timing(entity, graces)
    with_names = about is None or about.with_names
    employees = {row.employee_id: row for row in rows.of(EMPLOYEES)}
    positions = {row.position_code: row for row in rows.of(POSITIONS)}
    spellings = Spellings(employees)
    parts = match_parts(
        rows.of(PARTS, by="series"),
        rows.of(PART_RESOLUTIONS, by="series"),
        positions.values(),
        employees.values(),
    )
    return Facts(
        zone=entity.zone,
        employees={
            key: EmployeeFacts(key, row.name, spellings.find(row.manager_id) or "") for key, row in employees.items()
        },
        positions={key: PositionFacts(key, row.title, row.department) for key, row in positions.items()},
        series={row.code: _series_facts(row, parts.unmatched) for row in rows.of(SERIES)},
        employments=tuple(_periods(rows.of(EMPLOYMENTS, by="employee_id"))),
        offices=tuple(_periods(rows.of(OFFICERS, by="employee_id"))),
        holdings=tuple(_holdings(rows, timing)),
        accesses=(*_accesses(rows, timing), *_from_text(parts.matches, timing)),
        duties=tuple(_duties(rows, timing, about or About())),
        officer_duties=tuple(_officer_duties(rows, timing)),
        logins=tuple(_logins(rows)) if with_names else (),
        patterns=tuple((row.system, row.pattern, row.series) for row in rows.of(RESOURCE_PATTERNS))
        if with_names
        else (),
        purposes=tuple(_purposes(rows)),
        revocations=find_revocations(reader, at),
    )


def _periods(rows: Iterable[Any]) -> Iterator[Period]:
    return (Period(row.employee_id, first_moment(row.start), end_or_never(row.end)) for row in rows)


def _logins(rows: KnownRows) -> Iterator[Login]:
    for row in rows.of(ACCOUNTS):
        yield Login(row.system, row.login, row.kind, row.employee_id, first_moment(row.start), end_or_never(row.end))


def _purposes(rows: KnownRows) -> Iterator[MeantPurpose]:
    return (MeantPurpose(row.source, row.match, row.typed, row.purpose) for row in rows.of(PURPOSE_MEANINGS))


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


def _series_facts(row: Any, unmatched: Mapping[str, tuple[str, ...]]) -> SeriesFacts:  # noqa: ANN401 - a row of SERIES
    public = all_public(row.classes, row.unreadable_classes, row.classification_text)
    return SeriesFacts(row.code, row.name, public, unmatched.get(row.code, ()), row.retired)


def _holdings(rows: KnownRows, timing: Timing) -> Iterable[Holding]:
    for version in versions(rows, ASSIGNMENTS, timing):
        now, said = version.now, version.said
        timely = timing.timely_from(said.stated_recorded_at, said.recorded_at, timing.graces.position)
        yield Holding(now.employee_id, now.position_code, version.start, version.end, timely)


def _accesses(rows: KnownRows, timing: Timing) -> Iterable[Access]:
    for version in versions(rows, WORK_ACCESS, timing, by="series"):
        now, said = version.now, version.said
        yield Access(
            f"work-access:{now.id}",
            now.series,
            now.holder_type,
            now.holder,
            version.actions,
            version.purposes,
            version.start,
            version.end,
            timing.timely_from(said.stated_recorded_at, said.recorded_at, timing.graces.work_access),
            now.authority,
        )


def _duties(rows: KnownRows, timing: Timing, about: About) -> Iterable[Duty]:
    by = "employee_id" if about.employees else "series"
    for version in versions(rows, TEMPORARY_DUTIES, timing, by=by):
        now, said = version.now, version.said
        yield Duty(
            f"temporary-duty:{now.id}",
            now.employee_id,
            now.series,
            version.actions,
            version.purposes,
            version.start,
            version.end,
            timing.timely_from(said.stated_recorded_at, said.recorded_at, timing.graces.temporary_duty),
            f"granted by {now.granted_by}: {now.reason}",
        )


def _officer_duties(rows: KnownRows, timing: Timing) -> Iterable[Duty]:
    for version in versions(rows, OFFICER_DUTIES, timing):
        now, said = version.now, version.said
        yield Duty(
            f"officer-duty:{now.id}",
            now.employee_id,
            now.series,
            version.actions,
            version.purposes,
            version.start,
            version.end,
            timing.timely_from(said.stated_recorded_at, said.recorded_at, timing.graces.officer_duty),
            f"specified duty: {now.duty}",
        )
