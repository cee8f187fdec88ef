"""Corrections at the command line: listed, numbered, taken back and withdrawn, with what to do said as options."""

import json
from pathlib import Path

from tests.app.commands import Thirteen

WIDE = "series,holder_type,holder,actions\nS1,employee,E2,*\n"
NARROW = WIDE.replace("*", "view")


def write(name: str, text: str) -> str:
    """Write a file where the commands run."""
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_a_grant_that_is_narrowed_is_told_to_stand_beside_the_wider_one(town_thirteen: Thirteen) -> None:
    town_thirteen("import", "work-access", write("wide.csv", WIDE))
    ran = town_thirteen("import", "work-access", write("narrow.csv", NARROW))
    dry = town_thirteen("import", "work-access", "narrow.csv", "--replace", "--dry-run", "--format", "csv")

    assert "Second facts (1): Both now hold; if the file corrects the older one, import it with --replace." in ran.err
    assert "row 2, S1 employee E2: actions *, purposes * -> actions view, purposes *" in ran.err
    assert dry.out.splitlines() == [
        "change,row,subject,column,was,now",
        'withdrawn,,S1 employee E2,,"actions *, purposes *",',
    ]


def test_an_import_is_taken_back_by_its_number(town_thirteen: Thirteen) -> None:
    added = town_thirteen("import", "work-access", write("wide.csv", WIDE)).out
    number = added.rpartition("Import ")[2].strip(".\n")
    undone = town_thirteen("undo", number)
    listed = json.loads(town_thirteen("imports", "--format", "json").out)

    assert f"Import {number} (work-access wide.csv) is taken back: 1 of its rows closed" in undone.out
    assert [(one["kind"], one["undoes"], one["undone_by"]) for one in listed[-2:]] == [
        ("work-access", "", listed[-1]["number"]),
        ("undo", number, ""),
    ]
    assert "Taken back by" in town_thirteen("imports").out


def test_a_grant_is_withdrawn_with_its_reason(town_thirteen: Thirteen) -> None:
    ran = town_thirteen("withdraw", "work-access:1", "--reason", "meant for another series")
    again = town_thirteen("withdraw", "work-access:1", "--reason", "once more")

    assert "is withdrawn: meant for another series. Import" in ran.out
    assert (again.status, again.out) == (1, "")
    assert "work-access:1 stands no longer" in again.err


def test_a_series_is_renamed_and_keeps_its_code(town_thirteen: Thirteen) -> None:
    ran = town_thirteen("series", "rename", "S1", "Files of cases")

    assert 'S1 is renamed from "Case files" to "Files of cases". Import' in ran.out
    assert "is named" in town_thirteen("series", "rename", "s1", "Files of cases").err


def test_a_constant_fills_a_column_that_the_file_lacks(town_thirteen: Thirteen) -> None:
    file = write("sheriff.csv", "position_code,title\nP9,Deputy\n")
    ran = town_thirteen("import", "positions", file, "--columns", "department='Sheriff'", "--dry-run")
    next_time = town_thirteen("import", "positions", file)

    assert "row 2, P9: title Deputy, department Sheriff" in ran.err
    assert "has no column for department" in next_time.err


def test_an_option_that_means_nothing_to_a_kind_is_refused(town_thirteen: Thirteen) -> None:
    file = write("positions.csv", "position_code,title,department\nP9,Deputy,Sheriff\n")

    assert "Leave --replace out." in town_thirteen("import", "positions", file, "--replace").err
    assert "Leave --as-of out." in town_thirteen("import", "positions", file, "--as-of", "2025-01-01").err
    assert "is for --dry-run" in town_thirteen("import", "positions", file, "--format", "csv").err
