"""Tables of plain text: columns stand below one another, and what is too wide is folded, never cut."""

import pytest

from config.text_table import TextColumn, table_lines

COLUMNS = [TextColumn("who", folds=True), TextColumn("events", right=True), TextColumn("last\n(UTC)")]


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    lines = list(table_lines(COLUMNS, [["E1", "7", "noon"], ["E1234", "1,234", "late"]]))

    assert lines == [
        "who    events  last",
        "               (UTC)",
        "E1          7  noon",
        "E1234   1,234  late",
    ]


def test_without_rows_there_are_headings() -> None:
    assert list(table_lines([TextColumn("who"), TextColumn("what")], [])) == ["who  what"]


def test_letters_of_two_cells_and_of_none_keep_columns_in_line() -> None:
    lines = list(table_lines([TextColumn("who"), TextColumn("x")], [["王芳", "1"], ["Jose\u0301", "2"], ["E123", "3"]]))

    assert lines == ["who   x", "王芳  1", "Jose\u0301  2", "E123  3"]


@pytest.mark.parametrize("width", [30, 40, 60])
def test_a_table_fits_and_loses_no_letter(width: int) -> None:
    long = "department-of-public-works/contracts/2025/bids and offers/a.pdf"
    lines = list(
        table_lines([TextColumn("what", folds=True), TextColumn("n", right=True)], [[long, "12"]], width=width)
    )

    assert max(map(len, lines)) <= width
    assert "".join(line[: width - 3] for line in lines[1:]).replace(" ", "") == long.replace(" ", "")


def test_nothing_breaks_inside_a_word() -> None:
    cells = ["GROUP-PLAN-CLAIMS-EXPERIENCE", "action_exceeds_assignment", "police reports of juveniles"]
    columns = [TextColumn(name, folds=True) for name in ("what", "reason", "where")]

    lines = list(table_lines(columns, [cells], width=40))

    words = {word for line in lines[1:] for word in line.split()}
    assert words == {
        *("GROUP-PLAN-", "CLAIMS-", "EXPERIENCE", "action_", "exceeds_", "assignment"),
        *("police", "reports", "of", "juveniles"),
    }
    assert max(map(len, lines)) <= 40
