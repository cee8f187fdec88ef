"""The command line as a user has it: answers on standard output, refusals on standard error, exit status 0, 1 or 2."""

from pathlib import Path

import pytest

from tests.app.commands import Thirteen
from tests.town import FILES, GIVEN, PEOPLE


def test_init_sets_the_entity_up_once(thirteen: Thirteen) -> None:
    first = thirteen("init", "--entity", "Town of Elm")
    again = thirteen("init", "--entity", "Other")

    assert (first.status, first.err) == (0, "")
    assert "Town of Elm is set up" in first.out
    assert (again.status, again.out) == (1, "")
    assert "belongs to Town of Elm already" in again.err


@pytest.mark.parametrize("wrong", [("--entity", " "), ("--entity", "Elm", "--time-zone", "Nowhere/Else")])
def test_an_entity_that_is_refused_leaves_no_data_folder(
    thirteen: Thirteen, tmp_path: Path, wrong: tuple[str, ...]
) -> None:
    assert thirteen("init", *wrong).status == 1
    assert list(tmp_path.iterdir()) == []


def test_a_town_is_entered_and_audited_from_nothing(thirteen: Thirteen) -> None:
    commands: list[tuple[str, ...]] = [
        ("init", "--entity", "Town of Elm"),
        *(("import", kind, str(FILES / f"{kind}.csv")) for kind in (*PEOPLE, *GIVEN)),
        ("source", "add", "cad", "--format", "csv"),
        ("import", "log", str(FILES / "cad.csv"), "--source", "cad"),
    ]

    assert [words for words in commands if thirteen(*words).status != 0] == []
    assert "15 accesses decided: 4 authorized, 4 possibly unauthorized" in thirteen("audit").out


@pytest.mark.parametrize(
    "words",
    [
        *(
            ("audit",),
            ("findings",),
            ("go-live",),
            ("decisions", "--out", "d.csv"),
            ("source", "add", "x", "--format", "csv"),
        ),
        ("explain", "--employee", "E1", "--series", "S1", "--at", "2025-03-03"),
        ("report", "findings", "--out", "f.xlsx"),
        ("import", "positions", "missing.csv"),
        ("import", "log", "missing.csv", "--source", "cad"),
    ],
)
def test_before_init_a_command_says_what_to_do(thirteen: Thirteen, words: tuple[str, ...]) -> None:
    ran = thirteen(*words)

    assert (ran.status, ran.out) == (1, "")
    assert "thirteen init" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        *((), ("no-such-command",), ("import", "no-such-kind", "f.csv"), ("explain", "--employee", "E1"), ("init",)),
        ("findings", "--no-such-option"),
    ],
)
def test_wrong_usage_exits_2(thirteen: Thirteen, words: tuple[str, ...]) -> None:
    assert thirteen(*words).status == 2


def test_help_exits_0(thirteen: Thirteen) -> None:
    assert thirteen("--help").status == 0
    assert thirteen("import", "inventory", "--help").status == 0


def test_the_data_folder_is_named_before_or_after_the_command(thirteen: Thirteen, tmp_path: Path) -> None:
    other = str(tmp_path / "other")

    assert thirteen("--data-dir", other, "init", "--entity", "Village").status == 0
    assert "Village" in thirteen("entity", "--data-dir", other).out


def test_bytes_that_are_no_letters_are_refused(thirteen: Thirteen) -> None:
    ran = thirteen("init", "--entity", "Caf\udce9")

    assert (ran.status, ran.out) == (1, "")
    assert "holds bytes that are no letters in UTF-8" in ran.err


def test_after_going_live_a_duty_entered_late_is_backdated(town_thirteen: Thirteen, tmp_path: Path) -> None:
    assert town_thirteen("go-live").status == 0
    assert town_thirteen("go-live").status == 1
    (tmp_path / "late.csv").write_text(
        "employee_id,series,actions,start,end,granted_by,reason\nE1,S4,view,2025-03-05,2025-03-31,E2,more bids\n"
    )
    town_thirteen("import", "temporary-duties", "late.csv")

    ran = town_thirteen("explain", "--employee", "E1", "--series", "S4", "--at", "2025-03-05T00:41:00-06:00")
    assert ran.out.startswith("unresolved: backdated")


def test_a_source_whose_profile_names_a_zone_has_that_zone(town_thirteen: Thirteen) -> None:
    plain = town_thirteen("source", "add", "permits", "--format", "csv", "--time-zone", "UTC").out
    ran = town_thirteen("source", "add", "mail", "--format", "csv", "--profile", "m365-unified-audit-csv").out

    assert plain == "Source permits: csv logs of permits, times without an offset in UTC.\n"
    assert ran == "Source mail: csv logs of mail, times without an offset in UTC, as the profile says.\n"
