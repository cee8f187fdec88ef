"""What is unfinished waits privately beside its target; what a killed process left is removed, nothing else is."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from config.unfinished import unfinished_beside


def names_after_another_report(folder: Path) -> list[str]:
    with unfinished_beside(folder / "report.xlsx"):
        pass
    return sorted(path.name for path in folder.iterdir())


def leave_unfinished(folder: Path, mode: int = 0o700) -> Path:
    """Leave what a killed process leaves: its folder with a lock that nobody holds and a part of its work."""
    left = folder / ".thirteen-unfinished-k1ll3d_x"
    left.mkdir(mode=mode)
    (left / "lock").touch()
    (left / "whole.xlsx").write_bytes(b"half of it")
    return left


def test_the_folder_is_beside_the_target_private_and_gone_afterwards(tmp_path: Path) -> None:
    with unfinished_beside(tmp_path / "report.xlsx") as folder:
        (folder / "part").touch()
        assert (folder.parent, folder.stat().st_mode & 0o777) == (tmp_path, 0o700)

    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_removed_by_the_next_report_into_the_folder(tmp_path: Path) -> None:
    leave_unfinished(tmp_path)

    assert names_after_another_report(tmp_path) == []


def test_what_a_living_process_writes_stays(tmp_path: Path) -> None:
    with unfinished_beside(tmp_path / "first.xlsx") as folder:
        (folder / "part").touch()
        assert names_after_another_report(tmp_path) == [folder.name]
        assert (folder / "part").exists()


def open_to_others(folder: Path) -> None:
    leave_unfinished(folder).chmod(0o755)


def of_another_name(folder: Path) -> None:
    leave_unfinished(folder).rename(folder / ".thirteen-unfinished-by-hand")


def no_folder(folder: Path) -> None:
    (folder / ".thirteen-unfinished-k1ll3d_x").touch(mode=0o700)


def a_link(folder: Path) -> None:
    (folder / "elsewhere").mkdir()
    leave_unfinished(folder / "elsewhere").rename(folder / "elsewhere" / "target")
    (folder / ".thirteen-unfinished-k1ll3d_x").symlink_to(folder / "elsewhere" / "target")


@pytest.mark.parametrize("leave", [open_to_others, of_another_name, no_folder, a_link])
def test_what_is_not_surely_ours_stays(tmp_path: Path, leave: Callable[[Path], None]) -> None:
    leave(tmp_path)
    before = sorted(tmp_path.rglob("*"))

    names_after_another_report(tmp_path)

    assert sorted(tmp_path.rglob("*")) == before


def test_on_a_disk_that_knows_no_locks_reports_are_written_and_nothing_is_taken_for_abandoned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no locks here")

    monkeypatch.setattr(fcntl, "flock", refuse)
    left = leave_unfinished(tmp_path)

    assert names_after_another_report(tmp_path) == [left.name]


def test_a_folder_that_another_process_takes_for_abandoned_before_it_is_locked_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take, taken = fcntl.flock, list[Path]()

    def remove_first(lock: object, how: int) -> None:
        if not taken:
            (folder,) = tmp_path.iterdir()
            taken.append(folder)
            (folder / "lock").unlink()
            folder.rmdir()
        take(lock, how)  # type: ignore[arg-type]

    monkeypatch.setattr(fcntl, "flock", remove_first)

    with unfinished_beside(tmp_path / "report.xlsx") as folder:
        assert folder.is_dir()
        assert folder != taken[0]
