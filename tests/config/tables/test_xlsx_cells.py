"""What stands in the cells of a workbook: numbers, dates, errors and formulas, as a person sees them."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from tests.config.tables.reading import read, refusal
from tests.config.tables.workbooks import (
    HEADINGS,
    a_sheet,
    content_of,
    dated,
    of_cells,
    values,
    with_part,
    workbook_part,
)


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


def test_a_midnight_that_is_shown_is_given_with_the_date(tmp_path: Path) -> None:
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
