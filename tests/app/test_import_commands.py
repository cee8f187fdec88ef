"""Importing at the command line: whole or not at all, again without effect, and refused with what to do."""

from pathlib import Path

import pytest

from tests.app.commands import Thirteen
from tests.town import FILES, GIVEN, PEOPLE

BAD = "position_code,title,department\nP8,Clerk,Police\n,Nobody,Police\n"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """Give a file with a bad row."""
    path = tmp_path / "bad.csv"
    path.write_text(BAD, encoding="utf-8")
    return path


def test_a_file_with_a_bad_row_is_refused_whole(town_thirteen: Thirteen, bad: Path) -> None:
    ran = town_thirteen("import", "positions", str(bad))
    dry = town_thirteen("import", "positions", "--dry-run", str(FILES / "positions.csv"))

    assert (ran.status, ran.out) == (1, "")
    assert "1 of 2 rows cannot be taken; nothing was imported" in ran.err
    assert "bad.csv" in ran.err
    assert "4 unchanged" in dry.out
    assert not list(bad.parent.glob("*rejects*"))


def test_bad_rows_are_skipped_when_asked_and_written_to_a_rejects_file(town_thirteen: Thirteen, bad: Path) -> None:
    ran = town_thirteen("import", "positions", "--skip-bad-rows", str(bad))

    assert ran.status == 0
    assert "1 added, 0 changed, 0 unchanged, 1 refused" in ran.out
    assert "Nobody" in (bad.parent / "bad.rejects.csv").read_text(encoding="utf-8-sig")


def test_a_dry_run_records_nothing(town_thirteen: Thirteen, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text("position_code,title,department\nP8,Clerk,Police\n", encoding="utf-8")
    said = [town_thirteen("import", "positions", "--dry-run", "more.csv").out for _ in range(2)]

    assert "1 added" in said[0]
    assert "nothing was recorded" in said[0]
    assert said[0] == said[1]


def test_a_file_that_is_not_there_is_refused(town_thirteen: Thirteen) -> None:
    for words in (("positions", "none.csv"), ("log", "none.csv", "--source", "cad")):
        ran = town_thirteen("import", *words)

        assert (ran.status, ran.out) == (1, "")
        assert "none.csv" in ran.err


def test_importing_a_file_again_adds_nothing(town_thirteen: Thirteen) -> None:
    for kind in (*PEOPLE, *GIVEN):
        assert "0 added, 0 changed" in town_thirteen("import", kind, str(FILES / f"{kind}.csv")).out
    log = town_thirteen("import", "log", str(FILES / "cad.csv"), "--source", "cad")

    assert "16 records read: 0 added, 15 already known, 1 unreadable" in log.out


def test_a_log_of_an_unknown_source_is_refused(town_thirteen: Thirteen) -> None:
    ran = town_thirteen("import", "log", str(FILES / "cad.csv"), "--source", "ghost")

    assert ran.status == 1
    assert 'no source "ghost"; the sources are cad' in ran.err


def test_of_several_logs_one_that_is_not_there_keeps_the_others_out(town_thirteen: Thirteen, tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text("time,account,resource,action\n2025-03-05 10:00,a,agenda/9,view\n")

    refused = town_thirteen("import", "log", "new.csv", "none.csv", "--source", "cad")

    assert (refused.status, refused.out) == (1, "")
    assert "1 added" in town_thirteen("import", "log", "new.csv", "--source", "cad").out


def test_a_duty_that_nobody_known_granted_is_taken_with_a_notice(town_thirteen: Thirteen, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text(
        "employee_id,series,actions,start,end,granted_by,reason\n"
        "E1,S1,view,2025-07-01,2025-07-02,E1,own idea\nE1,S1,view,2025-08-01,2025-08-02,Bo,as told\n"
    )

    said = town_thirteen("import", "temporary-duties", "more.csv").err

    assert "Row 2: the employee granted the duty to themselves; check who assigned the work." in said
    assert "Row 3: granted_by is no employee_id, so nobody can look up who assigned the work." in said
