"""What the city's personnel files do not say yet when they are imported, and a roster tells in autumn."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from app.sample_city.city import Assignment, City, Employee, LaterRoster
from app.sample_city.tables import read_table
from app.sample_city.year import FIRST_DAY, YEAR_START, Period, midnight

ROSTER_DAY = date(2025, 10, 1)
_LAST_DAY_BEFORE = ROSTER_DAY - timedelta(days=1)
_LAST_DAY_AT_FIRST, _BACK_ON = date(2025, 6, 13), date(2025, 8, 4)
_TURNS = "LMBRLLM"  # leave, move, come back, get another name


def keep_for_roster(city: City) -> LaterRoster:
    """Let a few people leave, move, come back and marry, and give what the city's other files do not say of it.

    Nothing is drawn by chance: everybody else's life stays as it is.
    """
    chosen = list(islice(_unentangled(city), len(_TURNS)))  # in turns, so that a small city has one of each
    leavers, movers, back, renamed = (
        [number for number, turn in zip(chosen, _TURNS, strict=False) if turn == kind] for kind in "LMBR"
    )
    known, employees = list(city.employees), list(city.employees)
    for number in leavers:
        employees[number] = replace(employees[number], employments=(_cut(employees[number], _LAST_DAY_BEFORE),))
    for number in back:
        away = _cut(employees[number], _LAST_DAY_AT_FIRST)
        employees[number] = replace(employees[number], employments=(away, Period.of_dates(_BACK_ON, None)))
        known[number] = replace(known[number], employments=(away,))
    for number in renamed:
        known[number] = replace(known[number], name=_name_before(known[number].name))
    known_assignments = _with_ends(city.assignments, back, _LAST_DAY_AT_FIRST)
    begun = [_next_position(city, number) for number in movers]
    begun += [replace(_open_assignment(city, number), start=_BACK_ON) for number in back]
    city.employees = employees
    city.assignments = [*_with_ends(known_assignments, [*leavers, *movers], _LAST_DAY_BEFORE), *begun]
    return LaterRoster(known, known_assignments, leavers, movers)


def roster_rows(city: City) -> Iterator[tuple[str, ...]]:
    """Give a row for every position of everybody who works for the city on the roster's day."""
    start = midnight(ROSTER_DAY)
    for row in city.assignments:
        person = city.employees[row.employee]
        employment = next((period for period in person.employments if period.holds_at(start)), None)
        if employment and row.period.holds_at(start):
            position = city.positions[row.position]
            manager = "" if person.manager is None else city.employees[person.manager].employee_id
            department = city.departments[position.department].name
            yield person.employee_id, person.name, position.title, department, employment.start_text, manager


def _unentangled(city: City) -> Iterator[int]:
    """Give those whose one position and whose logins go on all year, and of whom nothing else is written down."""
    entangled: Collection[int | None] = {
        *(row.employee for row in city.officers),
        *(row.employee for row in city.duties if row.period.end > midnight(ROSTER_DAY)),
        *(row.holder for row in city.work_access if row.holder_type == "employee"),
        *(
            account.employee
            for account in city.accounts
            if account.period.end_text or account.period.start > YEAR_START
        ),
        *range(len(city.departments)),
    }
    held: dict[int, list[Assignment]] = defaultdict(list)
    for row in city.assignments:
        held[row.employee].append(row)
    with_login = {account.employee for account in city.accounts}
    for number, person in enumerate(city.employees):
        lasting = [row for row in held[number] if row.end is None or row.end >= FIRST_DAY]
        stays = len(person.employments) == 1 and not person.employments[0].end_text
        holds_one = len(lasting) == 1 and lasting[0].end is None and lasting[0].start < FIRST_DAY
        if number in with_login and number not in entangled and stays and holds_one:
            yield number


def _cut(person: Employee, last: date) -> Period:
    """End somebody's only employment with a day."""
    return Period.of_dates(date.fromisoformat(person.employments[0].start_text), last)


def _with_ends(assignments: Sequence[Assignment], employees: Collection[int], last: date) -> list[Assignment]:
    """End the open assignments of some employees with a day."""
    return [replace(row, end=last) if row.employee in employees and row.end is None else row for row in assignments]


def _open_assignment(city: City, number: int) -> Assignment:
    return next(row for row in city.assignments if row.employee == number and row.end is None)


def _next_position(city: City, number: int) -> Assignment:
    """Give somebody a position in the next department that works with a system of the present one."""
    home = city.positions[_open_assignment(city, number).position].department
    others = [*range(home + 1, len(city.departments)), *range(home)]
    systems = set(city.departments[home].systems)
    near = (other for other in others if systems.intersection(city.departments[other].systems))
    return Assignment(number, city.positions_of[next(near)][1], ROSTER_DAY, None)


def _name_before(name: str) -> str:
    """Give the name that somebody had before taking another one."""
    given, _, family = name.partition(" ")
    families = [row["name"] for row in read_table("names") if row["part"] == "last"]
    return f"{given} {next(other for other in families if other != family)}"
