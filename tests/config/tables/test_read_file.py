"""What holds for every table file: how it is opened, which row holds the headings, which rows are faults."""

import os
from pathlib import Path

import pytest

from config.errors import Invalid
from tests.config.tables.reading import KNOWN, read, read_table, refusal


def test_each_row_has_its_line_and_its_cells_by_heading(tmp_path: Path) -> None:
    table = read(tmp_path / "roster.csv", "Name,Title\n Ada ,Clerk\n\nBo,\n")

    assert (table.name, table.headings, table.heading_row) == ("roster.csv", ("Name", "Title"), 1)
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, {"Name": "Ada", "Title": "Clerk"}),
        (4, {"Name": "Bo", "Title": ""}),
    ]
    assert (table.notices, table.faults) == ((), [])


def test_headings_alone_are_a_table_without_rows(tmp_path: Path) -> None:
    assert read(tmp_path / "a.csv", "name,title\n").rows == []


@pytest.mark.parametrize("content", ["", "\n\r\n\n", " , ,\n,,\n", "\ufeff", " "])
def test_a_file_without_content_is_refused_as_empty(tmp_path: Path, content: str) -> None:
    assert refusal(tmp_path / "a.csv", content).startswith("a.csv is empty; ")


def test_headings_are_known_whatever_their_case_blanks_underscores_and_line_ends(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", 'export of July,,\n  NAME ,"Hire\n Date",Title\nAda,2020-01-01,Clerk\n')

    assert (table.headings, table.heading_row) == (("NAME", "Hire\n Date", "Title"), 2)
    assert table.rows[0].cells == {"NAME": "Ada", "Hire\n Date": "2020-01-01", "Title": "Clerk"}


def test_what_stands_above_the_headings_is_passed_over_with_a_notice(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", 'CITY,\n"AS OF JULY 17, 2014",\n,\nname,title\nAda,Clerk\n')

    assert [row.number for row in table.rows] == [5]
    assert table.notices == ("The headings stand in line 4; what is above them was passed over.",)


def test_of_rows_with_as_many_known_headings_the_first_holds_them(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "name,other\nname,title of it\n")

    assert (table.heading_row, [row.number for row in table.rows]) == (1, [2])


def test_headings_beyond_the_thirtieth_row_are_not_looked_for(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", "x,y\n" * 29 + "name,title\n")
    missed = read(tmp_path / "b.csv", "x,y\n" * 30 + "name,title\n")

    assert (found.heading_row, missed.heading_row) == (30, 1)


def test_without_any_known_heading_the_first_filled_row_holds_the_headings(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "\n,\nWho,What\nAda,Clerk\n")

    assert (table.headings, table.heading_row) == (("Who", "What"), 3)


def test_a_known_heading_that_stands_twice_is_refused_with_both_columns(tmp_path: Path) -> None:
    sentence = refusal(tmp_path / "a.csv", "Name,title,NAME\nAda,Clerk,Bo\n")

    assert sentence.startswith('a.csv, line 1: the heading "NAME" stands twice, in column 1 and column 3; ')


def test_an_unknown_heading_that_repeats_is_numbered_and_loses_nothing(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "name,Phone,Phone,Phone (2)\nAda,1,2,3\n")

    assert table.rows[0].cells == {"name": "Ada", "Phone": "1", "Phone (3)": "2", "Phone (2)": "3"}
    assert table.headings == ("name", "Phone", "Phone (3)", "Phone (2)")
    assert table.notices == ('Headings that stand before in the same row were given a number: column 3 "Phone (3)".',)


def test_an_empty_column_without_a_heading_goes_without_a_notice(tmp_path: Path) -> None:
    assert read(tmp_path / "a.csv", "name,,title,,\nAda,,Clerk,,\n").notices == ()


def test_a_row_with_too_many_filled_cells_is_a_fault_kept_as_it_stands(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "name,title\nAda,Clerk\nBo, Sr,Clerk\nCy,Clerk\n")

    assert [row.number for row in table.rows] == [2, 4]
    fault = table.faults[0]
    assert (fault.number, fault.source) == (3, "Bo, Sr,Clerk")
    assert fault.reason.startswith('column 3 has content ("Clerk") but no heading; ')


def test_a_row_with_too_few_cells_is_a_fault_kept_as_it_stands(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", 'name,title,hire_date\nAda,Clerk\n"Bo\r\nB",Clerk,\n')

    assert [row.cells["name"] for row in table.rows] == ["Bo\nB"]
    assert [(fault.number, fault.source) for fault in table.faults] == [(2, "Ada,Clerk")]
    assert table.faults[0].reason.startswith("there are 2 cells under 3 headings; ")


def test_empty_cells_beyond_the_headings_are_no_fault(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "name,title\nAda,Clerk,, ,\n")

    assert table.rows[0].cells == {"name": "Ada", "title": "Clerk"}
    assert table.faults == []


def test_a_fault_of_several_lines_is_kept_whole(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", 'name,title\r\n"A\r\nB",Clerk,x\r\nBo,Clerk\r\n')

    assert (table.faults[0].number, table.faults[0].source) == (2, '"A\r\nB",Clerk,x')
    assert table.rows[0].number == 4


def test_ten_thousand_columns_or_twenty_thousand_rows_are_read(tmp_path: Path) -> None:
    wide = ",".join(["name", *(f"c{index}" for index in range(9_999))]) + "\n" + ("x," * 9_999 + "y\n") * 2
    long = "name,title\n" + "".join(f'"Last{index}, First",Officer\n' for index in range(20_000))

    wide_table, long_table = read(tmp_path / "wide.csv", wide), read(tmp_path / "long.csv", long)

    assert (len(wide_table.headings), len(long_table.rows)) == (10_000, 20_000)
    assert wide_table.rows[1].cells["c9998"] == "y"
    assert long_table.rows[19_999].cells["name"] == "Last19999, First"


def test_a_missing_file_a_folder_and_a_pipe_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")

    for name, what in [
        ("none.csv", "There is no file"),
        ("folder.csv", "folder.csv is a folder, not a file; "),
        ("pipe.csv", "pipe.csv is a device or pipe, not a file; "),
    ]:
        with pytest.raises(Invalid, match=what):
            read_table(tmp_path / name, known_headings=KNOWN)


def test_a_file_that_cannot_be_opened_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")

    with pytest.raises(Invalid, match=r"loop.csv cannot be read \(.+\); check that you may open it."):
        read_table(tmp_path / "loop.csv", known_headings=KNOWN)


def test_a_file_larger_than_any_table_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(513 * 1024 * 1024)  # takes up no room on the disk

    with pytest.raises(Invalid, match=r"a\.csv holds more than 512 MiB; "):
        read_table(path, known_headings=KNOWN)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\x1f\x8b\x08\x00", "a compressed file"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xef\xbb\xbf\r\n<HTML><table>", "a web page"),
        (b'<?xml version="1.0"?><Workbook/>', "an XML file"),
        (b"{\\rtf1", "a text document"),
    ],
)
def test_what_is_no_table_is_refused_for_what_it_is(tmp_path: Path, content: bytes, kind: str) -> None:
    assert refusal(tmp_path / "a.csv", content).startswith(f"a.csv is {kind}")


@pytest.mark.parametrize(
    ("file", "headings", "rows"),
    [
        ("inventories/arden-hills-city.csv", {"name of data", "statute"}, 1),
        ("inventories/little-canada-city-historical.csv", {"type of data", "classification"}, 27),
        ("inventories/minneapolis-city.csv", {"data classification", "employee work access"}, 7),
        ("inventories/minneapolis-public-schools.csv", {"data classification", "employee work access"}, 15),
        ("inventories/mounds-view-city.csv", {"name of data", "classification(s)"}, 16),
        ("retention/county-human-resources-general-schedule.csv", {"code", "title"}, 10),
        ("retention/little-canada-city-2021-finance.csv", {"code", "title"}, 8),
        ("rosters/baltimore-city-fy2018.csv", {"name", "jobtitle"}, 13_683),
        ("rosters/chicago-city-no-surnames.csv", {"first name", "department"}, 32_658),
        ("rosters/houston-city-2014.csv", {"last name", "department"}, 21_876),
        ("rosters/memphis-city-2025.csv", {"person name", "job title"}, 8_202),
        ("rosters/nyc-job-postings.csv", {"civil service title", "agency"}, 3_773),
        ("rosters/eugene-pd-system-accounts-2025.xlsx", {"first name", "role"}, 194),
    ],
)
def test_every_row_of_a_published_table_is_read(shared_data: Path, file: str, headings: set[str], rows: int) -> None:
    table = read_table(shared_data / file, known_headings=headings)

    assert (len(table.rows), table.faults) == (rows, [])
    assert headings <= {heading.casefold() for heading in table.headings}
