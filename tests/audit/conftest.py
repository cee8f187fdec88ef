"""What the tests of logs and audits may ask for."""

from pathlib import Path

import pytest
from sqlmodel import Session

from config.settings import Settings
from tests.audit.logs.importing_logs import Logs


@pytest.fixture
def logs(session: Session, settings: Settings, tmp_path: Path) -> Logs:
    """Give a source whose logs can be imported, and what they become."""
    return Logs(session, settings, tmp_path)
