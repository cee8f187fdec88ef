"""Temporary duties: a manager lends an employee to other work for hours, days or weeks."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from app.sample_city.chance import Chance
from app.sample_city.city import City, Employee, TemporaryDuty
from app.sample_city.year import DAY, FIRST_DAY, LAST_DAY, MINUTE, ZONE, Period

_REASONS = (
    "Covers for a colleague on leave",
    "Backlog of requests before the deadline",
    "Training for the new position",
    "Large incident, all hands",
    "Audit preparation",
    "Year-end closing",
    "Vacancy until the post is filled",
)
_OFTEN_IN_DATES = (5, 14, 40)
_ACTIONS = (("view", "search"), ("view", "search", "modify"), ("view",), None)


def assign_duties(city: City, count: int, chance: Chance) -> list[TemporaryDuty]:
    """Give `count` temporary duties, most of them in the sample year."""
    wanted = _series_by_system(city)
    reachable = [sorted({one for system in own for one in wanted[system]}) for own in _systems_of(city)]
    officers = {officer.employee for officer in city.officers}
    able = [n for n, person in enumerate(city.employees) if reachable[n] and _free(person) and n not in officers]
    return [_duty(city, employee, reachable[employee], chance) for employee in chance.choices(able, k=count)]


def _series_by_system(city: City) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(city.series):
        if not one.public:
            for name in one.systems:
                found[city.system_numbers[name]].append(number)
    return found


def _systems_of(city: City) -> list[tuple[int, ...]]:
    """Give each employee's systems."""
    systems: list[list[int]] = [[] for _ in city.employees]
    for employee, system in city.accounts_of:
        systems[employee].append(system)
    return [tuple(sorted(own)) for own in systems]


def _free(person: Employee) -> bool:
    """Say whether the person works for at least a month of the year, and without a break."""
    employment = person.employments[0]
    ends = employment.end_text or LAST_DAY.isoformat()
    return len(person.employments) == 1 and ends >= date(2025, 2, 15).isoformat()


def _duty(city: City, employee: int, reachable: Sequence[int], chance: Chance) -> TemporaryDuty:
    person = city.employees[employee]
    series = chance.choice(reachable)
    period = _period(person, chance)
    recorded_at = _recorded_at(period, chance)
    revoked_at = None
    if chance.happens(0.07):
        revoked_at = period.start + (period.end - period.start) // 3 // MINUTE * MINUTE
    return TemporaryDuty(
        employee,
        series,
        chance.choice(_ACTIONS),
        chance.choice([None, city.series[series].purposes]),
        period,
        person.manager if person.manager is not None else employee,
        chance.choice(_REASONS),
        recorded_at,
        revoked_at,
    )


def _period(person: Employee, chance: Chance) -> Period:
    """Draw hours of one day, some days, or weeks of whole dates, inside the employment."""
    employment = person.employments[0]
    first = max(date.fromisoformat(employment.start_text), date(2024, 11, 1))
    last = date.fromisoformat(employment.end_text) if employment.end_text else LAST_DAY
    day = first + timedelta(days=chance.randrange(max(1, (last - first).days)))
    if first < FIRST_DAY < last and chance.happens(0.8):
        day = FIRST_DAY + timedelta(days=chance.randrange(max(1, (last - FIRST_DAY).days)))
    length = chance.choice([0, 0, 2, *_OFTEN_IN_DATES])
    if length in _OFTEN_IN_DATES and chance.happens(0.4):
        return Period.of_dates(day, day + timedelta(days=length))
    start, end = _at(day, chance.choice([7, 8, 9])), _at(day + timedelta(days=length), chance.choice([12, 16, 17]))
    return Period.of_instants(start, end, zulu=chance.happens(0.3))


def _at(day: date, hour: int) -> int:
    return round(datetime(day.year, day.month, day.day, hour, tzinfo=ZONE).timestamp()) * 1000


def _recorded_at(period: Period, chance: Chance) -> int | None:
    """Draw when the duty was entered: not told, ahead of it, or when part of it was over."""
    ahead = period.start - chance.randrange(5, 3000) * MINUTE
    late = period.start + min((period.end - period.start) * 2 // 3, 4 * DAY) // MINUTE * MINUTE
    return chance.choices([None, ahead, late], weights=[60, 25, 15])[0]
