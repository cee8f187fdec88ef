"""How tests ask the service: an installation whose clock is moved by hand, and a browser for each official."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from app.main import create_app
from app.newest_time import newest_time
from config.officials.officials import OfficialRequest, add_official
from config.officials.passwords import hash_password
from config.officials.permissions import Role
from config.settings import Settings
from config.work import Installation
from inventory.models import Entity
from inventory.queries import entity_zone
from inventory.set_up_entity import EntityRequest, set_up_entity

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

    def browser(self) -> TestClient:
        """Open a browser that nobody signed in with."""
        opened = TestClient(self.app, base_url="https://localhost", follow_redirects=False)
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
    """Serve a city, a new one where there is none yet, with an official for each role."""
    clock = Clock()
    installation = Installation(settings, engine, "test", entity_zone, newest_time, clock)
    with installation.change() as work:
        if not work.session.exec(select(Entity)).first():
            set_up_entity(work.session, EntityRequest("City of Oak"), now=work.now, by=work.by)
        for role in Role:
            request = OfficialRequest(role, role.title(), [role], password=hashed_password())
            add_official(work.session, request, now=work.now, by=work.by)
    return Service(create_app(installation), installation, clock)


@lru_cache(1)
def hashed_password() -> str:
    """Hash the password once: it is meant to take long."""
    return hash_password(PASSWORD)
