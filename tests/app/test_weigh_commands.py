"""What duties and work access would mean, at the command line: said, and nothing is recorded."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.app.commands import Thirteen

_GRANT = ("duty", "grant", "--employee", "E1", "--series", "S4", "--by", "E2", "--reason", "covers for Eve")
_DAY = datetime.now(UTC) - timedelta(9)
_LATELY = f"time,account,resource,action,subject,purpose\n{_DAY:%Y-%m-%d} 10:00,blarson,pay/1,export,,"
_UNSEEN = "No log of the last 90 days is here of a system that holds this data, so how it is used cannot be told."
_WIDE = "series,holder_type,holder,actions\nS4,department,Police,view\nS2,everyone,,view\n"


def test_a_duty_is_weighed_granted_and_its_changes_are_weighed(town_thirteen: Thirteen) -> None:
    weighed = town_thirteen(*_GRANT, "--to", "+3d", "--preview")
    assert (weighed.status, town_thirteen("duty", "list", "--state", "in force").out.count("Ann Olson")) == (0, 0)
    assert _UNSEEN in weighed.out

    duty = town_thirteen(*_GRANT, "--to", "+3d").out.split()[1]
    extended = town_thirteen("duty", "extend", duty, "--to", "+9d", "--preview")
    revoked = town_thirteen("duty", "revoke", duty, "--reason", "Eve is back", "--preview")
    assert _UNSEEN in extended.out
    assert _UNSEEN in revoked.out
    assert "in force" in town_thirteen("duty", "list", "--state", "in force").out


def test_a_withdrawal_and_an_import_are_weighed_and_nothing_of_them_stands(town_thirteen: Thirteen) -> None:
    Path("wide.csv").write_text(_WIDE, encoding="utf-8")
    before = town_thirteen("list", "grants").out
    imported = town_thirteen("import", "work-access", "wide.csv", "--preview")
    withdrawn = town_thirteen("withdraw", "work-access:1", "--reason", "a slip", "--preview")

    assert (imported.status, withdrawn.status) == (0, 0), imported.err
    assert "Dry run: nothing was recorded." in imported.out + imported.err
    assert "It reaches 2 people employed now.\nNobody else has this access now.\n" in imported.out
    assert _UNSEEN in withdrawn.out
    assert town_thirteen("list", "grants").out == before


def test_a_withdrawal_at_the_terminal_waits_for_nobody_whatever_reads_otherwise_then(
    town_thirteen: Thirteen,
) -> None:
    Path("late.csv").write_text(_LATELY, encoding="utf-8")
    town_thirteen("source", "add", "late", "--format", "csv", "--system", "cad")
    town_thirteen("import", "log", "late.csv", "--source", "late")
    town_thirteen("audit")
    before = town_thirteen("list", "grants").out
    ran = town_thirteen("withdraw", "work-access:1", "--reason", "a slip")

    assert (ran.status, "Import" in ran.out) == (0, True), ran
    assert town_thirteen("list", "grants").out != before
