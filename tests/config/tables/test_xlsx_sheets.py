"""Which sheet of a workbook is read, and its rows: hidden, merged, or beside the headings."""

from pathlib import Path

import pytest

from tests.config.tables.reading import read, refusal
from tests.config.tables.workbooks import HEADINGS, a_sheet, content_of, values


def test_hidden_rows_are_rows(tmp_path: Path) -> None:
    workbook, sheet = a_sheet(HEADINGS, ("Ada",), ("Bo",), headings=["City of X"])
    sheet.row_dimensions[1].hidden = True
    sheet.row_dimensions[3].hidden = True

    table = read(tmp_path / "a.xlsx", content_of(workbook))

    assert values(table, "name") == ["Ada", "Bo"]
    assert table.notices[0] == "Hidden rows were read too (rows: 1, the first is 3)."


def test_content_beyond_the_headings_is_a_fault(tmp_path: Path) -> None:
    table = read(tmp_path / "a.xlsx", content_of(a_sheet(("Ada",), ("Bo", "Clerk", None, "left in May"))[0]))

    assert values(table, "name") == ["Ada"]
    assert [(fault.number, fault.source) for fault in table.faults] == [(3, "Bo,Clerk,,left in May")]
    assert table.faults[0].reason == 'column D has content ("left in May") but no heading; give the column one'


def test_a_known_heading_that_stands_twice_is_refused_with_both_columns(tmp_path: Path) -> None:
    content = content_of(a_sheet(headings=("name", "title", "Name"))[0])

    assert refusal(tmp_path / "a.xlsx", content).startswith(
        'a.xlsx, row 1: the heading "Name" stands twice, in column A'
    )


def test_a_merged_heading_over_two_filled_columns_is_refused(tmp_path: Path) -> None:
    workbook, sheet = a_sheet(("Ada", "Clerk", "2020-01-01", "2021-01-01"), headings=("name", "title", "hire_date"))
    sheet.merge_cells("C1:D1")

    assert refusal(tmp_path / "a.xlsx", content_of(workbook)).startswith(
        "a.xlsx: the headings in C1:D1 are merged, which leaves cell D2 without a heading of its own; "
    )


def test_a_heading_merged_from_the_row_above_is_refused(tmp_path: Path) -> None:
    rows = [(None, "title", "hire_date"), ("Ada", "Clerk", "2020-01-01")]
    workbook, sheet = a_sheet(*rows, headings=("name", "Post", None))
    sheet.merge_cells("A1:A2")

    assert "the headings in A1:A2 are merged, which leaves cell A3 " in refusal(
        tmp_path / "a.xlsx", content_of(workbook)
    )


def test_a_row_beside_a_heading_merged_downwards_is_a_fault(tmp_path: Path) -> None:
    workbook, sheet = a_sheet((None, "short", "long"), ("Ada", "Clerk", None))
    sheet.merge_cells("A1:A2")

    table = read(tmp_path / "a.xlsx", content_of(workbook))

    assert values(table, "name") == ["Ada"]
    assert table.faults[0].reason.startswith("cell A2 is merged into A1:A2, ")


def test_a_merged_heading_over_an_empty_column_hides_nothing(tmp_path: Path) -> None:
    workbook, sheet = a_sheet(("Ada", None, None), headings=("name", "title", None))
    sheet.merge_cells("B1:C1")

    assert read(tmp_path / "a.xlsx", content_of(workbook)).rows[0].cells == {"name": "Ada", "title": ""}


def test_rows_that_show_a_merged_cells_content_are_faults(tmp_path: Path) -> None:
    workbook, sheet = a_sheet(("Ada", "Clerk"), ("Bo", None), ("Cy", None), ("Section 2", None), ("Di", "Clerk"))
    sheet.merge_cells("B2:B4")
    sheet.merge_cells("A5:C5")

    table = read(tmp_path / "a.xlsx", content_of(workbook))

    assert values(table, "name") == ["Ada", "Di"]
    assert [fault.number for fault in table.faults] == [3, 4, 5]
    assert table.faults[0].reason.startswith("cell B3 is merged into B2:B4, but the content is stored only in its ")


def test_merged_cells_without_content_hinder_nothing(tmp_path: Path) -> None:
    workbook, sheet = a_sheet(("Ada", None), ("Bo", None))
    sheet.merge_cells("B2:C3")

    assert values(read(tmp_path / "a.xlsx", content_of(workbook)), "name") == ["Ada", "Bo"]


def test_of_several_sheets_the_one_with_most_known_headings_is_read(tmp_path: Path) -> None:
    workbook, _ = a_sheet(("see next", None), headings=("name", None))
    workbook.create_sheet("FY25 HR INFO").append(("name", "title"))
    workbook["FY25 HR INFO"].append(("Ada", "Clerk"))
    workbook.create_chartsheet("Pay")

    table = read(tmp_path / "a.xlsx", content_of(workbook))

    assert table.name == 'a.xlsx, sheet "FY25 HR INFO"'
    assert values(table, "name") == ["Ada"]
    assert table.notices == ('The workbook has 2 sheets; "FY25 HR INFO" was read.',)


def test_of_sheets_that_fit_alike_the_first_visible_is_read_and_the_others_named(tmp_path: Path) -> None:
    workbook, first = a_sheet(("Ada",))
    first.sheet_state = "hidden"
    for title, name in [("FY24", "Bo"), ("FY25", "Cy")]:
        workbook.create_sheet(title).append(HEADINGS)
        workbook[title].append((name,))
    workbook.active = 1

    table = read(tmp_path / "a.xlsx", content_of(workbook))

    assert values(table, "name") == ["Bo"]
    assert [notice.split(" has as many")[0] for notice in table.notices[1:]] == [
        'The sheet "Sheet"',
        'The sheet "FY25"',
    ]


def test_a_hidden_sheet_is_read_with_a_notice_where_it_alone_fits(tmp_path: Path) -> None:
    workbook, sheet = a_sheet(("Ada",))
    sheet.sheet_state = "hidden"
    workbook.create_sheet("Cover").append(("City of X",))
    workbook.active = 1

    table = read(tmp_path / "a.xlsx", content_of(workbook))

    assert values(table, "name") == ["Ada"]
    assert table.notices[1] == 'The sheet "Sheet" is hidden in the workbook.'


def test_a_sheet_refused_among_several_is_named(tmp_path: Path) -> None:
    workbook, _ = a_sheet(("Ada", "=1+1"))
    workbook.create_sheet("Other")

    assert refusal(tmp_path / "a.xlsx", content_of(workbook)).startswith('a.xlsx, sheet "Sheet", cell B2: the formula ')


@pytest.mark.parametrize("rows", [[], [("", " ")]])
def test_a_workbook_without_content_is_refused_as_empty(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    assert refusal(tmp_path / "a.xlsx", content_of(a_sheet(*rows, headings=())[0])).startswith("a.xlsx is empty; ")
