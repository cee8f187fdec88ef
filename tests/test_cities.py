"""Generated cities: what they promise to hold, and that import would let them in."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from tests.cities.files import COLUMNS, as_entered, smallest, write_city
from tests.cities.generate import cities, city_from_seed
from tests.plain_city import CLERK, OFFICER, VIEWED, a_city, duty
from tests.reference.cases import event_time, normal_account
from tests.reference.decide import REASONS, decide, findings
from tests.reference.facts import Cells, City, folded, period

# --- The cities ---


@pytest.fixture(scope="module")
def seeded() -> list[City]:
    return [city_from_seed(seed) for seed in range(200)]


def test_two_hundred_seeded_cities_meet_every_reason_twenty_times(seeded: list[City]) -> None:
    met = Counter(decide(city, event)[1] for city in seeded for event in city.events)

    assert {reason: met[reason] for reason in REASONS if met[reason] < 20} == {}


def test_a_seed_gives_the_same_city_again() -> None:
    assert city_from_seed(7) == city_from_seed(7)
    assert city_from_seed(7) != city_from_seed(8)


def test_seeded_logs_have_local_times_that_were_skipped_and_that_occur_twice(seeded: list[City]) -> None:
    skipped, twice = 0, 0
    for local, zone in _naive_times(seeded):
        earlier, later = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        skipped += earlier > later
        twice += earlier < later

    assert min(skipped, twice) >= 5


def test_seeded_events_lie_at_and_a_microsecond_before_the_ends_of_grants(seeded: list[City]) -> None:
    at_end, before_end = 0, 0
    for city in seeded:
        ends = {period(city, cells, "start", "end").end for cells in city.cells("temporary-duties")}
        times = [event_time(city, event) for event in city.events]
        at_end += sum(time in ends for time in times)
        before_end += sum(time + timedelta(microseconds=1) in ends for time in times)

    assert min(at_end, before_end) >= 20


def test_no_seeded_city_breaks_a_rule_of_import(seeded: list[City]) -> None:
    assert [offence for city in seeded for offence in _offences(city)] == []


@settings(max_examples=25, deadline=None)
@given(cities())
def test_drawn_cities_obey_import_and_make_findings_of_what_was_not_in_order(city: City) -> None:
    decided = [decide(city, event)[0] for event in city.events]

    found = findings(city, city.events)

    assert list(_offences(city)) == []
    open_events = sum(verdict in ("unauthorized", "unresolved") for verdict in decided)
    assert sum(int(str(finding["events"])) for finding in found) == open_events


def test_a_written_city_reads_back_as_it_was(tmp_path: Path, seeded: list[City]) -> None:
    city = seeded[1]

    files = write_city(city, tmp_path)

    assert {kind: _read(files[kind]) for kind in COLUMNS if kind in files} == {
        kind: city.cells(kind) for kind in COLUMNS if city.cells(kind)
    }
    for system in city.source_zones:
        logged = [event | {"system": system} for event in _read(files[f"log-{system}"])]
        assert logged == [event for event in city.events if event["system"] == system]


def test_a_city_as_entered_grows_to_the_whole_city(seeded: list[City]) -> None:
    city = next(city for city in seeded if len(as_entered(city)) > 2)

    steps = as_entered(city)

    sizes = [sum(len(rows) for rows in known.rows.values()) for _moment, known in steps]
    assert sizes == sorted(sizes)
    assert steps[-1][1] == city


def test_the_smallest_city_that_still_differs_keeps_only_what_makes_it_differ() -> None:
    def has_an_assigned_access(city: City) -> bool:
        return any(decide(city, event)[1] == "assigned" for event in city.events)

    city = a_city(duty() | CLERK | OFFICER)
    small = smallest(replace(city, events=[VIEWED, VIEWED | {"account": "bo"}, VIEWED]), has_an_assigned_access)

    assert small.events == [VIEWED]
    assert [kind for kind in COLUMNS if small.cells(kind)] == [
        "inventory",
        "positions",
        "employees",
        "accounts",
        "temporary-duties",
        "resources",
    ]


def _naive_times(cities_: list[City]) -> Iterator[tuple[datetime, ZoneInfo]]:
    for city in cities_:
        for event in city.events:
            moment = datetime.fromisoformat(event["time"])
            if moment.tzinfo is None:
                yield moment, ZoneInfo(city.source_zones[event["system"]])


def _read(path: Path) -> list[Cells]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _offences(city: City) -> Iterator[str]:
    """Give each row that DOMAIN.md section 2 or 5 would not let in."""
    columns = (("start", "end"), ("start_date", "end_date"), ("hire_date", "separation_date"))
    for kind in COLUMNS:
        for cells in city.cells(kind):
            if any(held.end < held.start for held in (period(city, cells, *names) for names in columns)):
                yield f"{kind} ends before it starts: {cells}"
    yield from _unknown_names(city)
    for one, other in combinations(city.cells("accounts"), 2):
        logins = [(folded(cells["system"]), normal_account(cells["login"])) for cells in (one, other)]
        held = [period(city, cells, "start", "end") for cells in (one, other)]
        if logins[0] == logins[1] and held[0].intersection(held[1]):
            yield f"accounts overlap: {one} and {other}"


def _unknown_names(city: City) -> Iterator[str]:
    series = {folded(cells[name]) for cells in city.cells("inventory") for name in ("code", "name")}
    employees = {folded(cells["employee_id"]) for cells in city.cells("employees")}
    positions = {folded(cells["position_code"]) for cells in city.cells("positions")}
    for kind in COLUMNS:
        for cells in city.cells(kind):
            known = (
                folded(cells.get("series", "*")) in series | {"*", "public", "ignore"}
                and folded(cells.get("employee_id", "")) in employees | {""}
                and folded(cells.get("position_code", "P1")) in positions
            )
            if not known:
                yield f"{kind} names what is not known: {cells}"
