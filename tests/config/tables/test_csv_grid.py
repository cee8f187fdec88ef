"""Separated text in all the shapes in which programs and people write it."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.config.tables.reading import KNOWN, read, read_table, refusal


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_ends_a_row(tmp_path: Path, end: str) -> None:
    table = read(tmp_path / "a.csv", f'name,title{end}Ada,"Clerk{end}II"{end}Bo,Clerk')

    assert [(row.number, row.cells["title"]) for row in table.rows] == [(2, "Clerk\nII"), (4, "Clerk")]


def test_mixed_line_ends_keep_the_count_of_lines(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "name,title\rAda,Clerk\r\nBo,Clerk\nCy,Clerk\r\r\nDi,Clerk")

    assert [(row.number, row.cells["name"]) for row in table.rows] == [(2, "Ada"), (3, "Bo"), (4, "Cy"), (6, "Di")]


def test_separators_and_doubled_quotation_marks_inside_a_cell_are_its_text(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", 'name,title\n"Ada, ""A"" Lee", "Clerk, Sr"\nBo 5" Lee,Clerk\n')

    assert [tuple(row.cells.values()) for row in table.rows] == [('Ada, "A" Lee', "Clerk, Sr"), ('Bo 5" Lee', "Clerk")]


@pytest.mark.parametrize(("separator", "called"), [(";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")])
def test_another_separator_is_recognised_with_a_notice(tmp_path: Path, separator: str, called: str) -> None:
    lines = [["Report, all of it"], ["name", "title"], ["Lee, Ada", '"Clerk, Sr"']]
    table = read(tmp_path / "a.csv", "\n".join(separator.join(line) for line in lines))

    assert table.rows[0].cells == {"name": "Lee, Ada", "title": "Clerk, Sr"}
    assert table.notices[0] == f"The cells are separated by {called}, not by commas; they were read so."


def test_another_separator_is_recognised_where_no_heading_is_known(tmp_path: Path) -> None:
    assert read(tmp_path / "a.csv", "Who;What\nAda;Clerk\n").headings == ("Who", "What")


def test_semicolons_inside_cells_do_not_make_commas_text(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "name,title\nAda;B;C,Clerk;II\n")

    assert (table.rows[0].cells, table.notices) == ({"name": "Ada;B;C", "title": "Clerk;II"}, ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_with_and_without_its_mark(tmp_path: Path, encoding: str) -> None:
    table = read(tmp_path / "a.csv", "name,title\nZoë,Ärztin\n".encode(encoding))

    assert (table.rows[0].cells, table.notices) == ({"name": "Zoë", "title": "Ärztin"}, ())


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (b"\xff\xfe\0\0", "utf-32-le"),
    ],
)
def test_utf16_and_utf32_are_read_with_a_notice(tmp_path: Path, mark: bytes, encoding: str) -> None:
    table = read(tmp_path / "a.csv", mark + "name\ttitle\r\nZoë\tClerk\r\n".encode(encoding))

    assert table.rows[0].cells == {"name": "Zoë", "title": "Clerk"}
    assert table.notices[0] == f"The file is not UTF-8; it was read as {encoding[:6].upper()}."


def test_windows_1252_is_read_with_a_notice(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "name,title\nZoë O\u2019Hara,Clerk\n".encode("cp1252"))

    assert table.rows[0].cells["name"] == "Zoë O\u2019Hara"
    assert table.notices[0].startswith("The file is not UTF-8; it was read as Windows-1252.")


def test_a_file_that_is_utf8_but_for_one_line_is_refused_with_that_line(tmp_path: Path) -> None:
    content = "name,title\r\nZoë,Clerk\r\n".encode() + "José,Clerk\r\n".encode("cp1252")

    assert refusal(tmp_path / "a.csv", content).startswith("a.csv, line 3: the bytes are not UTF-8, though ")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xef\xbb\xbfname\nJos\xe9\n", "a.csv, line 2: the bytes are not UTF-8; "),
        (b"name\n\nJos\x81\n", "a.csv, line 3: the bytes are not Windows-1252; "),
        (b"\xff\xfe" + "name\nAda".encode("utf-16-le") + b"x", "a.csv, line 2: the bytes are not UTF-16; "),
        (b"name,title\rAda,Cl\0erk\r", "a.csv, line 2: there is a NUL byte, "),
        (b"name,title\n" + b"\0" * 500, "a.csv, line 2: there is a NUL byte, "),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_line(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert refusal(tmp_path / "a.csv", content).startswith(sentence)


def test_letters_lost_before_are_noticed(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "name,title\nAda,Clerk\nJos\ufffd,Clerk\n")

    assert table.notices == (
        "The file holds the sign \ufffd where an earlier program lost a letter; it first stands in line 3.",
    )


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('name,title\nAda,"Clerk\nBo,Clerk\n', 2),
        ('name,title\nAda,Clerk\n"B\no","Clerk\nCy,Clerk\nDi,Clerk', 4),
        ('name,title\nAda,"Clerk" II\n', 2),
        ('name,title\nAda,"Clerk\nBo,"Clerk"\n', 2),
        ('name,title\r"B\ro","Clerk', 3),
        ('name,title\nAda 5","""', 2),
        ('"name,title\nAda,Clerk\n', 1),
    ],
)
def test_a_cell_left_open_is_refused_with_the_line_on_which_it_opens(tmp_path: Path, content: str, line: int) -> None:
    assert refusal(tmp_path / "a.csv", content).startswith(f"a.csv, line {line}: a cell opens with a quotation mark, ")


def test_an_open_cell_before_much_text_is_refused_quickly(tmp_path: Path) -> None:
    content = 'name,title\nAda,"' + 'Clerk ""A"", x\n' * 200_000

    assert refusal(tmp_path / "a.csv", content).startswith("a.csv, line 2: ")


def test_a_cell_of_a_megabyte_is_read_whole(tmp_path: Path) -> None:
    long = "x" * 1_000_000

    table = read(tmp_path / "a.csv", f'name,title\n{long},"{long}\n"\n')

    assert table.rows[0].cells == {"name": long, "title": long}


LINES_AND_MARKS = st.text(st.sampled_from("ab ,;|\t\r\n\"'é\u2028\u00a0=")) | st.text(st.characters(codec="utf-8"))
CELL = LINES_AND_MARKS.map(lambda text: text.replace("\0", ""))


@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL)), separator=st.sampled_from(",;\t|"), end=st.sampled_from(["\n", "\r\n"])
)
def test_what_a_program_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], separator: str, end: str
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator=end).writerows([KNOWN, *rows])
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(text.getvalue().encode())

    table = read_table(path, known_headings=KNOWN)

    tidy = [tuple(cell.strip().replace("\r\n", "\n").replace("\r", "\n") for cell in row) for row in rows]
    assert [tuple(row.cells.values()) for row in table.rows] == [row for row in tidy if any(row)]
    assert table.faults == []
