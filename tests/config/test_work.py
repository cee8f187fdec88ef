"""One record's time never goes backwards, whichever machine writes to it; who is behind it is told."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import Session

from app.newest_time import newest_time
from config.settings import Settings
from config.work import Installation
from inventory.set_up_entity import EntityRequest, describe_entity, set_up_entity
from tests.databases import on_both

NOON = datetime(2025, 7, 1, 12, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Machine:
    """A machine whose clock stands still, and what it tells its person."""

    def __init__(self, engine: Engine, settings: Settings, clock: datetime) -> None:
        self.told: list[str] = []
        self.installation = Installation(
            settings, engine, "clerk", lambda *_: ZoneInfo("UTC"), newest_time, lambda: clock, tell=self.told.append
        )

    def name(self, name: str) -> datetime:
        """Change the entity's name, and give the time at which that is recorded."""
        with self.installation.change() as work:
            describe_entity(work.session, EntityRequest(name), now=work.now, by=work.by)
            return work.now

    def reads_at(self) -> datetime:
        """Give the time by which a reading knows all that is recorded."""
        with self.installation.read() as work:
            return work.now


def set_up(session: Session, at: datetime) -> None:
    set_up_entity(session, EntityRequest("Town of Elm"), now=at, by="clerk")
    session.commit()


@on_both
def test_what_is_recorded_later_bears_a_later_time_whatever_the_clock_says(
    session: Session, engine: Engine, settings: Settings
) -> None:
    set_up(session, NOON + timedelta(hours=3))
    behind = Machine(engine, settings, NOON)

    first, second = behind.name("Town of Oak"), behind.name("Town of Ash")

    assert first == NOON + timedelta(hours=3) + MICROSECOND
    assert second == first + MICROSECOND
    assert Machine(engine, settings, NOON + timedelta(days=1)).name("Town of Fir") == NOON + timedelta(days=1)


def test_all_that_is_recorded_is_known_and_who_is_behind_is_told_once_by_how_much(
    session: Session, engine: Engine, settings: Settings
) -> None:
    set_up(session, NOON + timedelta(hours=3, minutes=5))
    behind, right = Machine(engine, settings, NOON), Machine(engine, settings, NOON + timedelta(hours=4))

    assert behind.reads_at() == behind.reads_at() == NOON + timedelta(hours=3, minutes=5)
    assert right.reads_at() == NOON + timedelta(hours=4)
    (sentence,) = behind.told
    assert sentence.startswith("The newest entry of this record is 3 hours 5 minutes ahead of this machine's clock")
    assert right.told == []


def test_a_record_of_nothing_goes_by_the_clock(engine: Engine, settings: Settings) -> None:
    machine = Machine(engine, settings, NOON)

    assert (machine.reads_at(), machine.told) == (NOON, [])
