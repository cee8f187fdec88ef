"""The city's people: who was hired when, left when, came back, and reports to whom."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from app.sample_city.chance import Chance
from app.sample_city.city import Department, Employee
from app.sample_city.tables import read_table
from app.sample_city.year import FIRST_DAY, Period

_FIRST_EMPLOYEE_ID = 10_001
_CITY_MANAGER = 0  # heads come first, and the first department is the manager's


def hire_people(departments: Sequence[Department], count: int, chance: Chance) -> list[Employee]:
    """Give the employees: one head of each department, in their order, then everyone else."""
    names = _names(len(departments), count, chance)
    logins = _logins(names)
    homes = [*range(len(departments)), *_homes(departments, count - len(departments), chance)]
    careers = [_long_career(chance) for _ in departments] + _careers(count - len(departments), chance)
    return [
        Employee(f"E{_FIRST_EMPLOYEE_ID + number}", name, login, home, _manager(number, home), career)
        for number, (name, login, home, career) in enumerate(zip(names, logins, homes, careers, strict=True))
    ]


def _names(heads: int, count: int, chance: Chance) -> list[str]:
    """Draw names; a head's name is nobody else's, as inventories may name a head."""
    rows = read_table("names")
    first = [row["name"] for row in rows if row["part"] == "first"]
    last = [row["name"] for row in rows if row["part"] == "last"]
    names: list[str] = []
    reserved: set[str] = set()
    while len(names) < count:
        name = f"{chance.choice(first)} {chance.choice(last)}"
        if name not in reserved:
            names.append(name)
        if len(names) <= heads:
            reserved.add(name)
    return names


def _logins(names: Sequence[str]) -> list[str]:
    taken: Counter[str] = Counter()
    logins = []
    for name in names:
        given, _, family = _ascii(name).partition(" ")
        login = f"{given[0]}{family}".replace("'", "")
        taken[login] += 1
        logins.append(login if taken[login] == 1 else f"{login}{taken[login]}")
    return logins


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ø", "o"))
    return plain.encode("ascii", "ignore").decode("ascii")


def _homes(departments: Sequence[Department], count: int, chance: Chance) -> list[int]:
    sizes = [department.size for department in departments]
    return chance.choices(range(len(departments)), weights=sizes, k=count)


def _manager(number: int, home: int) -> int | None:
    """Give the head of the department, who reports to the city manager, who reports to no employee."""
    if number == _CITY_MANAGER:
        return None
    return _CITY_MANAGER if number == home else home


def _careers(count: int, chance: Chance) -> list[tuple[Period, ...]]:
    """Give careers in random order: some that ended, some with a return, some just begun, most going on."""
    careers = [_left_this_year(chance) for _ in range(max(4, count // 20))]
    careers += [_left_before(chance) for _ in range(max(2, count // 33))]
    careers += [_came_back(chance) for _ in range(max(2, count // 50))]
    careers += [_just_begun(chance) for _ in range(max(3, count // 16))]
    careers += [_long_career(chance) for _ in range(count - len(careers))]
    chance.shuffle(careers)
    return careers


def _left_this_year(chance: Chance) -> tuple[Period, ...]:
    return (Period.of_dates(_old_hire_date(chance), _day_of_2025(chance, 20, 310)),)


def _left_before(chance: Chance) -> tuple[Period, ...]:
    hired = _old_hire_date(chance)
    return (Period.of_dates(hired, hired + timedelta(days=chance.randrange(200, 900))),)


def _came_back(chance: Chance) -> tuple[Period, ...]:
    left = _day_of_2025(chance, 20, 150)
    back = left + timedelta(days=chance.randrange(30, 160))
    return (Period.of_dates(_old_hire_date(chance), left), Period.of_dates(back, None))


def _just_begun(chance: Chance) -> tuple[Period, ...]:
    return (Period.of_dates(_day_of_2025(chance, 15, 300), None),)


def _long_career(chance: Chance) -> tuple[Period, ...]:
    return (Period.of_dates(_old_hire_date(chance), None),)


def _old_hire_date(chance: Chance) -> date:
    return date(1994, 1, 3) + timedelta(days=chance.randrange(0, 28 * 365))


def _day_of_2025(chance: Chance, first: int, last: int) -> date:
    return FIRST_DAY + timedelta(days=chance.randrange(first, last))
