"""The town of the reports' tests: once for all on SQLite, to be read only, or anew on each kind of database."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from config.database import connect
from config.settings import Settings
from tests.reports.town import Town, build_town


@pytest.fixture(scope="session")
def read_only_town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Give a town that no test changes."""
    folder = tmp_path_factory.mktemp("town")
    shutil.copyfile(sqlite_template, folder / "thirteen.sqlite")
    settings = Settings(data_dir=folder, database_url=None)
    engine = connect(settings.resolved_database_url())
    with Session(engine) as session:
        yield build_town(session, settings, folder)
    engine.dispose()


@pytest.fixture
def town(session: Session, settings: Settings, tmp_path: Path) -> Town:
    """Give a town of the test's own; the test runs once on each kind of database."""
    return build_town(session, settings, tmp_path)
