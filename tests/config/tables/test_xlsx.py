"""Workbooks as spreadsheet programs, other programs and attackers make them."""

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from config.errors import Invalid
from tests.config.tables.reading import KNOWN, WholeTable, read, read_table, refusal

HEADINGS = ("name", "title", "hire_date")
SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def a_sheet(*rows: Sequence[object], headings: Sequence[object] = HEADINGS) -> tuple[Workbook, Worksheet]:
    """Make a workbook of one sheet with headings and rows."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    for row in [headings, *rows]:
        sheet.append(list(row))
    return workbook, sheet


def content_of(workbook: Workbook) -> bytes:
    """Give the bytes that a workbook is stored as."""
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def with_part(content: bytes, part: str, text: str | bytes) -> bytes:
    """Give a workbook's bytes with one part of it replaced or added."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, text)
    return changed.getvalue()


def of_cells(cells: str, *, before: str = "", after: str = "") -> bytes:
    """Give a workbook whose sheet has the headings in row 1 and below them the XML given."""
    headings = "".join(f'<c t="inlineStr"><is><t>{heading}</t></is></c>' for heading in HEADINGS)
    sheet = (
        f'<worksheet xmlns="{NAMESPACE}"><sheetData><row r="1">{headings}</row>{cells}</sheetData>{after}</worksheet>'
    )
    return with_part(content_of(Workbook()), SHEET, before + sheet)


def workbook_part(*, sheets: dict[str, str]) -> str:
    """Give a workbook part that lists sheets by their relation's id."""
    listed = "".join(f'<sheet name="{name}" sheetId="1" r:id="{relation}"/>' for name, relation in sheets.items())
    return f'<workbook xmlns="{NAMESPACE}" xmlns:r="r"><sheets>{listed}</sheets></workbook>'


def declare_size(content: bytes, part: str, size: int) -> bytes:
    """Give a zip archive whose directory declares a size for one of its parts."""
    header = content.rindex(b"PK\x01\x02", 0, content.rindex(part.encode()))
    return content[: header + 24] + struct.pack("<I", size) + content[header + 28 :]


def values(table: WholeTable, heading: str) -> list[str]:
    """Give a column's cells."""
    return [row.cells[heading] for row in table.rows]


def dated(values: Iterable[object], number_format: str | None = None) -> bytes:
    """Give a workbook with the values as hire dates."""
    workbook, sheet = a_sheet(*(("Ada", "Clerk", value) for value in values))
    for (cell,) in sheet.iter_rows(min_row=2, min_col=3):
        cell.number_format = number_format or cell.number_format
    return content_of(workbook)


def test_each_row_has_its_number_in_the_sheet(tmp_path: Path) -> None:
    workbook, sheet = a_sheet(("Ada", "Clerk", None), (), ("Bo", None, None))
    sheet["A9"] = " Cy\r\n Lee "

    table = read(tmp_path / "roster.xlsx", content_of(workbook))

    assert (table.name, table.headings, table.heading_row) == ("roster.xlsx", HEADINGS, 1)
    assert [(row.number, row.cells["name"]) for row in table.rows] == [(2, "Ada"), (4, "Bo"), (9, "Cy\n Lee")]
    assert (table.rows[1].cells, table.notices, table.faults) == ({"name": "Bo", "title": "", "hire_date": ""}, (), [])


def test_a_workbook_is_known_by_its_content_not_its_name(tmp_path: Path) -> None:
    assert len(read(tmp_path / "roster.csv", content_of(a_sheet(("Ada", "Clerk"))[0])).rows) == 1
    assert len(read(tmp_path / "roster.xlsx", "name,title\nAda,Clerk\n").rows) == 1


def test_the_headings_are_found_below_other_rows(tmp_path: Path) -> None:
    table = read(tmp_path / "a.xlsx", content_of(a_sheet((), HEADINGS, ("Ada", "Clerk"), headings=["City of X"])[0]))

    assert (table.heading_row, [row.number for row in table.rows]) == (3, [4])
    assert table.notices == ("The headings stand in row 3; what is above them was passed over.",)


def test_numbers_and_truths_read_as_the_person_sees_them(tmp_path: Path) -> None:
    shown = [12, 12.0, 58480.46, 0.1, 0.0000001, -3, 123456789012345, True, False, "007", "1e5", " x "]
    texts = ["12", "12", "58480.46", "0.1", "0.0000001", "-3", "123456789012345", "TRUE", "FALSE", "007", "1e5", "x"]

    assert values(read(tmp_path / "a.xlsx", content_of(a_sheet(*(("A", one) for one in shown))[0])), "title") == texts


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("00000", "00420"),
        ("[$-409]000000;@", "000420"),
        ("000-00-0000", "000-00-0420"),
        ('"E"0000', "E0420"),
        ("00", "420"),
        ("0\\-0", "42-0"),
        ("0", "420"),
        ('0 "days"', "420"),
        ("#,##0.00", "420"),
        ("General", "420"),
        ("@", "420"),
    ],
)
def test_a_format_that_fills_up_digits_is_followed(tmp_path: Path, number_format: str, text: str) -> None:
    workbook, sheet = a_sheet(("Ada", 420))
    sheet["B2"].number_format = number_format

    assert values(read(tmp_path / "a.xlsx", content_of(workbook)), "title") == [text]


def test_dates_and_clock_times_read_as_iso(tmp_path: Path) -> None:
    shown = [
        date(2025, 3, 31),
        datetime.fromisoformat("2025-03-31T08:30:15"),
        datetime.fromisoformat("2025-03-31T08:30:15.250"),
        date(1900, 1, 2),
        date(9999, 12, 31),
        time(8, 30),
        timedelta(hours=30, minutes=5),
    ]

    assert values(read(tmp_path / "a.xlsx", dated(shown)), "hire_date") == [
        "2025-03-31",
        "2025-03-31T08:30:15",
        "2025-03-31T08:30:15.250000",
        "1900-01-02",
        "9999-12-31",
        "08:30:00",
        "30:05:00",
    ]


@pytest.mark.parametrize(
    "number_format", ["m/d/yyyy", "[$-409]d\\-mmm\\-yy;@", "mmm yy", '"on "dd/mm/yyyy', "yyyy-mm-dd"]
)
def test_every_way_of_showing_a_date_is_a_date(tmp_path: Path, number_format: str) -> None:
    assert values(read(tmp_path / "a.xlsx", dated([45747], number_format)), "hire_date") == ["2025-03-31"]


@pytest.mark.parametrize("number_format", ["[Red]0.0", '0.0 "days"', "_d0.0", "#,##0.0\\h"])
def test_letters_that_a_format_only_adds_make_no_date(tmp_path: Path, number_format: str) -> None:
    assert values(read(tmp_path / "a.xlsx", dated([45747.5], number_format)), "hire_date") == ["45747.5"]


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    workbook, _ = a_sheet(("Ada", "Clerk", date(2025, 3, 31)))
    workbook.epoch = datetime.fromisoformat("1904-01-01")

    assert values(read(tmp_path / "a.xlsx", content_of(workbook)), "hire_date") == ["2025-03-31"]


def test_a_column_of_midnights_is_read_as_dates_with_a_notice(tmp_path: Path) -> None:
    table = read(tmp_path / "a.xlsx", dated([45747, 45748], "m/d/yyyy h:mm"))

    assert values(table, "hire_date") == ["2025-03-31", "2025-04-01"]
    assert table.notices == (
        'The column "hire_date" shows no clock time but 0:00 (cells: 2, the first is C2); it was read as dates.',
    )


def test_a_midnight_among_clock_times_is_a_clock_time(tmp_path: Path) -> None:
    table = read(tmp_path / "a.xlsx", dated([45747, 45748.5], "m/d/yyyy h:mm"))

    assert values(table, "hire_date") == ["2025-03-31T00:00:00", "2025-04-01T12:00:00"]
    assert table.notices == ()


def test_a_number_shown_as_a_date_that_is_none_is_a_fault(tmp_path: Path) -> None:
    table = read(tmp_path / "a.xlsx", dated([-5, 3_000_000, 45747, 2958465.9999999995], "yyyy-mm-dd"))

    assert values(table, "hire_date") == ["2025-03-31"]
    assert [(fault.number, fault.reason[:46]) for fault in table.faults] == [
        (2, "cell C2 is shown as a date, but holds -5, whic"),
        (3, "cell C3 is shown as a date, but holds 3e+06, w"),
        (5, "cell C5 is shown as a date, but holds 2.95847e"),
    ]


def test_a_number_of_more_digits_than_spreadsheets_keep_is_a_fault(tmp_path: Path) -> None:
    table = read(tmp_path / "a.xlsx", content_of(a_sheet(("Ada", 1234567890123456))[0]))

    assert table.faults[0].reason.startswith("cell B2 holds a number of more than 15 digits, ")
    assert table.faults[0].source == "Ada,1234567890123456,"


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#SPILL!", "#BUSY!"])
def test_an_error_under_a_known_heading_is_a_fault(tmp_path: Path, error: str) -> None:
    cells = f'<row r="2"><c r="A2" t="str"><v>Ada</v></c><c r="B2" t="e"><f>X()</f><v>{error}</v></c></row>'

    table = read(tmp_path / "a.xlsx", of_cells(cells))

    assert table.rows == []
    assert [(fault.number, fault.reason, fault.source) for fault in table.faults] == [
        (2, f"cell B2 holds the error {error}; correct it", f"Ada,{error},")
    ]


def test_an_error_where_nothing_is_read_hinders_nothing(tmp_path: Path) -> None:
    table = read(tmp_path / "a.xlsx", content_of(a_sheet(("Ada", "#N/A"), headings=("name", "pay"))[0]))

    assert (table.rows[0].cells, table.faults) == ({"name": "Ada", "pay": "#N/A"}, [])


def test_the_stored_results_of_formulas_are_used_with_a_notice(tmp_path: Path) -> None:
    cells = (
        '<row r="2"><c r="A2" t="str"><f>B2</f><v>Ada</v></c><c r="B2"><f>1+1</f><v>2</v></c></row>'
        '<row r="3"><c r="A3" t="str"><v>Bo</v></c><c r="B3" t="str"><f>""</f><v></v></c></row>'
    )
    plain = with_part(of_cells(cells), "xl/workbook.xml", workbook_part(sheets={"One": "rId1"}))
    table = read(tmp_path / "a.xlsx", plain)

    assert [tuple(row.cells.values()) for row in table.rows] == [("Ada", "2", ""), ("Bo", "", "")]
    assert table.notices == ("The stored results of formulas were used (cells: 3, the first A2).",)


def test_results_that_the_workbook_itself_doubts_are_noticed(tmp_path: Path) -> None:
    table = read(tmp_path / "a.xlsx", of_cells('<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'))

    assert table.notices[1].startswith("The workbook asks for its formulas to be calculated afresh; ")


@pytest.mark.parametrize("result", ["", "<v/>", "<v></v>"])
def test_a_formula_without_a_result_is_refused_with_its_cell(tmp_path: Path, result: str) -> None:
    cells = f'<row r="3"><c r="A3" t="str"><v>Ada</v></c><c r="B3"><f>1+1</f>{result}</c></row>'

    assert refusal(tmp_path / "a.xlsx", of_cells(cells)).startswith(
        "a.xlsx, cell B3: the formula has no stored result (cells like this: 1); "
    )


def test_a_formula_without_a_result_where_nothing_is_read_hinders_nothing(tmp_path: Path) -> None:
    table = read(tmp_path / "a.xlsx", content_of(a_sheet(("Ada", "=1+1"), headings=("name", "pay"))[0]))

    assert table.rows[0].cells == {"name": "Ada", "pay": ""}


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


def test_texts_are_read_whole_however_they_are_stored(tmp_path: Path) -> None:
    cells = (
        "<row><c><v>1<!-- x -->2</v><extLst><ext><v>9</v></ext></extLst></c></row>"
        '<row><c t="str"><v><![CDATA[A<B]]>&amp;C</v></c></row>'
        '<row><c t="inlineStr"><is><r><t>Bo </t></r><r><t>Lee</t></r><rPh><t>BO</t></rPh></is></c></row>'
        '<row><c t="str"><v>a_x000D_&#10;b_x005F_x0041_ _xD83D__xDE00_</v></c></row>'
        '<row><c t="d"><v>2025-03-31T08:30:00</v></c></row><row><c t="d"><v>PT8H</v></c></row>'
    )

    assert values(read(tmp_path / "a.xlsx", of_cells(cells)), "name") == [
        "12",
        "A<B&C",
        "Bo Lee",
        "a\nb_x0041_ \U0001f600",
        "2025-03-31T08:30:00",
        "PT8H",
    ]


def test_shared_texts_are_found_where_the_workbook_says_and_their_declared_number_is_no_matter(tmp_path: Path) -> None:
    texts = (
        f'<sst xmlns="{NAMESPACE}" uniqueCount="4294967295"><si><t>Ada</t></si>'
        '<si><r><t xml:space="preserve">Ada </t></r><r><t>Lee</t></r><rPh sb="0" eb="1"><t>AY-DA</t></rPh></si></sst>'
    )
    related = (
        '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Type="x/sharedStrings" Target="../texts.xml"/></Relationships>'
    )
    content = of_cells('<row><c t="s"><v>1</v></c></row><row><c t="s"><v>0</v></c></row>')
    for part, text in [("texts.xml", texts), ("xl/_rels/workbook.xml.rels", related)]:
        content = with_part(content, part, text)
    content = with_part(content, "xl/workbook.xml", workbook_part(sheets={"One": "rId1"}))

    assert values(read(tmp_path / "a.xlsx", content), "name") == ["Ada Lee", "Ada"]


def test_a_workbook_that_names_its_elements_with_a_prefix_is_read(tmp_path: Path) -> None:
    cells = "".join(f'<x:c t="str"><x:v>{text}</x:v></x:c>' for text in ("name", "title"))
    sheet = f'<x:worksheet xmlns:x="{NAMESPACE}"><x:sheetData><x:row>{cells}</x:row></x:sheetData></x:worksheet>'

    assert read(tmp_path / "a.xlsx", with_part(content_of(Workbook()), SHEET, sheet)).headings == ("name", "title")


@pytest.mark.parametrize("escape", ["_x0000_", "_xD800_"])
def test_an_escape_that_stands_for_no_text_is_a_fault(tmp_path: Path, escape: str) -> None:
    table = read(tmp_path / "a.xlsx", of_cells(f'<row r="2"><c r="A2" t="str"><v>Ada{escape}</v></c></row>'))

    assert table.faults[0].reason.startswith("cell A2 holds a character that is no text; ")
    table.faults[0].source.encode()


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="1048577"><c><v>1</v></c></row>',
        f'<row r="{"9" * 5000}"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="2"><c r="A3"><v>1</v></c></row>',
        '<row r="2"><c r="XFE2"><v>1</v></c></row>',
        '<row r="2"><c r="AAAAAAAAA2"><v>1</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>7</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>-1</v></c></row>',
        '<row r="2"><c r="A2" t="odd"><v>7</v></c></row>',
        "<c><v>1</v></c>",
        '<c r="A"><v>1</v></c>',
        '<row r="2"><c r="A2"><v>1</v></c>',
        '<row r="2"><c r="A2"><v>&#0;</v></c></row>',
        '<row r="2"><c r="A2"><v>\x01</v></c></row>',
    ],
)
def test_a_damaged_sheet_is_refused(tmp_path: Path, cells: str) -> None:
    assert refusal(tmp_path / "a.xlsx", of_cells(cells)).startswith("a.xlsx is damaged (")


def test_a_damaged_merge_is_refused(tmp_path: Path) -> None:
    content = of_cells("", after='<mergeCells><mergeCell ref="A1:zz"/></mergeCells>')

    assert refusal(tmp_path / "a.xlsx", content).startswith(
        'a.xlsx is damaged (its merged cells have the reference "A1:zz"'
    )


@pytest.mark.parametrize("stored", ["1e999", "nan", "Ada"])
def test_what_is_no_number_where_one_should_be_is_a_fault(tmp_path: Path, stored: str) -> None:
    table = read(tmp_path / "a.xlsx", of_cells(f'<row r="2"><c r="A2"><v>{stored}</v></c></row>'))

    assert table.faults[0].reason == f'cell A2 holds "{stored}" where a number should be; enter it anew'


def test_a_lone_cell_in_the_sheets_last_corner_is_a_fault_and_takes_no_memory(tmp_path: Path) -> None:
    table = read(tmp_path / "a.xlsx", of_cells('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))

    assert table.faults[0].reason.startswith('column XFD has content ("1") but no heading; ')


def test_cells_that_span_more_than_any_table_are_refused(tmp_path: Path) -> None:
    cells = "".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(2, 700))

    assert refusal(tmp_path / "a.xlsx", of_cells(cells)).startswith("a.xlsx spans more than 10,000,000 cells; ")


def test_entities_that_would_unfold_are_refused(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    content = of_cells('<row><c t="str"><v>&b;</v></c></row>', before=laughs)

    assert refusal(tmp_path / "a.xlsx", content).startswith("a.xlsx is damaged (it declares an XML document type)")


def test_a_part_packed_more_tightly_than_any_table_is_refused_unopened(tmp_path: Path) -> None:
    bomb = with_part(content_of(Workbook()), SHEET, b" " * (33 * 1024 * 1024))

    assert refusal(tmp_path / "a.xlsx", bomb).startswith(
        "a.xlsx is packed more tightly than any table; its part xl/work"
    )


def test_a_workbook_that_declares_too_much_is_refused_unopened(tmp_path: Path) -> None:
    content = declare_size(content_of(a_sheet(("Ada",))[0]), SHEET, 513 * 1024 * 1024)

    assert refusal(tmp_path / "a.xlsx", content).startswith("a.xlsx holds more than 512 MiB; ")


def test_a_part_that_declares_less_than_it_holds_is_refused_without_unfolding_it(tmp_path: Path) -> None:
    bomb = with_part(content_of(Workbook()), SHEET, f'<worksheet xmlns="{NAMESPACE}">{" " * (33 * 1024 * 1024)}')
    path = tmp_path / "a.xlsx"
    path.write_bytes(declare_size(bomb, SHEET, 1_000))
    tracemalloc.start()

    with pytest.raises(Invalid, match=r"a\.xlsx is damaged \(xl/worksheets/sheet1\.xml: "):
        read_table(path, known_headings=KNOWN)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    content = content_of(a_sheet(("Ada",))[0])

    assert refusal(tmp_path / "a.xlsx", content[: len(content) // 2]).startswith("a.xlsx is damaged (")


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    encrypted = io.BytesIO()
    plain = io.BytesIO(content_of(a_sheet(("Ada",))[0]))
    msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("secret", encrypted)

    assert refusal(tmp_path / "a.xlsx", encrypted.getvalue()).startswith("a.xlsx is protected by a password; save it ")


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    content = content_of(a_sheet(("Ada",))[0])
    position = content.index(b"PK\x01\x02") + 8
    encrypted = content[:position] + b"\x01\x00" + content[position + 2 :]

    assert refusal(tmp_path / "a.xlsx", encrypted).startswith("a.xlsx is protected by a password; ")


def test_a_workbook_packed_by_an_unusual_method_is_refused(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")

    assert refusal(tmp_path / "a.xlsx", content.getvalue()).startswith("a.xlsx is packed in a way no spreadsheet ")


def test_a_workbook_of_charts_alone_is_refused(tmp_path: Path) -> None:
    content = with_part(content_of(Workbook()), "xl/workbook.xml", workbook_part(sheets={}))

    assert refusal(tmp_path / "a.xlsx", content).startswith("a.xlsx has no worksheet; ")


def test_an_old_workbook_is_refused(tmp_path: Path) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "Workbook".encode("utf-16-le")

    assert refusal(tmp_path / "a.xls", content).startswith("a.xls is an old Excel file (.xls) or another Office file; ")


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("xl/workbook.bin", "a binary workbook (.xlsb)"),
        ("content.xml", "an OpenDocument file"),
        ("word/document.xml", "a Word document"),
        ("roster.csv", "a zip archive, not a workbook"),
    ],
)
def test_an_archive_of_another_kind_is_refused_for_what_it_is(tmp_path: Path, part: str, kind: str) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(part, "x")

    assert refusal(tmp_path / "a.xlsx", content.getvalue()).startswith(f"a.xlsx is {kind}; ")


def test_a_workbook_that_lacks_a_part_is_refused_naming_it(tmp_path: Path) -> None:
    content = with_part(content_of(Workbook()), "xl/workbook.xml", workbook_part(sheets={"One": "rId1"}))
    relations = '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="gone.xml"/></Relationships>'
    content = with_part(content, "xl/_rels/workbook.xml.rels", relations)

    assert refusal(tmp_path / "a.xlsx", content).startswith("a.xlsx is damaged (it lacks its part xl/gone.xml); ")


SOUND = content_of(a_sheet(("Ada", "007", date(2020, 1, 1)), ("Bo", "=1", None))[0])


def damaged(content: bytes, place: float, cut: int, put: bytes) -> bytes:
    """Cut some bytes out and put others in."""
    position = int(place * len(content))
    return content[:position] + put + content[position + cut :]


def answer(path: Path) -> WholeTable | str:
    """Read a table, or give the sentence with which it is refused."""
    try:
        return read_table(path, known_headings=KNOWN)
    except Invalid as refused:
        return str(refused)


@given(
    part=st.sampled_from([None, SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]),
    place=st.floats(0, 1, exclude_max=True),
    cut=st.integers(0, 30),
    put=st.sampled_from([b"", b"<", b'"', b"9", b"<v>9</v>", b'<c r="B3"/>', b"<f>x</f>", b"</row>", b"\xff", b"&a;"]),
)
def test_a_workbook_with_any_damage_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, part: str | None, place: float, cut: int, put: bytes
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "a.xlsx"
    if part is None:
        path.write_bytes(damaged(SOUND, place, cut, put))
    else:
        text = zipfile.ZipFile(io.BytesIO(SOUND)).read(part)
        path.write_bytes(with_part(SOUND, part, damaged(text, place, cut, put)))

    found = answer(path)

    if isinstance(found, str):
        assert found.startswith("a.xlsx")
    else:
        assert all(row.cells.keys() == set(filter(None, found.headings)) for row in found.rows)
