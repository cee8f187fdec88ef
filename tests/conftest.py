"""What every test may ask for: the real data, and a data folder with its database on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from app.migrations.upgrade_database import upgrade_database
from config.database import connect
from config.settings import Settings
from tests.postgres import PostgresServer, postgres_server

_TEMPLATE = "migrated"


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


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Give settings with a data folder whose database has all tables and no rows; the test runs once on each kind."""
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    if request.param == "sqlite":
        settings = Settings(data_dir=data_dir, database_url=None)
        shutil.copyfile(request.getfixturevalue("sqlite_template"), data_dir / "thirteen.sqlite")
        yield settings
        return
    server: PostgresServer = request.getfixturevalue("postgres_template")
    with server.copy_of(_TEMPLATE) as url:
        yield Settings(data_dir=data_dir, database_url=url)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Give settings of which nothing is there yet but, on a server, an empty database; runs once on each kind."""
    data_dir = tmp_path / "new" / "data"
    if request.param == "sqlite":
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
