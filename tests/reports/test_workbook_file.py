"""The file of a workbook: the same bytes again, whole or not at all."""

import resource
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from config.errors import Invalid
from reports.sheets import (
    CellValue,
)
from tests.reports.workbooks import A_CHART, A_SHEET, APRIL_2, REASONS, write

# The file


def test_the_same_sheets_give_the_same_bytes(tmp_path: Path) -> None:
    sheets = [replace(REASONS, charts=[A_CHART]), A_SHEET]

    first, second = (write(tmp_path / name, *sheets) for name in ("first.xlsx", "second.xlsx"))

    assert first.path.read_bytes() == second.path.read_bytes()
    assert first.sha256 == second.sha256


def test_the_file_names_the_report_the_entity_and_when_it_was_produced(tmp_path: Path) -> None:
    write(tmp_path / "report.xlsx", A_SHEET)

    about = load_workbook(tmp_path / "report.xlsx").properties
    assert (about.title, about.creator) == ("Findings", "City of Parks & Lakes")
    assert about.created == about.modified == APRIL_2.replace(tzinfo=None)
    assert {entry.date_time for entry in zipfile.ZipFile(tmp_path / "report.xlsx").infolist()} == {
        (2025, 4, 2, 15, 30, 0)
    }


def test_a_new_report_replaces_the_old_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").write_text("old")

    write(tmp_path / "report.xlsx", A_SHEET)

    assert load_workbook(tmp_path / "report.xlsx").sheetnames == ["Findings"]
    assert [path.name for path in tmp_path.iterdir()] == ["report.xlsx"]


@pytest.mark.parametrize("error", [RuntimeError("the rows broke off"), FileNotFoundError("events.parquet")])
def test_rows_that_break_off_leave_the_old_file_and_nothing_beside_it(tmp_path: Path, error: Exception) -> None:
    (tmp_path / "report.xlsx").write_text("old")

    def rows() -> Iterator[Sequence[CellValue]]:
        yield ("x",)
        raise error

    with pytest.raises(type(error), match=str(error)):
        write(tmp_path / "report.xlsx", A_SHEET, replace(A_SHEET, rows=rows()))

    assert (tmp_path / "report.xlsx").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.xlsx"]


@pytest.mark.parametrize(
    ("rows", "most_bytes"),
    [
        pytest.param(900, 30_000, id="while rows are written"),
        pytest.param(40, 4_000, id="while a sheet is closed"),
        pytest.param(40, 5_400, id="while the sheets are put together"),
    ],
)
def test_a_disk_that_takes_no_more_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, rows: int, most_bytes: int
) -> None:
    (tmp_path / "report.xlsx").write_text("old")
    sheet = replace(A_SHEET, rows=[(f"row {number * 7919 % 10_007}",) for number in range(rows)])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        with pytest.raises(Invalid, match=r"nothing there was changed: the disk of .* is full"):
            write(tmp_path / "report.xlsx", sheet, sheet)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert (tmp_path / "report.xlsx").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.xlsx"]


def test_a_name_that_is_no_workbooks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"the name report\.csv must end in \.xlsx"):
        write(tmp_path / "report.csv", A_SHEET)


def test_a_folder_in_the_files_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").mkdir()

    with pytest.raises(Invalid, match="is a folder: name a file in it"):
        write(tmp_path / "report.xlsx", A_SHEET)


@pytest.mark.parametrize("folder", ["missing", "file"])
def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(Invalid, match=f"There is no folder .*{folder}: make it first"):
        write(tmp_path / folder / "report.xlsx", A_SHEET)


def test_a_folder_in_which_nobody_may_make_files_is_refused() -> None:
    with pytest.raises(Invalid, match="files may not be made in /sys"):
        write(Path("/sys/report.xlsx"), A_SHEET)
