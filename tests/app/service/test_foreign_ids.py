"""Nobody reads or changes another's data by guessing an id: every route with one, as who may see own people alone."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import pytest
from fastapi.routing import APIRoute
from sqlmodel import SQLModel, select

from access.models import Account, TemporaryDuty, WorkAccess
from app.migrations.comparison import TABLES
from audit.models import Finding
from config.officials.officials import OfficialRequest, add_official
from config.officials.permissions import Role
from tests.app.service.serving import Service, add_stranger, hashed_password
from tests.app.service.test_routes import _each, _method

# with whom an official has nothing to do: the manager E2 not with who has no manager, the employee E1 with nobody
FOREIGN = {"manager": {"E4": "Di Berg"}, "worker": {"E3": "Cy Dale", "E4": "Di Berg"}}
LOOKED_UP = {"sign_in_attempts", "official_sessions", "change_requests"}  # every request may write there


@pytest.fixture
def guessed(town_service: Service) -> Service:
    """Give the service of the town with a stranger, findings, duties, and the employee E1 as an official."""
    add_stranger(town_service)
    with town_service.installation.change() as work:
        request = OfficialRequest("worker", "Ann", [Role.EMPLOYEE], employee_id="E1", password=hashed_password())
        add_official(work.session, request, now=work.now, by=work.by)
    return town_service


def addresses(service: Service, *, changing: bool) -> Iterator[tuple[str, str]]:
    """Give the method and address of each route with an id, for all ids that there are and some that are not."""
    known = ids(service)
    for route in _each(service.app.routes):
        names = re.findall(r"{([^}:]+)(?::[^}]+)?}", route.path)
        if names and changes(route) == changing and not route.path.startswith("/help/"):
            for values in product(*(known.get(name, ["1", "x"]) for name in names)):
                path = route.path
                for name, value in zip(names, values, strict=True):
                    path = re.sub(rf"{{{name}(:[^}}]+)?}}", str(value), path)
                yield _method(route), path


def changes(route: APIRoute) -> bool:
    return _method(route) not in {"GET", "HEAD"}


def ids(service: Service) -> Mapping[str, Sequence[str]]:
    with service.installation.read() as work:

        def numbers(model: type[SQLModel]) -> list[Any]:
            return [row.id for row in work.session.exec(select(model))]  # type: ignore[attr-defined]

        rows = sorted({str(number) for model in (Account, WorkAccess) for number in numbers(model)[-2:]} | {"1", "2"})
        return {
            "employee_id": ["E1", "E3", "E4", "E99"],
            "key": [*work.session.exec(select(Finding.key)), "0000"],
            "duty_id": [*map(str, numbers(TemporaryDuty)), "r1"],
            "number": rows,
            "code": ["S1", "P1"],
            "source": ["cad"],
            "run": ["1"],
            "login": ["hr", "manager"],
            "name": ["cad", "security"],
            "kind": ["employees"],
            "what": ["accounts"],
        }


def counts(service: Service) -> dict[str, list[str]]:
    with service.installation.read() as work:
        return {
            table.name: sorted(map(repr, work.session.execute(table.select()).all()))
            for table in TABLES.sorted_tables
            if table.name not in LOOKED_UP
        }


@pytest.mark.parametrize("login", ["manager", "worker"])
def test_no_address_shows_whom_one_has_nothing_to_do_with(guessed: Service, login: str) -> None:
    browser = guessed.signed_in(login)
    told = list[str]()
    reached = 0
    for _, path in addresses(guessed, changing=False):
        answer = browser.get(path)
        assert answer.status_code < 500, path
        reached += answer.status_code == 200
        if any(name in answer.text for name in FOREIGN[login].values()):
            told.append(path)

    assert told == []
    assert reached > 3  # else nothing was tried


@pytest.mark.parametrize("login", ["manager", "worker"])
def test_no_address_changes_what_one_has_nothing_to_do_with(guessed: Service, login: str) -> None:
    browser = guessed.signed_in(login)
    before = counts(guessed)
    own = {"/me/", "/kept/", "/notices"}
    for method, path in addresses(guessed, changing=True):
        if not any(path.startswith(place) for place in own):
            answer = browser.request(method, path, json={} if path.startswith("/api/") else None)
            assert answer.status_code < 500, (method, path)

    after = counts(guessed)
    assert {name for name, rows in before.items() if after[name] != rows} == set()
