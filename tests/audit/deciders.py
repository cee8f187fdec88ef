"""Enter a generated city through the product's own imports, and hold its deciders against the reference."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import Session

from access.import_kinds import IMPORT_KINDS
from access.load_facts import load_facts
from access.resolve_grants import Policy
from audit.build_cases import CaseBuilder
from audit.cross_examine import cross_examine
from audit.decided import Decided
from audit.logs.account_forms import normalising_of
from audit.logs.event_store import stored_logs
from audit.logs.sources import SourceRequest, add_source
from audit.map_names import standing_of, target_of
from audit.pick_accesses import Sampled
from audit.rules import REASONS
from config.bulk import open_bulk
from config.settings import Settings
from config.tables.import_file import ImportRequest, import_table
from config.tables.options import ImportOptions
from inventory.models import Entity
from tests.cities.files import as_entered, replaced_at, write_city
from tests.installing import import_file
from tests.reference import decide as reference
from tests.reference.facts import City

FIRST = datetime(2000, 1, 1, tzinfo=UTC)
LAST = datetime(2090, 1, 1, tzinfo=UTC)


def enter_city(session: Session, city: City, folder: Path, settings: Settings) -> City:
    """Import all of a city's files, each row at its time of entry; each event's workstation becomes its number."""
    city = replace(city, events=[{**event, "workstation": str(place)} for place, event in enumerate(city.events)])
    session.add(
        Entity(
            name="City of Test",
            time_zone=city.time_zone,
            went_live_at=city.went_live_at,
            recorded_at=FIRST,
            recorded_by="test",
        )
    )
    for system, zone_of_logs in city.source_zones.items():
        add_source(session, SourceRequest(system, "csv", "", zone_of_logs, system), now=FIRST, by="test")
    zone = ZoneInfo(city.time_zone)
    for place, (moment, known) in enumerate([*as_entered(city), (LAST, city)]):
        step = folder / str(place)
        step.mkdir(parents=True)
        files = write_city(known, step)
        for kind, path in files.items():
            if kind in IMPORT_KINDS and moment < LAST:
                options = ImportOptions(replace=replaced_at(city, kind, moment))
                request = ImportRequest(kind, path, {}, options=options)
                import_table(session, IMPORT_KINDS[kind](session, zone, options), request, now=moment, by="test")
            if kind.startswith("log-") and moment == LAST:
                system = kind.removeprefix("log-")
                source = SourceRequest(system, "csv", "", city.source_zones[system], system)
                import_file(session, settings, path, source, moment)
    return city


def with_graces_of(city: City, settings: Settings) -> Settings:
    """Give settings with a city's graces."""
    graces = city.graces
    return settings.model_copy(
        update={
            "grace_days_positions": graces.assignment.days,
            "grace_days_work_access": graces.work_access.days,
            "grace_days_temporary_duties": graces.temporary_duty.days,
            "grace_days_officer_duties": graces.officer_duty.days,
        }
    )


def decided_events(session: Session, settings: Settings, at: datetime = LAST) -> dict[int, str]:
    """Decide all events by SQL as known at an instant, and put each to the decision table and to Casbin.

    Returns:
        The reason of each event, by its number.
    """
    with closing(open_bulk(settings)) as connection:
        policy = Policy(load_facts(session, at=at, graces=settings.graces()), connection)
        store = stored_logs(session, settings.data_dir)
        Decided(policy, store, normalising_of(session, store)).keep()
        sampled = dict(_as_sampled(policy))
        cross_examine(policy, CaseBuilder(policy), list(sampled.values()))
    return {number: event.reason for number, event in sampled.items()}


def _as_sampled(policy: Policy) -> Iterator[tuple[int, Sampled]]:
    """Give all decided events with their numbers, as an audit gives those of its sample."""
    employees = {key: name for name, key in policy.employee_keys.items()}
    codes = {key: code for code, key in policy.series_keys.items()}
    rows = policy.connection.execute(
        "SELECT workstation, instant, account, resource, action, purpose, resource_rule, account_rule, employee_key, "
        "series_key, rule FROM in_words('decided')"
    ).fetchall()
    for number, instant, account, resource, action, purpose, of_resource, of_account, employee, series, rule in rows:
        code = codes.get(series, "")
        yield (
            int(number),
            Sampled(
                f"event {number}",
                *(instant, account, resource, action, purpose),
                target_of(of_resource, code),
                standing_of(of_account),
                employees.get(employee, ""),
                code,
                REASONS[rule - 1],
            ),
        )


def differences(session: Session, city: City, settings: Settings) -> list[str]:
    """Say where the product's decisions differ from the reference's, of a city that was entered.

    Every event is decided as it is known in the end, and as it was known after each step of the city's entry.
    """
    found = []
    for moment, known in [*as_entered(city), (LAST, city)]:
        decided = decided_events(session, settings, moment)
        for place, event in enumerate(city.events):
            _, expected = reference.decide(known, event)
            if decided.get(place) != expected:
                found.append(f"{event}, known at {moment}: expected {expected}, decided {decided.get(place)}")
    return found
