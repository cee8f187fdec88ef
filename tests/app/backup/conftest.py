"""A backup of the town."""

from pathlib import Path

import pytest

from tests.app.backup.town_backups import backed_up
from tests.town import Town


@pytest.fixture
def backup(town: Town, tmp_path: Path) -> Path:
    """Give a backup of the town."""
    return backed_up(town, tmp_path / "town.backup")
