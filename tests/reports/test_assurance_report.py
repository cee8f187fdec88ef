"""The workbook that answers a list of look-ups, as the command writes it."""

import pytest
from openpyxl import load_workbook

from reports.assurance_commands import assurance
from tests.installing import installed
from tests.town import NOW, Town


class _Asking:
    """What the command line gives a command."""

    def __init__(self, town: Town) -> None:
        self.obj = lambda: installed(town.session, town.settings, NOW)


def test_the_command_answers_in_a_table_and_writes_a_letter_to_sign(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ("time,account,record", "2025-02-03 09:00,aolson,case/1", "2025-04-02 10:00,aolson,bid/1", "soon,x,y")
    listed, out = town.write("asked.csv", "\n".join(lines)), town.folder / "answer.xlsx"
    assurance(_Asking(town), listed, "cad", out)  # type: ignore[arg-type]  # all of a context that it asks
    said = capsys.readouterr()
    book = load_workbook(out)
    cells = [str(cell) for row in book["Letter"].iter_rows(values_only=True) for cell in row if cell]

    assert "Ann Olson (E1)  authorized" in said.out
    assert "asked.csv, row 4, column time" in said.err
    assert book.sheetnames == ["About", "Letter", "Look-ups", "Not answered"]
    assert {"Signature:", "authorized", "possible unauthorized access"} <= set(cells)
    assert not any("soon" in cell for cell in cells)
