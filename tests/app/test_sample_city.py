"""The sample city held against the rules' own words: what it says is planted is found, and nothing else is."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from app.sample_city.write_sample_city import SampleCity, write_sample_city
from config.errors import Invalid
from tests.app.sample_files import CHICAGO, Bearing, cells_of, events_of, instant_of
from tests.reference.cases import event_time, normal_account
from tests.reference.decide import REASONS, decide
from tests.reference.facts import Cells, City, Row

ENTERED = datetime(2024, 1, 1, tzinfo=UTC)
IN_ORDER = ("ignored", "public_data", "assigned", "officer_duty")


@dataclass(frozen=True)
class Access:
    """One record of a log, its fields under their canonical names, and what the truth says of it, if anything."""

    log: str
    record: int
    event: Cells
    time: datetime
    truth: tuple[str, str] | None


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> SampleCity:
    return write_sample_city(tmp_path_factory.mktemp("city"), events=5_000, employees=60)


@pytest.fixture(scope="module")
def rows(city: SampleCity) -> dict[str, list[Row]]:
    return {kind: [Row(cells, ENTERED) for cells in cells_of(path)] for kind, path in city.files.items()}


@pytest.fixture(scope="module")
def accesses(city: SampleCity) -> list[Access]:
    truth = {(row["log"], int(row["record"])): (row["verdict"], row["reason"]) for row in cells_of(city.truth)}
    known = City(city.time_zone, {}, source_zones={log.system: log.time_zone for log in city.logs})
    return [
        Access(log.path.name, record, event, event_time(known, event), truth.get((log.path.name, record)))
        for log in city.logs
        for record, event in enumerate(events_of(log), 1)
    ]


def test_what_is_planted_is_found_and_every_other_access_is_in_order(
    rows: dict[str, list[Row]], accesses: list[Access]
) -> None:
    bearing = Bearing(rows)

    wrong = [
        (access, decided)
        for access in accesses
        for decided in [decide(bearing.on(access.event), access.event)]
        if (decided != access.truth if access.truth else decided[1] not in IN_ORDER)
    ]

    assert wrong == []


def test_each_reason_for_a_finding_is_planted_and_one_access_in_200_is(
    city: SampleCity, accesses: list[Access]
) -> None:
    planted = Counter(access.truth[1] for access in accesses if access.truth)

    assert planted == city.planted
    assert set(planted) == set(REASONS) - set(IN_ORDER)
    assert planted.total() == len(accesses) // 200 == 25


def test_even_a_tiny_city_shows_each_reason_once(tmp_path: Path) -> None:
    city = write_sample_city(tmp_path, events=240, employees=60)

    assert sorted(row["reason"] for row in cells_of(city.truth)) == sorted(set(REASONS) - set(IN_ORDER))


def test_the_logs_hold_as_many_accesses_as_were_asked_for(city: SampleCity, accesses: list[Access]) -> None:
    assert Counter(access.log for access in accesses) == {log.path.name: log.events for log in city.logs}
    assert sum(log.events for log in city.logs) == city.events == 5_000
    assert len(city.logs) == 5


def test_each_log_is_in_the_order_of_time_and_within_the_year(city: SampleCity, accesses: list[Access]) -> None:
    by_log: dict[str, list[datetime]] = defaultdict(list)
    for access in accesses:
        by_log[access.log].append(access.time)

    assert all(times == sorted(times) for times in by_log.values())
    assert {access.time.astimezone(CHICAGO).year for access in accesses} == {2025}
    assert city.period == (date(2025, 1, 1), date(2025, 12, 31))


def test_the_week_has_the_rhythm_of_a_city_at_work(accesses: list[Access]) -> None:
    local = [access.time.astimezone(CHICAGO) for access in accesses]
    weekdays = Counter(time.weekday() for time in local)
    hours = Counter(time.hour for time in local)

    assert min(weekdays[day] for day in range(5)) > 1.5 * max(weekdays[5], weekdays[6])
    assert hours[10] > 4 * hours[3] > 0


def test_both_nights_of_changing_clocks_are_in_the_log_without_offsets(city: SampleCity) -> None:
    with next(log for log in city.logs if log.system == "records").path.open(encoding="utf-8") as file:
        hours = {line[:13] for line in file}

    assert "2025-03-09 02" in hours  # does not exist: the clock was set forward late
    assert "2025-11-02 01" in hours  # occurs twice


def test_accesses_in_order_crowd_round_the_edges_of_duties(rows: dict[str, list[Row]], accesses: list[Access]) -> None:
    starts = [instant_of(row.cells["start"]) for row in rows["temporary-duties"]]
    near = timedelta(minutes=16)

    at_once = [
        access
        for access in accesses
        if access.truth is None and any(timedelta(0) <= access.time - start < near for start in starts)
    ]

    assert len(at_once) > 5


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    first, second, other = (
        _bytes(write_sample_city(tmp_path / name, seed=seed, events=2_400, employees=60).folder)
        for name, seed in [("first", 7), ("second", 7), ("other", 8)]
    )

    assert first == second
    assert first.keys() == other.keys()
    assert not any(first[name] == other[name] for name in ("employees.csv", "records.csv", "landdesk.csv.gz"))


def test_logins_are_shared_handed_on_and_written_in_several_ways(
    city: SampleCity, rows: dict[str, list[Row]], accesses: list[Access]
) -> None:
    accounts = [row.cells for row in rows["accounts"]]
    holders = Counter((cells["system"], cells["login"]) for cells in accounts)
    spellings = defaultdict(set)
    for access in accesses:
        spellings[access.log, normal_account(access.event["account"])].add(access.event["account"])

    assert {cells["kind"] for cells in accounts} == {"", "shared", "service"}
    assert max(holders.values()) == 2
    assert {log for (log, _), texts in spellings.items() if len(texts) > 1} == {log.path.name for log in city.logs}


def test_careers_have_returns_several_positions_at_once_and_late_entries(rows: dict[str, list[Row]]) -> None:
    employments = Counter(row.cells["employee_id"] for row in rows["employees"])
    held = Counter(row.cells["employee_id"] for row in rows["assignments"])
    late = [
        row.cells
        for row in rows["temporary-duties"]
        if row.cells["recorded_at"] and instant_of(row.cells["recorded_at"]) > instant_of(row.cells["start"])
    ]

    assert max(employments.values()) == 2
    assert max(held.values()) > 2
    assert late
    assert any(row.cells["revoked_at"] for row in rows["temporary-duties"])


def test_the_inventory_is_as_uneven_as_published_ones(rows: dict[str, list[Row]]) -> None:
    series = [row.cells for row in rows["inventory"]]
    classes = Counter(cells["classification"] for cells in series)

    assert len(series) >= 120
    assert len({cells["department"] for cells in series}) == 40
    assert classes["Public"] > 5
    assert any(cells["classification"].count("/") > 3 for cells in series)
    assert any("\n" in cells["classification"] for cells in series)
    assert any(not cells["code"] for cells in series)
    assert any(not cells["citation"] for cells in series)
    assert any("as needed" in cells["work_access"] for cells in series)


def test_a_large_city_in_one_log_has_the_numbers_asked_for(tmp_path: Path) -> None:
    city = write_sample_city(
        tmp_path, events=3_000, employees=300, series=300, assignments=1_000, duties=500, one_log=True
    )

    counts = {kind: len(cells_of(path)) for kind, path in city.files.items()}
    assert (counts["inventory"], counts["assignments"], counts["temporary-duties"]) == (300, 1_000, 500)
    assert len({cells["employee_id"] for cells in cells_of(city.files["employees"])}) == 300
    assert len({cells["name"] for cells in cells_of(city.files["inventory"])} | {""}) == 301
    [log] = city.logs
    assert (log.format, log.time_format, log.events) == ("csv", "iso8601", 3_000)
    assert all(field == heading for field, heading in log.fields.items())


def test_a_later_roster_tells_what_two_files_leave_out_and_changes_no_other(tmp_path: Path) -> None:
    plain, split = (
        write_sample_city(tmp_path / name, events=600, employees=60, later_roster=later)
        for name, later in [("plain", False), ("split", True)]
    )

    assert plain.roster is None
    assert split.roster is not None
    listed = {cells["employee_id"] for cells in cells_of(split.roster)}
    employed = {
        cells["employee_id"]
        for cells in cells_of(split.files["employees"])
        if cells["hire_date"] <= "2025-10-01" <= (cells["separation_date"] or "9999")
    }
    assert (len(employed - listed), len(listed - employed)) == (1, 1)  # one left, one is back
    differing = {kind for kind in plain.files if plain.files[kind].read_bytes() != split.files[kind].read_bytes()}
    assert differing == {"employees", "assignments"}


@pytest.mark.parametrize(
    ("write", "least"),
    [
        (partial(write_sample_city, events=239), "240 events"),
        (partial(write_sample_city, employees=59), "60 employees"),
        (partial(write_sample_city, series=134), "135 data series"),
        (partial(write_sample_city, assignments=400), "assignments"),
    ],
)
def test_a_city_too_small_is_refused_with_the_least_size(
    tmp_path: Path, write: Callable[[Path], SampleCity], least: str
) -> None:
    with pytest.raises(Invalid, match=least):
        write(tmp_path)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
