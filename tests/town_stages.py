"""The town at each stage of its entry, made once for each kind of database, and copied into data folders."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path

from sqlmodel import Session

from config.database import connect
from config.settings import Settings
from tests.snapshots import Snapshot, take
from tests.town import GIVEN, Town

# Gives settings of a kind of database, with a data folder that is made there and has all tables and no rows.
NewFolder = Callable[[str, Path], AbstractContextManager[Settings]]


class Stage(StrEnum):
    """How far the town has come."""

    PEOPLE = "people"  # and positions, and data; nobody was given anything yet
    ENTERED = "entered"
    LOGGED = "logged"
    AUDITED = "audited"


class TownStages:
    """The stages that were made so far.

    Args:
        folder: Where they lie.
        new_folder: Makes the data folders in which they are made.
    """

    def __init__(self, folder: Path, new_folder: NewFolder) -> None:
        self._folder, self._new_folder = folder, new_folder
        self._made: dict[tuple[Stage, str], Snapshot] = {}

    def put(self, stage: Stage, settings: Settings) -> None:
        """Put the town into a data folder that has all tables and no rows; nothing has opened it yet."""
        self._of(stage, "sqlite" if settings.database_url is None else "postgresql").put_into(settings)

    def _of(self, stage: Stage, kind: str) -> Snapshot:
        if (stage, kind) not in self._made:
            folder = self._folder / f"{stage}-{kind}"
            with self._new_folder(kind, folder / "data") as settings:
                self._make(stage, settings)
                self._made[stage, kind] = take(settings, folder / "taken")
        return self._made[stage, kind]

    def _make(self, stage: Stage, settings: Settings) -> None:
        stages = list(Stage)
        if stage is not Stage.PEOPLE:
            self.put(stages[stages.index(stage) - 1], settings)
        engine = connect(settings.resolved_database_url())
        with Session(engine) as session:
            town = Town(session, settings, settings.data_dir)
            _STEPS[stage](town)
            session.commit()
        engine.dispose()


def _enter_what_was_given(town: Town) -> None:
    town.enter_files(GIVEN)


def _audit(town: Town) -> None:
    town.audit()


_STEPS: dict[Stage, Callable[[Town], None]] = {
    Stage.PEOPLE: Town.set_up,
    Stage.ENTERED: _enter_what_was_given,
    Stage.LOGGED: Town.enter_log,
    Stage.AUDITED: _audit,
}
