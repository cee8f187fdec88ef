"""What a killed process left elsewhere is removed at the next start, where it had noted that it writes there."""

from pathlib import Path

import pytest

from config.unfinished import unfinished_beside
from config.unfinished_places import NOTES, noting_place, remove_noted
from tests.config.test_unfinished import leave_unfinished


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Give a data folder."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Give a folder to write into."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def leave_note(data_dir: Path, folder: Path) -> None:
    """Leave what a killed process leaves in the data folder."""
    (data_dir / NOTES).mkdir()
    (data_dir / NOTES / ("0" * 32)).write_text(str(folder), "utf-8")


def notes(data_dir: Path) -> int:
    return len(list((data_dir / NOTES).iterdir()))


def test_the_next_start_removes_what_is_left_and_the_note(data_dir: Path, out: Path) -> None:
    leave_note(data_dir, out)
    leave_unfinished(out)

    remove_noted(data_dir)

    assert (list(out.iterdir()), notes(data_dir)) == ([], 0)


def test_what_a_living_process_writes_stays_noted(data_dir: Path, out: Path) -> None:
    with noting_place(data_dir, out / "report.xlsx"), unfinished_beside(out / "report.xlsx") as folder:
        remove_noted(data_dir)

        assert folder.exists()
        assert notes(data_dir) == 1

    assert (list(out.iterdir()), notes(data_dir)) == ([], 0)


def test_a_place_that_is_gone_needs_no_note(data_dir: Path, out: Path) -> None:
    leave_note(data_dir, out / "gone")

    remove_noted(data_dir)

    assert notes(data_dir) == 0


def test_where_no_note_can_be_kept_the_work_goes_on(tmp_path: Path) -> None:
    with noting_place(tmp_path / "no" / "data", tmp_path / "report.xlsx"):
        pass

    assert list(tmp_path.iterdir()) == []
