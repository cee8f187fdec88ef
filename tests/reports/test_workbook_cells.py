"""What the cells of a written workbook hold, read back with openpyxl, and with calamine as Excel decodes text."""

import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from reports.sheets import (
    Column,
    ColumnKind,
    Cover,
    Section,
    fitting_text,
)
from tests.reports.workbooks import A_SHEET, APRIL_2, first_page, read_texts, write, written

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
