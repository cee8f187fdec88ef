"""The file of refused rows is whole or not there, never written over another, and can be imported as it is."""

import csv
from pathlib import Path

import pytest
from sqlmodel import Session

from access.import_positions import PositionImporter
from access.models import Position
from config.errors import Conflict, Invalid
from config.tables.import_file import ImportRequest, import_table
from tests.config.tables.positions import HEADINGS, THREE
from tests.importing import CHICAGO, JULY_1, current_rows

BAD = THREE + "P4,,Police\n"


def rejects_of(session: Session, folder: Path, text: str, named: Path | None = None) -> Path | None:
    """Import what is good of a table, and give where the rest was written."""
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    request = ImportRequest("positions", path, {}, skip_bad_rows=True, rejects=named)
    return import_table(session, PositionImporter(session, CHICAGO), request, now=JULY_1, by="clerk")[1]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "data")


def test_a_file_that_is_being_repaired_stays_and_the_next_free_name_is_taken(session: Session, tmp_path: Path) -> None:
    (tmp_path / "table.rejects.csv").write_text("being repaired")

    assert rejects_of(session, tmp_path, BAD) == tmp_path / "table.rejects-2.csv"
    assert (tmp_path / "table.rejects.csv").read_text() == "being repaired"


def test_the_same_rows_again_need_no_other_file(session: Session, tmp_path: Path) -> None:
    assert rejects_of(session, tmp_path, BAD) == rejects_of(session, tmp_path, BAD) == tmp_path / "table.rejects.csv"
    assert rejects_of(session, tmp_path, BAD + "P5,,Police\n") == tmp_path / "table.rejects-2.csv"
    assert names(tmp_path) == ["table.csv", "table.rejects-2.csv", "table.rejects.csv"]


def test_a_name_that_the_user_gave_is_kept_to_or_refused(session: Session, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("being repaired")

    with pytest.raises(Conflict, match=r"mine\.csv is there already and may be under repair\. Nothing was imported\."):
        rejects_of(session, tmp_path, BAD, tmp_path / "mine.csv")
    with pytest.raises(Invalid, match=r"must end in \.csv"):
        rejects_of(session, tmp_path, BAD, tmp_path / "mine.xlsx")

    assert current_rows(session, Position) == []
    assert names(tmp_path) == ["mine.csv", "table.csv"]
    assert rejects_of(session, tmp_path, BAD, tmp_path / "other.csv") == tmp_path / "other.csv"


def test_where_nothing_can_be_written_nothing_is_imported(session: Session, tmp_path: Path) -> None:
    with pytest.raises(Conflict, match=r"cannot be written to .*Nothing was imported"):
        rejects_of(session, tmp_path, BAD, tmp_path / "no" / "folder.csv")

    assert current_rows(session, Position) == []


def test_cells_that_would_calculate_are_guarded_and_come_in_again_as_they_were(
    session: Session, tmp_path: Path
) -> None:
    rejects = rejects_of(session, tmp_path, HEADINGS + "=P1,,@Fire\n-5,,'+1\n")
    assert rejects is not None
    text = rejects.read_text(encoding="utf-8-sig")
    assert [row[:3] for row in csv.reader(text.splitlines())][1:] == [["'=P1", "", "'@Fire"], ["'-5", "", "''+1"]]

    assert rejects_of(session, tmp_path, text.replace(",,", ",Clerk,")) is None
    found = [(row.position_code, row.department) for row in current_rows(session, Position)]
    assert found == [("=P1", "@Fire"), ("-5", "'+1")]


def test_rows_refused_once_more_bear_their_newest_reason_alone(session: Session, tmp_path: Path) -> None:
    first = rejects_of(session, tmp_path, BAD)
    assert first is not None
    again = rejects_of(session, tmp_path, first.read_text(encoding="utf-8-sig").replace("P4", "P9"))
    assert again is not None

    with again.open(encoding="utf-8-sig", newline="") as file:
        headings, row = csv.reader(file)
    assert headings == ["position_code", "title", "department", "refused row", "refused because", "refused text"]
    assert row[:4] == ["P9", "", "Police", "2"]
