"""What the tests of logs and audits may ask for."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from config.settings import Settings
from tests.audit.logs.importing_logs import Logs


@pytest.fixture
def logs(session: Session, engine: Engine, settings: Settings, tmp_path: Path) -> Logs:
    """Give a source whose logs can be imported, and what they become."""
    return Logs(session, engine, settings, tmp_path)
