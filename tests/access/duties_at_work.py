"""A small city in which duties are granted: Bo manages Ann, Cy manages Bo, Di works elsewhere."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from access.change_duty import Decider
from access.duty_terms import DutyAsked, read_duty_terms
from access.find_duty import Duty, find_duty
from access.grant_duty import grant_duty
from access.models import Employee, Employment
from access.people_below import Reach
from app.newest_time import newest_time
from config.settings import Settings
from config.work import Installation, Work
from inventory.entity_time import entity_zone
from inventory.models import DataSeries
from inventory.set_up_entity import EntityRequest, set_up_entity
from tests.builders import a_row

TUESDAY = datetime(2026, 6, 2, 15, tzinfo=UTC)
FRIDAY_MIDNIGHT = datetime(2026, 6, 6, 5, tzinfo=UTC)
EVERYBODY = Reach("all", "")
BO = Decider("bo", Reach("people_below", "E2"))
CY = Decider("cy", Reach("people_below", "E3"))
ANN = Decider("ann", Reach("own", "E1"))
OFFICIAL = Decider("olga", EVERYBODY)


def add_people(session: Session) -> None:
    """Record the people and the series."""
    for number, name, manager in (
        ("E1", "Ann Olson", "E2"),
        ("E2", "Bo Larson", "E3"),
        ("E3", "Cy Moe", ""),
        ("E4", "Di Poe", "E5"),
        ("E5", "Ed Roe", ""),
    ):
        session.add(a_row(Employee, employee_id=number, name=name, manager_id=manager))
        session.add(a_row(Employment, employee_id=number))
    session.add(a_row(DataSeries))
    session.flush()


@dataclass
class City:
    """The city, and a clock that tests move."""

    installation: Installation
    now: datetime = TUESDAY

    def grant(self, by: Decider = BO, **asked: str) -> Duty:
        """Grant a duty to Ann until Friday."""
        with self.installation.change() as work:
            granted = grant_duty(work, read_duty_terms(work, asked_for(**asked), reach=by.reach), by=by).id
        return self.read(granted)

    def read(self, duty: str) -> Duty:
        """Give a duty as it stands."""
        with self.installation.read() as work:
            return find_duty(work.session, duty, reach=EVERYBODY)

    def state(self, duty: str) -> str:
        """Give the state of a duty."""
        return self.read(duty).state(self.now)

    def pass_by(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)


def asked_for(**changes: str) -> DutyAsked:
    """Give what is asked of a duty of Ann's until Friday."""
    return DutyAsked(**{"employee_id": "E1", "series": "S1", "end": "friday", "reason": "covers for Eve"} | changes)


def found_city(engine: Engine, settings: Settings) -> City:
    """Make the city."""
    city = City(Installation(settings, engine, "test", entity_zone, newest_time))
    city.installation = Installation(settings, engine, "test", entity_zone, newest_time, lambda: city.now)
    with city.installation.change() as work:
        set_up(work)
    return city


def set_up(work: Work) -> None:
    """Record the entity and its people."""
    set_up_entity(work.session, EntityRequest("City of Oak"), now=work.now, by=work.by)
    add_people(work.session)
