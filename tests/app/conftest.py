"""The command line on a data folder that the environment names, empty or with the town."""

from pathlib import Path

import pytest

from config.settings import Settings
from tests.app.commands import Ran, Thirteen, run
from tests.town_stages import Stage, TownStages


@pytest.fixture
def thirteen(
    new_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Thirteen:
    """Give the command line; there is no data folder yet."""
    return _commands(new_settings, monkeypatch, capsys, tmp_path)


@pytest.fixture
def town_thirteen(
    settings: Settings,
    town_stages: TownStages,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> Thirteen:
    """Give the command line of the town, whose log was imported and not audited yet."""
    town_stages.put(Stage.LOGGED, settings)
    return _commands(settings, monkeypatch, capsys, tmp_path)


def _commands(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path
) -> Thirteen:
    monkeypatch.setenv("THIRTEEN_DATA_DIR", str(settings.data_dir))
    monkeypatch.delenv("THIRTEEN_DATABASE_URL", raising=False)
    monkeypatch.chdir(folder)

    def command(*words: str) -> Ran:
        capsys.readouterr()
        status = run(monkeypatch, *words)
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return command
