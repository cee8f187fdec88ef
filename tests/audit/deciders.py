"""Enter a generated city through the product's own imports, and hold its deciders against the reference."""

from collections.abc import Iterator
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
from audit.decide_events import decide_events, map_events
from audit.logs.event_store import stored_files
from audit.logs.import_log import import_log
from audit.logs.sources import SourceRequest, add_source, normalising_of
from audit.pick_accesses import Sampled
from config.bulk import open_bulk
from config.settings import Graces, Settings
from config.tables.import_file import ImportRequest, import_table
from inventory.models import Entity
from tests import reference
from tests.cities import as_entered, write_city

FIRST = datetime(2000, 1, 1, tzinfo=UTC)
LAST = datetime(2090, 1, 1, tzinfo=UTC)


def enter_city(session: Session, city: reference.City, folder: Path, settings: Settings) -> reference.City:
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
    zone = ZoneInfo(city.time_zone)
    for place, (moment, known) in enumerate([*as_entered(city), (LAST, city)]):
        step = folder / str(place)
        step.mkdir(parents=True)
        files = write_city(known, step)
        for kind, path in files.items():
            if kind in IMPORT_KINDS and moment < LAST:
                request = ImportRequest(kind, path, {})
                import_table(session, IMPORT_KINDS[kind](session, zone), request, now=moment, by="test")
            if kind.startswith("log-") and moment == LAST:
                system = kind.removeprefix("log-")
                source = SourceRequest(system, "csv", "", city.source_zones[system], system)
                added = add_source(session, source, now=moment, by="test")
                import_log(session, path, added, settings, now=moment, by="test")
    return city


def decided_events(
    session: Session, city: reference.City, settings: Settings, at: datetime = LAST
) -> Iterator[tuple[int, str]]:
    """Decide all events by SQL as known at an instant, put each to the decision table and to Casbin.

    Returns:
        The number and the reason of each event.
    """
    graces = Graces(
        city.graces.assignment, city.graces.work_access, city.graces.temporary_duty, city.graces.officer_duty
    )
    facts = load_facts(session, at=at, graces=graces)
    policy = Policy(facts, open_bulk(settings))
    builder = CaseBuilder(policy)
    stored = stored_files(session, settings.data_dir)
    map_events(policy, stored, normalising_of(session, stored))
    decide_events(policy)
    employees = {key: name for name, key in policy.employee_keys.items()}
    codes = {key: code for code, key in policy.series_keys.items()}
    rows = policy.connection.execute(
        "SELECT workstation, event_key::VARCHAR, instant, account, resource, action, purpose, target, standing, "
        "employee_key, series_key, reason FROM decided"
    ).fetchall()
    for row in rows:
        number, employee_key, series_key, reason = row[0], row[-3], row[-2], row[-1]
        named = (employees.get(employee_key, ""), codes.get(series_key, ""), reason)
        sampled = Sampled(*(*row[1:-3], *named))
        cross_examine(policy, builder, [sampled])
        yield int(number), reason
    policy.connection.close()


def differences(session: Session, city: reference.City, folder: Path, settings: Settings) -> list[str]:
    """Say where the product's decisions differ from the reference's.

    Every event of a city is decided as it is known in the end, and as it was known after each step of its entry.
    """
    entered = enter_city(session, city, folder, settings)
    found = []
    for moment, known in [*as_entered(entered), (LAST, entered)]:
        decided = dict(decided_events(session, entered, settings, moment))
        for place, event in enumerate(entered.events):
            _, expected = reference.decide(known, event)
            if decided.get(place) != expected:
                found.append(f"{event}, known at {moment}: expected {expected}, decided {decided.get(place)}")
    return found
