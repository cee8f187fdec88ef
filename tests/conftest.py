"""What every test may ask for: the real data, a data folder with its database, and the town at a stage of its entry.

Tests run on SQLite; `on_both` (tests/databases.py) has those run on PostgreSQL too for which the database matters.
"""

import gc
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from app.migrations.upgrade_database import upgrade_database
from app.start import LOOK_FOR_RINGS
from config.database import connect
from config.settings import Settings
from tests.no_persons_in_logs import NO_PERSONS_IN_LOGS, NoPersonsInLogs
from tests.postgres import PostgresServer, postgres_server
from tests.town import Town
from tests.town_stages import NewFolder, Stage, TownStages

_TEMPLATE = "migrated"


def pytest_configure(config: pytest.Config) -> None:
    """Hold each test to what logs may tell.

    Python looks for rings of what has no use any more as seldom as in the program: each look takes its time.
    """
    gc.set_threshold(*LOOK_FOR_RINGS)
    config.pluginmanager.register(NoPersonsInLogs(), NO_PERSONS_IN_LOGS)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Give the folder of real inventories, rosters and logs; skip where this clone has none beside it."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"needs the real data in {folder}")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Give a PostgreSQL server with nothing of ours on it; each process of the tests has its own."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def new_folder(request: pytest.FixtureRequest) -> NewFolder:
    """Give a maker of data folders whose database, of the kind that is asked for, has all tables and no rows."""

    @contextmanager
    def make(kind: str, data_dir: Path) -> Iterator[Settings]:
        data_dir.mkdir(mode=0o700, parents=True)
        if kind == "sqlite":
            shutil.copyfile(request.getfixturevalue("sqlite_template"), data_dir / "thirteen.sqlite")
            yield Settings(data_dir=data_dir, database_url=None)
            return
        server: PostgresServer = request.getfixturevalue("postgres_template")
        with server.copy_of(_TEMPLATE) as url:
            yield Settings(data_dir=data_dir, database_url=url)

    return make


@pytest.fixture
def settings(request: pytest.FixtureRequest, new_folder: NewFolder, tmp_path: Path) -> Iterator[Settings]:
    """Give settings with a data folder whose database has all tables and no rows."""
    with new_folder(getattr(request, "param", "sqlite"), tmp_path / "data") as settings:
        yield settings


@pytest.fixture
def new_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Give settings of which nothing is there yet but, on a server, an empty database."""
    data_dir = tmp_path / "new" / "data"
    if getattr(request, "param", "sqlite") == "sqlite":
        yield Settings(data_dir=data_dir, database_url=None)
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.new_database() as url:
        yield Settings(data_dir=data_dir, database_url=url)


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """Give the connection to the settings' database."""
    engine = connect(settings.resolved_database_url(), wait_seconds=5)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Give a session whose work is committed when the test ends."""
    with Session(engine) as session:
        yield session
        if session.is_active:
            session.commit()


@pytest.fixture(scope="session")
def town_stages(new_folder: NewFolder, tmp_path_factory: pytest.TempPathFactory) -> TownStages:
    """Give the stages of the town, each made when it is first asked for."""
    return TownStages(tmp_path_factory.mktemp("stages"), new_folder)


def _a_town_at(stage: Stage) -> Callable[[TownStages, Settings, Session, Path], Town]:
    def make(town_stages: TownStages, settings: Settings, session: Session, tmp_path: Path) -> Town:
        town_stages.put(stage, settings)
        return Town(session, settings, tmp_path)

    return make


new_town = pytest.fixture(_a_town_at(Stage.PEOPLE), name="new_town")  # nobody was given anything yet
quiet_town = pytest.fixture(_a_town_at(Stage.ENTERED), name="quiet_town")  # without a log
logged_town = pytest.fixture(_a_town_at(Stage.LOGGED), name="logged_town")  # not audited yet
town = pytest.fixture(_a_town_at(Stage.AUDITED), name="town")


@pytest.fixture(scope="session")
def read_only_town(
    town_stages: TownStages, new_folder: NewFolder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """Give the audited town once for all tests that change nothing of it."""
    folder = tmp_path_factory.mktemp("town")
    with new_folder("sqlite", folder / "data") as settings:
        town_stages.put(Stage.AUDITED, settings)
        engine = connect(settings.resolved_database_url())
        with Session(engine) as session:
            yield Town(session, settings, folder)
        engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a SQLite database that was brought to the newest version."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("template"), database_url=None)
    _migrate(settings)
    return settings.data_dir / "thirteen.sqlite"


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> PostgresServer:
    """Give the server with a database that was brought to the newest version."""
    postgres.execute(f'CREATE DATABASE "{_TEMPLATE}"')
    _migrate(Settings(database_url=postgres.url(_TEMPLATE)))
    return postgres


def _migrate(settings: Settings) -> None:
    engine = connect(settings.resolved_database_url())
    upgrade_database(engine)
    engine.dispose()
