"""A written table and its page, with more rows than a sheet holds."""

import weakref
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from reports.sheets import (
    CellValue,
    Column,
    ColumnKind,
    Group,
    SheetNames,
)
from reports.workbook_pages import WrittenSheet
from tests.reports.workbooks import A_CHART, A_SHEET, REASONS, first_page, write

DIGIT = 11 * 0.507 / 72  # inches: what a character of a column's width takes, as the font's digits do
INCHES_ACROSS = 10  # of letter paper between the margins

# A table and its page


def test_heading_and_notes_stand_above_the_table_and_the_headings_stay_in_sight(tmp_path: Path) -> None:
    page: Any = first_page(
        tmp_path / "report.xlsx", replace(REASONS, heading="Accesses by reason", notes=["One.", "Two."])
    )

    assert [page.cell(row, 1).value for row in range(1, 7)] == [
        "Accesses by reason", "One.", "Two.", None, "Reason", "reason 1",
    ]  # fmt: skip
    assert page.freeze_panes == "A6"
    assert page.auto_filter.ref == "A5:C10"
    assert page.print_title_rows == "$5:$5"


def test_headings_are_white_on_dark_bold_and_wrapped_over_columns_of_the_given_width(tmp_path: Path) -> None:
    page: Any = first_page(tmp_path / "report.xlsx", REASONS)

    heading = page["B3"]
    assert (heading.font.bold, heading.font.color.rgb, heading.fill.fgColor.rgb) == (True, "00FFFFFF", "001F3864")
    assert heading.alignment.wrap_text
    assert [page.column_dimensions[letter].width for letter in "ABC"] == [30, 12, 12]


def test_pages_are_landscape_at_full_size_where_the_table_fits_and_numbered_under_entity_and_title(
    tmp_path: Path,
) -> None:
    page: Any = first_page(tmp_path / "report.xlsx", REASONS)

    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 1)
    assert page.page_setup.scale == 100
    footer = page.oddFooter
    assert (footer.left.text, footer.center.text) == ("City of Parks && Lakes", "Findings")
    assert footer.right.text == "Page &P of &N"


def test_a_footer_too_long_for_excel_is_cut(tmp_path: Path) -> None:
    write(tmp_path / "report.xlsx", A_SHEET, title="&" * 300)

    xml = zipfile.ZipFile(tmp_path / "report.xlsx").read("xl/worksheets/sheet1.xml").decode()
    footer = xml.split("<oddFooter>")[1].split("</oddFooter>")[0].replace("&amp;", "&")
    assert len(footer) <= 255
    assert "&&…" in footer


@pytest.mark.parametrize("count", [1, 10, 11, 14, 15, 40])
def test_nothing_is_printed_smaller_than_8_points_or_beyond_the_edge_of_a_page(tmp_path: Path, count: int) -> None:
    columns = [Column(f"Series {number}", 12) for number in range(count)]

    page: Any = first_page(
        tmp_path / "report.xlsx", replace(A_SHEET, columns=columns, rows=[["x"] * count], frozen_columns=1)
    )

    size = page["B4"].font.size * page.page_setup.scale / 100
    edges = [0, *(mark.id for mark in page.col_breaks.brk), count]
    again = [0, *[12] * (len(edges) - 2)]  # the frozen column on all pages but the first
    widest = max(12 * (after - first) + more for (first, after), more in zip(pairwise(edges), again, strict=True))
    assert size >= 8
    assert widest * DIGIT * page.page_setup.scale / 100 <= INCHES_ACROSS
    assert len(edges) - 1 == {40: 3, 15: 2}.get(count, 1)


def test_a_table_too_wide_for_a_page_is_printed_side_by_side_with_its_frozen_columns_again(tmp_path: Path) -> None:
    columns = [Column(f"Series {number}", 12) for number in range(40)]

    page: Any = first_page(
        tmp_path / "report.xlsx", replace(A_SHEET, columns=columns, rows=[["x"] * 40], frozen_columns=1)
    )

    assert not page.sheet_properties.pageSetUpPr or not page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.freeze_panes, page.print_title_cols) == ("B4", "$A:$A")


def test_many_lines_of_notes_are_not_frozen_as_they_would_fill_the_window(tmp_path: Path) -> None:
    page: Any = first_page(tmp_path / "report.xlsx", replace(A_SHEET, notes=["A note."] * 15))

    assert page.freeze_panes is None


def test_a_row_is_as_high_as_its_longest_wrapped_text_needs(tmp_path: Path) -> None:
    columns = [Column("What", 20), Column("Why", 20, ColumnKind.WRAPPED)]
    rows = [("x" * 90, "short"), ("x", "word " * 18), ("x", "one\ntwo\nthree")]

    page = first_page(tmp_path / "report.xlsx", replace(A_SHEET, columns=columns, rows=rows))

    heights = [page.row_dimensions[row].height for row in (4, 5, 6)]
    assert heights[0] is None
    assert heights[1] >= 5 * 15
    assert heights[2] == 3 * 15


def test_a_sheet_without_rows_says_so(tmp_path: Path) -> None:
    written_workbook = write(tmp_path / "report.xlsx", replace(REASONS, rows=(), charts=[A_CHART]))
    page = load_workbook(tmp_path / "report.xlsx").worksheets[0]

    assert page["A4"].value == "None."
    assert page.auto_filter.ref is None
    assert written_workbook.sheets == (WrittenSheet("Reasons", 0),)


def test_a_row_with_a_value_too_few_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="shorter"):
        write(tmp_path / "report.xlsx", replace(REASONS, rows=[("reason", 1)]))


# Groups


def test_groups_stand_under_one_row_of_headings_each_below_a_line_of_its_own(tmp_path: Path) -> None:
    sheet = replace(REASONS, rows=(), groups=[Group("Police", [("a", 1, 2)]), Group("Finance", [("b", 3, 4)])])

    page: Any = first_page(tmp_path / "report.xlsx", sheet)

    assert [[cell.value for cell in row] for row in page.iter_rows(min_row=3, max_col=3)] == [
        ["Reason", "Accesses", "Open"],
        ["Police", None, None],
        ["a", 1, 2],
        ["Finance", None, None],
        ["b", 3, 4],
    ]
    assert page.auto_filter.ref is None


def test_a_group_that_would_be_torn_apart_begins_on_a_new_page(tmp_path: Path) -> None:
    twenty = [("x", 1, 1)] * 20
    groups = [Group("First", twenty), Group("Second", twenty), Group("Third", twenty[:5])]

    page: Any = first_page(tmp_path / "report.xlsx", replace(REASONS, rows=(), groups=groups))

    (mark,) = page.row_breaks.brk
    assert page.cell(mark.id + 1, 1).value == "Second"


# More rows than a sheet holds


@pytest.mark.parametrize(("rows", "expected"), [(6, [6]), (7, [6, 1]), (12, [6, 6]), (13, [6, 6, 1])])
def test_rows_beyond_the_limit_go_on_in_the_next_sheet(tmp_path: Path, rows: int, expected: list[int]) -> None:
    sheet = replace(A_SHEET, rows=((f"row {number}",) for number in range(rows)))

    result = write(tmp_path / "report.xlsx", sheet, rows_per_sheet=10)

    assert [part.rows for part in result.sheets] == expected
    assert [part.name for part in result.sheets] == ["Findings", "Findings (2)", "Findings (3)"][: len(expected)]
    pages = load_workbook(tmp_path / "report.xlsx").worksheets
    assert all(page.max_row <= 10 and page["A3"].value == "What" for page in pages)
    values = [str(page.cell(row, 1).value) for page in pages for row in range(4, page.max_row + 1)]
    assert [value for value in values if value.startswith("row ")] == [f"row {number}" for number in range(rows)]


def test_a_sheet_that_goes_on_says_so_outside_of_its_filter(tmp_path: Path) -> None:
    write(tmp_path / "report.xlsx", replace(A_SHEET, rows=[("x",)] * 7), rows_per_sheet=10)

    first, second = load_workbook(tmp_path / "report.xlsx").worksheets
    assert (first["A10"].value, first.auto_filter.ref) == ("The table goes on in the next sheet.", "A3:A9")
    assert second["A1"].value == "Findings (continued)"


def test_rows_are_let_go_as_they_are_written(tmp_path: Path) -> None:
    class Row(list[CellValue]):
        """A list that can be watched."""

    seen: list[weakref.ref[Row]] = []
    alive: list[int] = []

    def rows() -> Iterator[Sequence[CellValue]]:
        for number in range(50):
            alive.append(sum(ref() is not None for ref in seen))
            row = Row([f"row {number}"])
            seen.append(weakref.ref(row))
            yield row
            del row

    write(tmp_path / "report.xlsx", replace(A_SHEET, rows=rows()))

    assert len(seen) == 50
    assert max(alive) <= 2


def test_rows_are_closed_before_an_error_reaches_the_caller(tmp_path: Path) -> None:
    closed: list[bool] = []

    def rows() -> Iterator[Sequence[CellValue]]:
        try:
            while True:
                yield ("one value", "and one too many")
        finally:
            closed.append(True)

    with pytest.raises(ValueError, match="longer") as caught:
        write(tmp_path / "report.xlsx", replace(A_SHEET, rows=(row for row in rows())))

    assert closed
    assert caught.tb  # which keeps all that the error passed through


# Names


@given(st.lists(st.text(alphabet="aA[]:*?/\\' é\U0001f600\n\x00h", max_size=40), max_size=20))
def test_any_titles_become_names_that_excel_accepts_each_once(titles: list[str]) -> None:
    names = SheetNames()

    taken = [names.take(title) for title in titles]

    assert len({name.casefold() for name in taken}) == len(titles)
    assert all(1 <= len(name.encode("utf-16-le")) // 2 <= 31 for name in taken)
    assert not [name for name in taken if set(name) & set("[]:*?/\\\n\x00") or name[0] == "'" or name[-1] == "'"]


def test_the_name_that_excel_keeps_for_itself_is_not_given_away() -> None:
    assert SheetNames().take("History") == "History (2)"


def test_titles_that_only_differ_where_they_are_cut_still_make_two_sheets(tmp_path: Path) -> None:
    result = write(tmp_path / "report.xlsx", *(replace(A_SHEET, title="Access: " + "x" * 40 + end) for end in "ab"))

    assert [sheet.name for sheet in result.sheets] == ["Access " + "x" * 24, "Access " + "x" * 20 + " (2)"]
    assert load_workbook(tmp_path / "report.xlsx").sheetnames == [sheet.name for sheet in result.sheets]
