"""What is written is for the account that runs the program, whatever the umask says; an account is told by its id."""

import os
import pwd
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.close_to_others import close_to_others
from config.terminal import who_asks
from tests.app.commands import Thirteen
from tests.town import FILES

OTHERS = stat.S_IRWXG | stat.S_IRWXO


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in (folder, *folder.rglob("*")) if path.stat().st_mode & OTHERS]


def test_all_that_commands_write_is_closed_to_others(thirteen: Thirteen, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o700)
    (tmp_path / "late.csv").write_text("time,account,resource,action\nlate,a,payroll/1,view\n")
    thirteen("init", "--entity", "Town of Elm")
    thirteen("import", "positions", str(FILES / "positions.csv"))
    thirteen("source", "add", "cad", "--format", "csv")
    thirteen("import", "log", str(FILES / "cad.csv"), "late.csv", "--source", "cad")
    thirteen("audit")

    thirteen("rejects", "--source", "cad", "--out", "out/rejects.csv")
    thirteen("decisions", "--out", "out/d.csv")
    thirteen("decisions", "--out", "out/d.parquet")
    thirteen("report", "findings", "--out", "out/findings.xlsx")

    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".csv", ".parquet", ".xlsx"}
    assert len(list((tmp_path / "new").rglob("*"))) > 10
    assert open_to_others(tmp_path / "out", tmp_path / "new") == []


def test_a_data_folder_that_others_may_read_is_closed_and_said_so_once(town_thirteen: Thirteen, tmp_path: Path) -> None:
    for path in (tmp_path / "data", *(tmp_path / "data").rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)

    first, second = town_thirteen("entity"), town_thirteen("entity")

    assert "could look into the data folder" in first.err
    assert (first.status, second.err) == (0, "")
    assert open_to_others(tmp_path / "data") == []


def test_a_folder_that_holds_other_things_stays_open_and_what_is_ours_in_it_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "thirteen.sqlite").touch(0o644)
    (tmp_path / "letter.txt").touch(0o644)
    told: list[str] = []

    close_to_others(tmp_path, told.append)

    assert "which holds other things" in told[0]
    assert open_to_others(tmp_path) == [tmp_path, tmp_path / "letter.txt"]


def test_a_change_is_recorded_under_the_account_of_the_user_id_not_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, "mayor")

    assert who_asks() == pwd.getpwuid(os.getuid()).pw_name


def test_where_nobody_lists_the_user_id_it_is_named_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 3_999_999_999)

    assert who_asks() == "uid 3999999999"
