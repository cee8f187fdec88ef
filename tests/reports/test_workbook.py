"""What a written workbook holds, read back with openpyxl and with calamine, which decodes text as Excel does."""

import re
import resource
import weakref
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import load_workbook as read_with_calamine

from config.errors import Invalid
from reports.sheets import (
    CellValue,
    Chart,
    ChartShape,
    Column,
    ColumnKind,
    Cover,
    Section,
    Sheet,
    SheetNames,
    fitting_text,
)
from reports.workbook import WrittenWorkbook, write_workbook
from reports.workbook_pages import WrittenSheet

CHICAGO = ZoneInfo("America/Chicago")
APRIL_2 = datetime(2025, 4, 2, 15, 30, tzinfo=UTC)
A_SHEET = Sheet(title="Findings", columns=[Column("What", 20)], rows=[("x",)], empty="None.")
REASONS = Sheet(
    title="Reasons",
    columns=[Column("Reason", 30), Column("Accesses", 12, ColumnKind.INTEGER), Column("Open", 12, ColumnKind.INTEGER)],
    rows=[(f"reason {number}", number, 1) for number in range(1, 6)],
    empty="None.",
)


def write(path: Path, *sheets: Sheet | Cover, rows_per_sheet: int = 1000, title: str = "Findings") -> WrittenWorkbook:
    return write_workbook(
        path,
        sheets,
        title=title,
        entity="City of Parks & Lakes",
        zone=CHICAGO,
        produced_at=APRIL_2,
        rows_per_sheet=rows_per_sheet,
    )


def first_page(path: Path, *sheets: Sheet | Cover) -> Worksheet:
    write(path, *sheets)
    return load_workbook(path).worksheets[0]


def written(folder: Path, kind: ColumnKind, *values: CellValue) -> list[Cell | MergedCell]:
    """Give the cells that a column of these values becomes."""
    sheet = replace(A_SHEET, columns=[Column("What", 20, kind)], rows=[(value,) for value in values])
    page = first_page(folder / "report.xlsx", sheet)
    return [row[0] for row in page.iter_rows(min_row=page.max_row - len(values) + 1, max_col=1)]


def read_texts(path: Path) -> list[str]:
    """Give the texts under the heading of a sheet without notes, as Excel shows them."""
    return [str(row[0]) for row in read_with_calamine(path).get_sheet_by_index(0).to_python()[3:]]


# Text


@pytest.mark.parametrize("kind", ColumnKind)
@pytest.mark.parametrize(
    "text",
    ["=1+1", '=HYPERLINK("http://x.example","y")', "=cmd|'/c calc'!A0", "#N/A", "007", "1e5", "TRUE", "+1", "@x"],
)
def test_text_stays_text_whatever_it_looks_like(tmp_path: Path, kind: ColumnKind, text: str) -> None:
    (cell,) = written(tmp_path, kind, text)

    assert (cell.value, cell.data_type) == (text, "s")
    assert "<f>" not in zipfile.ZipFile(tmp_path / "report.xlsx").read("xl/worksheets/sheet1.xml").decode()


def test_text_that_looks_like_a_formula_stays_text_in_titles_notes_headings_and_covers(tmp_path: Path) -> None:
    cover = Cover(heading="=1+1", sections=[Section(heading="=2", facts=[("=3", "=4")], paragraphs=["=5"])])
    sheet = replace(A_SHEET, heading="=6", notes=["=7"], columns=[Column("=8", 20)], rows=(), empty="=9")
    write(tmp_path / "report.xlsx", cover, sheet)

    cells = [cell for page in load_workbook(tmp_path / "report.xlsx") for row in page.iter_rows() for cell in row]

    assert {cell.value for cell in cells if cell.data_type == "s"} == {"=1+1", *(f"={n}" for n in range(2, 10))}
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_a_cell_of_text_is_of_the_text_format_so_that_editing_it_makes_no_formula(tmp_path: Path) -> None:
    assert [cell.number_format for cell in written(tmp_path, ColumnKind.TEXT, "=1+1", "x")] == ["@", "@"]


def test_numbers_dates_and_answers_in_a_text_column_are_text(tmp_path: Path) -> None:
    cells = written(tmp_path, ColumnKind.TEXT, 7, 0.5, date(2025, 3, 1), datetime(2025, 3, 1, 6, tzinfo=UTC))
    answers = written(tmp_path, ColumnKind.TEXT, *[True, False])

    assert [cell.value for cell in cells] == ["7", "0.5", "2025-03-01", "2025-03-01 00:00:00 CST"]
    assert [cell.value for cell in answers] == ["yes", "no"]


@given(st.lists(st.text(max_size=40), min_size=1, max_size=20))
def test_any_text_comes_back_with_only_the_impossible_characters_replaced(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("any") / "report.xlsx"

    write(path, replace(A_SHEET, rows=[(f"|{text}|",) for text in texts]))

    assert read_texts(path) == [f"|{possible(text)}|" for text in texts]


def test_blanks_at_the_edges_and_the_characters_of_xml_come_back(tmp_path: Path) -> None:
    texts = [" x", "x ", "\tx", "x\n", "  ", "<&>\"'", "]]>", "&amp;", "</t></is></c><c><f>1+1</f></c>"]

    write(tmp_path / "report.xlsx", replace(A_SHEET, rows=[(text,) for text in texts]))

    assert read_texts(tmp_path / "report.xlsx") == texts


def possible(text: str) -> str:
    return re.sub("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", re.sub("\r\n?", "\n", text))


def test_characters_that_a_file_cannot_carry_are_replaced_visibly(tmp_path: Path) -> None:
    (cell,) = written(tmp_path, ColumnKind.TEXT, "a\x00b\x1bc\ud800d\uffffe")

    assert cell.value == "a\ufffdb\ufffdc\ufffdd\ufffde"


def test_text_that_excel_would_take_for_an_escape_is_read_as_it_was_written(tmp_path: Path) -> None:
    texts = ["_x0041_", "_x0041_x000D_", "a_x00zz_"]

    write(tmp_path / "report.xlsx", replace(A_SHEET, rows=[(text,) for text in texts]))

    assert read_texts(tmp_path / "report.xlsx") == texts


@pytest.mark.parametrize("character", ["a", "é", "\U0001f600", "_x0041_"])
def test_text_too_long_for_a_cell_is_cut_and_says_how_much_was_left_out(character: str) -> None:
    text = character * 40_000

    fitting = fitting_text(text)

    kept, _, mark = fitting.replace("_x005F_", "_").partition(" … [")
    left_out = int(mark.removesuffix(" characters left out]").replace(",", ""))
    assert len(kept) + left_out == len(text)
    assert text.startswith(kept)
    assert 16_000 < len(fitting.encode("utf-16-le")) // 2 <= 32_767


def test_text_that_just_fits_a_cell_is_whole(tmp_path: Path) -> None:
    (cell,) = written(tmp_path, ColumnKind.WRAPPED, "a" * 32_767)

    assert cell.value == "a" * 32_767


# Numbers, days, times


def test_numbers_are_numbers_and_those_that_excel_would_change_are_text(tmp_path: Path) -> None:
    cells = written(tmp_path, ColumnKind.INTEGER, 1234, 0, -5, 10**15 - 1, 10**15, 0.5, float("nan"))

    assert [cell.value for cell in cells] == [1234, 0, -5, 10**15 - 1, "1000000000000000", "0.5", "nan"]
    assert cells[0].number_format == "#,##0"


def test_decimals_keep_their_value_and_show_two_places(tmp_path: Path) -> None:
    cells = written(tmp_path, ColumnKind.DECIMAL, 1 / 8, 3, float("inf"))

    assert [cell.value for cell in cells] == [0.125, 3, "inf"]
    assert cells[0].number_format == "#,##0.00"


def test_an_instant_is_a_date_time_of_the_zone_cut_to_the_second(tmp_path: Path) -> None:
    (cell,) = written(tmp_path, ColumnKind.INSTANT, datetime(2025, 7, 1, 4, 59, 59, 999_999, tzinfo=UTC))

    assert cell.value == datetime(2025, 6, 30, 23, 59, 59)  # noqa: DTZ001 - a workbook's times have no zone
    assert cell.number_format == "yyyy-mm-dd hh:mm:ss"


def test_the_zone_is_named_in_the_heading_and_explained_above_the_table(tmp_path: Path) -> None:
    sheet = replace(A_SHEET, columns=[Column("Time", 20, ColumnKind.INSTANT)], rows=[(APRIL_2,)])

    page = first_page(tmp_path / "report.xlsx", sheet)

    assert page["A4"].value == "Time (America/Chicago)"
    assert page["A2"].value.startswith("Times are local (America/Chicago) and cut to the second.")


def test_the_hour_that_clocks_repeat_names_its_offset_and_other_times_do_not(tmp_path: Path) -> None:
    first = datetime(2025, 11, 2, 6, 30, tzinfo=UTC)
    instants = [first - timedelta(hours=1), first, first + timedelta(hours=1), first + timedelta(hours=2), first]

    cells = written(tmp_path, ColumnKind.INSTANT, *instants)

    plain, daylight, standard = (f"yyyy-mm-dd hh:mm:ss{name}" for name in ("", ' "CDT"', ' "CST"'))
    assert [cell.number_format for cell in cells] == [plain, daylight, standard, plain, daylight]
    assert cells[1].value == cells[2].value


def test_the_day_of_an_instant_is_the_day_in_the_zone(tmp_path: Path) -> None:
    cells = written(tmp_path, ColumnKind.DATE, datetime(2025, 3, 1, 5, 59, tzinfo=UTC), date(2025, 3, 1))

    assert [cell.value for cell in cells] == [datetime(2025, 2, 28), datetime(2025, 3, 1)]  # noqa: DTZ001 - as above
    assert {cell.number_format for cell in cells} == {"yyyy-mm-dd"}


def test_days_and_times_that_excel_cannot_count_are_text(tmp_path: Path) -> None:
    values = [date(1900, 2, 28), date(1900, 3, 1), date(1, 1, 1), date(9999, 12, 31)]
    edges = [datetime.min.replace(tzinfo=UTC), datetime(1899, 1, 1, 12, tzinfo=UTC)]

    days = [cell.value for cell in written(tmp_path, ColumnKind.DATE, *values)]
    times = [cell.value for cell in written(tmp_path, ColumnKind.INSTANT, *edges)]

    assert days == ["1900-02-28", datetime(1900, 3, 1), "0001-01-01", datetime(9999, 12, 31)]  # noqa: DTZ001 - as above
    assert times == ["0001-01-01 00:00:00+00:00", "1899-01-01 06:00:00 CST"]


def test_a_time_without_a_zone_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="has no zone"):
        written(tmp_path, ColumnKind.INSTANT, datetime(2025, 3, 1))  # noqa: DTZ001 - the claim


def test_nothing_is_an_empty_cell(tmp_path: Path) -> None:
    assert [cell.value for cell in written(tmp_path, ColumnKind.INSTANT, None, "", APRIL_2)][:2] == [None, None]


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


def test_pages_are_landscape_as_wide_as_the_table_and_numbered_under_entity_and_title(tmp_path: Path) -> None:
    page: Any = first_page(tmp_path / "report.xlsx", REASONS)

    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 1)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    footer = page.oddFooter
    assert (footer.left.text, footer.center.text) == ("City of Parks && Lakes", "Findings")
    assert footer.right.text == "Page &P of &N"


def test_a_footer_too_long_for_excel_is_cut(tmp_path: Path) -> None:
    write(tmp_path / "report.xlsx", A_SHEET, title="&" * 300)

    xml = zipfile.ZipFile(tmp_path / "report.xlsx").read("xl/worksheets/sheet1.xml").decode()
    footer = xml.split("<oddFooter>")[1].split("</oddFooter>")[0].replace("&amp;", "&")
    assert len(footer) <= 255
    assert "&&…" in footer


def test_a_table_wider_than_two_pages_is_printed_side_by_side_with_its_frozen_columns_again(tmp_path: Path) -> None:
    columns = [Column(f"Series {number}", 12) for number in range(40)]

    page = first_page(tmp_path / "report.xlsx", replace(A_SHEET, columns=columns, rows=[["x"] * 40], frozen_columns=1))

    assert page.page_setup.fitToWidth == 2
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


# Names, cover, charts


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


def test_a_cover_shows_facts_and_paragraphs_and_is_what_opens_first(tmp_path: Path) -> None:
    facts: list[tuple[str, CellValue]] = [("Entity", "City"), ("Produced", APRIL_2), ("Judged", 1234), ("End", None)]
    cover = Cover(heading="Access findings", sections=[Section(heading="What", facts=facts, paragraphs=["All of it."])])

    write(tmp_path / "report.xlsx", cover, A_SHEET)

    workbook = load_workbook(tmp_path / "report.xlsx")
    page = workbook.worksheets[0]
    assert (workbook.active, page.title, page.page_setup.orientation) == (page, "About", "portrait")
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["Access findings", None],
        [None, None],
        ["What", None],
        ["Entity", "City"],
        ["Produced", "2025-04-02 10:30:00 CDT"],
        ["Judged", 1234],
        ["End", None],
        ["All of it.", None],
    ]


A_CHART = Chart(title="Accesses by reason", categories="Reason", values=["Accesses"], values_title="Accesses")


def test_a_chart_shows_the_tables_own_cells_with_its_axes_named_and_visible(tmp_path: Path) -> None:
    page: Any = first_page(tmp_path / "report.xlsx", replace(REASONS, charts=[A_CHART]))

    (chart,) = page._charts  # noqa: SLF001 - openpyxl shows a sheet's charts nowhere else
    (series,) = chart.series
    assert (series.val.numRef.f, series.cat.numRef.f) == ("'Reasons'!$B$4:$B$8", "'Reasons'!$A$4:$A$8")
    assert (chart.type, chart.legend) == ("bar", None)
    assert not chart.x_axis.delete
    assert not chart.y_axis.delete
    titles = [part.title.tx.rich.p[0].r[0].t for part in (chart, chart.x_axis, chart.y_axis)]
    assert titles == ["Accesses by reason", "Reason", "Accesses"]
    assert not chart.title.overlay


def test_a_chart_of_several_values_has_a_legend(tmp_path: Path) -> None:
    several = replace(A_CHART, values=["Accesses", "Open"], shape=ChartShape.COLUMNS, stacked=True)

    page: Any = first_page(tmp_path / "report.xlsx", replace(REASONS, charts=[several]))

    (chart,) = page._charts  # noqa: SLF001 - as above
    assert (chart.type, chart.grouping, chart.overlap, len(chart.series)) == ("col", "stacked", 100, 2)
    assert chart.legend is not None


def test_charts_stand_under_the_table_and_clear_of_one_another(tmp_path: Path) -> None:
    page: Any = first_page(tmp_path / "report.xlsx", replace(REASONS, charts=[A_CHART, A_CHART, A_CHART]))

    anchors = [(chart.anchor._from.row, chart.anchor.ext.height) for chart in page._charts]  # noqa: SLF001 - as above
    row_height = 15 * 12_700  # points, in the units of drawings
    assert anchors[0][0] >= page.max_row
    assert all(top + height / row_height <= below for (top, height), (below, _) in pairwise(anchors))
    assert len(page.row_breaks.brk) == 1


def test_a_chart_of_many_rows_shows_the_first_and_says_so(tmp_path: Path) -> None:
    rows = [(f"reason {number}", number, 1) for number in range(60)]

    page: Any = first_page(tmp_path / "report.xlsx", replace(REASONS, rows=rows, charts=[A_CHART]))

    (chart,) = page._charts  # noqa: SLF001 - as above
    assert chart.series[0].val.numRef.f == "'Reasons'!$B$4:$B$28"
    assert chart.title.tx.rich.p[0].r[0].t == "Accesses by reason (first 25 of 60 rows)"


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
