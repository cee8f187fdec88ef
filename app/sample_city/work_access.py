"""The work access that the city wrote down beside the inventory: positions, departments, people, everyone."""

from collections.abc import Iterator
from datetime import date, timedelta

from app.sample_city.chance import Chance
from app.sample_city.city import City, Series, WorkAccess
from app.sample_city.series import access_parts
from app.sample_city.year import FIRST_DAY, HOUR, Period, midnight

_SINCE = Period.of_dates(None, None)
_SPECIALIST = ("view", "search", "create", "modify", "print")
_CLERK = ("view", "search", "modify")
_READER = ("view", "search")
_ADVISERS = (
    ("City Attorney's Office", "legal advice"),
    ("Internal Audit", "audit"),
    ("Information Technology", "user support"),
)
_EVERYONE_MAY_READ = {"HRS-070": "own record", "RSK-020": "own record"}


def describe_work_access(city: City, chance: Chance) -> list[WorkAccess]:
    """Give the rows of the work access file, in the order of the inventory, single employees' last."""
    rows: list[WorkAccess] = []
    for number in city.not_public:
        rows += _of_positions(city, number, chance)
        rows += _of_advisers(city, number, chance)
        rows += _of_everyone(number, city.series[number])
    return rows + list(_of_single_employees(city, chance))


def _of_positions(city: City, number: int, chance: Chance) -> Iterator[WorkAccess]:
    """Give rows for the owning department's positions that the inventory's text leaves out."""
    series = city.series[number]
    parts = access_parts(series)
    if city.departments[series.department].name.casefold() in parts:
        return
    share = 0.5 if parts else 0.85
    for place in city.positions_of[series.department]:
        position = city.positions[place]
        if position.title.casefold() not in parts and chance.happens(share):
            period = _period(chance)
            actions, purposes = _extent(position.level, series, chance)
            recorded_at = _recorded_at(period, chance)
            authority = f"Position description {position.code}"
            yield WorkAccess(number, "position", place, actions, purposes, period, authority, recorded_at)


def _extent(level: int, series: Series, chance: Chance) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """Give a head any action for any purpose, a specialist more than a clerk."""
    if level == 0:
        return None, None
    if level == 1:
        return _SPECIALIST, chance.choice([None, series.purposes])
    return chance.choice([_CLERK, _READER]), chance.choice([series.purposes, series.purposes[:1]])


def _of_advisers(city: City, number: int, chance: Chance) -> Iterator[WorkAccess]:
    """Give some series to one of the departments that help all others."""
    if chance.happens(0.25):
        name, purpose = chance.choice(_ADVISERS)
        adviser = next(place for place, department in enumerate(city.departments) if department.name == name)
        authority = "Data practices procedures, part 4"
        yield WorkAccess(number, "department", adviser, _READER, (purpose,), _SINCE, authority)


def _of_everyone(number: int, series: Series) -> Iterator[WorkAccess]:
    if series.code in _EVERYONE_MAY_READ:
        purposes = (_EVERYONE_MAY_READ[series.code],)
        yield WorkAccess(number, "everyone", None, ("view",), purposes, _SINCE, "Employee handbook")


def _of_single_employees(city: City, chance: Chance) -> Iterator[WorkAccess]:
    """Give some employees a series for a project of this year."""
    for _ in range(max(6, len(city.employees) // 20)):
        number, employee = chance.choice(city.not_public), chance.randrange(len(city.employees))
        first = FIRST_DAY + timedelta(days=chance.randrange(0, 250))
        period = Period.of_dates(first, first + timedelta(days=chance.randrange(14, 120)))
        purposes = chance.choice([None, city.series[number].purposes])
        yield WorkAccess(number, "employee", employee, _READER, purposes, period, "Project assignment letter")


def _period(chance: Chance) -> Period:
    """Draw how long a position needs a series: mostly always; some began or ended this year."""
    day = FIRST_DAY + timedelta(days=chance.randrange(40, 320))
    ended = Period.of_dates(date(2019, 7, 1), day)
    began = Period.of_dates(day, None)
    long_since = Period.of_dates(date(2018 + chance.randrange(6), 1, 1), None)
    return chance.choices([ended, began, long_since, _SINCE], weights=[8, 10, 30, 52])[0]


def _recorded_at(period: Period, chance: Chance) -> int | None:
    """Draw when a row that began this year was entered: not told, in time, or weeks too late."""
    if period.start < midnight(FIRST_DAY):
        return None
    return chance.choice([None, period.start + 9 * 24 * HOUR, period.start + 40 * 24 * HOUR])
