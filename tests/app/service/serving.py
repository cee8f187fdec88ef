"""How tests ask the service: an installation whose clock is moved by hand, and a browser for each official."""

from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from fastapi import FastAPI
from httpx2 import Response
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Engine
from sqlmodel import select
from starlette.datastructures import State
from starlette.testclient import TestClient

from access.models import Employee, Employment
from app.main import open_doors
from app.newest_time import newest_time
from app.shared_by_requests import share_installation
from config.officials.officials import OfficialRequest, add_official
from config.officials.permissions import Role
from config.settings import Settings
from config.work import Installation
from inventory.entity_time import entity_zone
from inventory.models import Entity
from inventory.set_up_entity import EntityRequest, set_up_entity
from tests.builders import a_row

PASSWORD = "violet mailbox juggling thirty otters"  # noqa: S105 - of invented officials
MONDAY = datetime(2026, 6, 1, 15, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that tests move."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        """Give the present instant."""
        return self.now

    def pass_by(self, time: timedelta) -> None:
        """Let time pass."""
        self.now += time


@dataclass
class Service:
    """The service with an official for each role, whose login is the role's name."""

    app: FastAPI
    installation: Installation
    clock: Clock
    browsers: list[TestClient] = field(default_factory=list)

    def browser(self, address: str = "testclient") -> TestClient:
        """Open a browser that nobody signed in with, at an address."""
        opened = TestClient(self.app, base_url="https://localhost", follow_redirects=False, client=(address, 50_000))
        self.browsers.append(opened)
        return opened

    def signed_in(self, login: str) -> TestClient:
        """Open a browser and sign in with it."""
        opened = self.browser()
        answer = sign_in(opened, login)
        assert answer.status_code == 303, answer.text
        return opened


def sign_in(browser: TestClient, login: str, password: str = PASSWORD, then: str = "/") -> Response:
    """Send the sign-in form."""
    return browser.post("/sign-in", data={"login": login, "password": password, "then": then})


def serve(engine: Engine, settings: Settings) -> Service:
    """Serve a city, a new one where there is none yet, with an official for each role; the manager is E2."""
    clock = Clock()
    installation = Installation(settings, engine, "test", entity_zone, newest_time, clock)
    with installation.change() as work:
        if not work.session.exec(select(Entity)).first():
            set_up_entity(work.session, EntityRequest("City of Oak"), now=work.now, by=work.by)
        for role in Role:
            employee = "E2" if role is Role.MANAGER else ""
            request = OfficialRequest(role, role.title(), [role], employee_id=employee, password=hashed_password())
            add_official(work.session, request, now=work.now, by=work.by)
    return Service(_app_of(installation), installation, clock)


def _app_of(installation: Installation) -> FastAPI:
    """Give a service of its own but for where the doors lead: that is found out once for all, as it takes long."""
    app = copy(_doors())
    app.state = State()
    share_installation(app, installation)
    return app


_doors = lru_cache(1)(open_doors)


def add_stranger(service: Service) -> None:
    """Employ Di Berg (E4), who has no manager."""
    with service.installation.change() as work:
        for model in (Employee, Employment):
            work.session.add(a_row(model, employee_id="E4", recorded_at=work.now, **_STRANGER[model]))


_STRANGER: dict[type, dict[str, str]] = {Employee: {"name": "Di Berg", "manager_id": ""}, Employment: {}}


@lru_cache(1)
def hashed_password() -> str:
    """Hash the password so that it is soon recognised: a hash says itself how much work it takes."""
    return Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
