"""The logins of the five systems: personal ones, some closed or handed on, shared ones and services."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.sample_city.chance import Chance
from app.sample_city.city import Account, City, Employee
from app.sample_city.year import FIRST_DAY, LAST_DAY, Period

_SHARED = (("frontdesk", "shared"), ("training1", "shared"), ("svc-backup", "service"), ("svc-report", "service"))
_ANY_TIME = Period.of_dates(None, None)


def open_accounts(city: City, chance: Chance) -> list[Account]:
    """Give everyone a login in the systems of the departments they ever worked for; hand some logins on."""
    used = _systems_used(city)
    accounts: list[Account] = []
    left = 0
    for number, person in enumerate(city.employees):
        left += _has_left(person)
        period = _account_period(person, closes=left % 2 == 0, chance=chance)
        accounts += [_account(city, system, number, period) for system in used[number]]
    _hand_on(accounts, city.employees, chance)
    shared = [
        Account(number, login, system.logged(login), None, kind, _ANY_TIME)
        for number, system in enumerate(city.systems)
        for login, kind in _SHARED
    ]
    return accounts + shared


def _systems_used(city: City) -> list[list[int]]:
    names: list[set[str]] = [set() for _ in city.employees]
    for row in city.assignments:
        names[row.employee].update(city.departments[city.positions[row.position].department].systems)
    return [[number for number, system in enumerate(city.systems) if system.name in own] for own in names]


def _account(city: City, system: int, employee: int, period: Period) -> Account:
    person = city.employees[employee]
    login = city.systems[system].account(person.login, person.employee_id)
    return Account(system, login, city.systems[system].logged(login), employee, "personal", period)


def _has_left(person: Employee) -> bool:
    return bool(person.employments[-1].end_text)


def _account_period(person: Employee, *, closes: bool, chance: Chance) -> Period:
    """Close every second leaver's logins on the last day; prepare some newcomers' logins ahead of the first."""
    first = date.fromisoformat(person.employments[0].start_text)
    start = first if chance.happens(0.5) else None
    if first >= FIRST_DAY:
        start = first - timedelta(days=chance.choice([0, 10]))
    last = date.fromisoformat(person.employments[-1].end_text) if _has_left(person) and closes else None
    return Period.of_dates(start, last)


def _hand_on(accounts: list[Account], employees: Sequence[Employee], chance: Chance) -> None:
    """Give some closed logins to a colleague, who uses them in that system from then on instead of an own one."""
    closed = [place for place, account in enumerate(accounts) if account.period.end_text]
    chance.shuffle(closed)
    wanted = max(3, len(employees) // 100)
    takers = {account.employee for account in accounts if account.period.end_text}
    for place in closed:
        old = accounts[place]
        start = date.fromisoformat(old.period.end_text) + timedelta(days=chance.randrange(5, 40))
        taker = _taker(accounts, employees, old.system, takers, chance)
        if wanted and taker is not None and start < LAST_DAY - timedelta(days=30):
            period = Period.of_dates(start, None)
            accounts[taker] = replace(accounts[taker], login=old.login, logged=old.logged, period=period)
            takers.add(accounts[taker].employee)
            wanted -= 1


def _taker(
    accounts: Sequence[Account], employees: Sequence[Employee], system: int, unfit: set[int | None], chance: Chance
) -> int | None:
    """Draw the account of someone still employed, in the same system, whose login can be given up."""
    for _ in range(200):
        place = chance.randrange(len(accounts))
        account = accounts[place]
        if account.system == system and account.employee not in unfit and account.employee is not None:
            person = employees[account.employee]
            if len(person.employments) == 1 and not _has_left(person) and person.department != account.employee:
                return place
    return None
