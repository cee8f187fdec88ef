"""What is due is removed wholly, what is held is not, and audits and reports say what is no longer there."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from app.remove_leftovers import remove_leftovers
from audit.audit_receipt import receipt_lines
from audit.decide_range import Outcome, decide_range
from audit.logs.check_store import check_store
from audit.logs.coverage import CoverageRequest, read_coverage
from audit.logs.keeping.compact_store import compact_store
from audit.logs.keeping.find_due import SourceDue, find_due
from audit.logs.keeping.legal_holds import HoldRequest, lift_hold, place_hold
from audit.logs.keeping.removed import removals
from audit.logs.keeping.retention import Retention, state_retention
from audit.logs.retention_models import HeldWhat, PeriodUnit, Removal
from audit.publish import RecordMoved
from audit.queries import standing_findings
from audit.read_finding import read_finding
from audit.remove_due import remove_due
from config.errors import Conflict, Invalid, NotFound
from reports.write_decisions import DecisionsRequest, write_decisions
from tests.audit.auditing import HEADINGS, found, log
from tests.databases import on_both
from tests.installing import installed
from tests.town import IMPORTED, NOW, Town

# Told of nobody else, so that what is left of it anywhere is found by its letters.
OLD = "2025-02-03 12:00,formerclerk,secretfile/17,view,Zebulon Pike,case ZP-9,"
OLD_HELD = "2025-02-04 12:00,aolson,case/1,view,Quincy Adams,case QA-7,"
NEW = "2025-05-20 12:00,aolson,case/2,view,C-3,"
LATER = NOW + timedelta(days=1)
TWO_MONTHS = Retention(2, PeriodUnit.MONTHS, "CAD 100", "Council resolution 2024-7")  # due: before 3 May


@pytest.fixture
def filled(town: Town) -> Town:
    """Give the town with old accesses and new ones, one that cannot be read, and a retention period."""
    log(town, OLD, OLD_HELD, "13 o'clock,peg,leg,view,Unreadable Jones,,", at=IMPORTED + timedelta(hours=1))
    log(town, NEW, at=IMPORTED + timedelta(hours=2))
    with installed(town.session, town.settings, NOW).change() as work:
        state_retention(work, "cad", TWO_MONTHS)
    return town


def due(town: Town) -> SourceDue:
    """Give what of cad is due."""
    with installed(town.session, town.settings, LATER).read() as work:
        (one,) = find_due(work)
    return one


def remove(town: Town, stamp: str | None = None) -> Removal | None:
    """Remove what of cad is due."""
    removal = remove_due(installed(town.session, town.settings, LATER), "cad", stamp=stamp)
    town.session.expire_all()
    return removal


def hold(town: Town, what: HeldWhat, about: str = "", source: str = "cad") -> int:
    """Place a legal hold, and give its number."""
    with installed(town.session, town.settings, NOW).change() as work:
        return place_hold(work, HoldRequest(source, what, about, "Pike v. Elm")).id


def said_in(folder: Path, text: str) -> list[str]:
    """Name the files of a folder that have a text in them; a Parquet file keeps short ones as they are."""
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in (text.encode(), text.encode("utf-16-le")))
    )


def exported(town: Town) -> str:
    """Give the decisions as they are exported."""
    out = town.folder / "decisions.csv"
    write_decisions(town.session, DecisionsRequest(out, None, None, LATER), town.settings)
    return out.read_text()


@on_both
@pytest.mark.parametrize("together", [False, True])
def test_what_is_removed_is_nowhere_in_the_data_folder(filled: Town, together: bool) -> None:  # noqa: FBT001 - a case
    filled.audit()
    if together:
        compact_store(installed(filled.session, filled.settings, NOW))
    gone = ("Zebulon Pike", "ZP-9", "Unreadable Jones")
    assert all(said_in(filled.settings.data_dir, text) for text in gone)

    removal = remove(filled)

    assert removal is not None
    left = {text: said_in(filled.settings.data_dir, text) for text in gone}
    assert left == {text: [] for text in gone}
    check_store(filled.session, filled.settings.data_dir, digest_all=True)
    assert "case/2" in exported(filled)
    assert "2025-02" not in exported(filled)


def test_a_removal_stays_on_the_record_with_its_schedule(filled: Town) -> None:
    before = due(filled)

    removal = remove(filled, before.stamp)

    assert removal is not None
    (kept,) = removals(filled.session)
    assert (kept.source, kept.events, kept.rejects, kept.held) == ("cad", before.events, before.rejects, 0)
    assert (kept.code, kept.citation, kept.keeps, kept.unit) == ("CAD 100", "Council resolution 2024-7", 2, "months")
    assert kept.first_time is not None
    assert (kept.first_time, kept.removed_by) == (before.first, "test")
    assert due(filled).is_nothing
    assert remove(filled) is None


def test_what_was_shown_to_be_due_is_all_that_is_removed(filled: Town) -> None:
    shown = due(filled)
    hold(filled, HeldWhat.TEXT, "zp-9")

    with pytest.raises(Conflict, match="something else is due now than was shown"):
        remove(filled, shown.stamp)

    assert "ZP-9" in exported(filled)


@pytest.mark.parametrize(
    ("what", "about", "source"),
    [
        (HeldWhat.TEXT, "qa-7", ""),
        (HeldWhat.ACCOUNT, r"ELM\AOLSON", "cad"),
        (HeldWhat.EMPLOYEE, "E1", "cad"),
    ],
)
def test_what_is_held_stays_until_the_hold_is_lifted(filled: Town, what: HeldWhat, about: str, source: str) -> None:
    number = hold(filled, what, about, source)
    removal = remove(filled)

    assert removal is not None
    assert removal.held > 0
    assert "Quincy Adams" in exported(filled)
    assert "Zebulon Pike" not in exported(filled)

    with installed(filled.session, filled.settings, LATER).change() as work:
        lift_hold(work, number)
    again = remove(filled)
    assert again is not None
    assert again.events == removal.held
    assert "Quincy Adams" not in exported(filled)


def test_a_held_source_keeps_everything(filled: Town) -> None:
    hold(filled, HeldWhat.EVERYTHING, source="")
    before = exported(filled)

    assert remove(filled) is None

    assert (exported(filled), due(filled).held > 0) == (before, True)


def test_a_hold_counts_on_its_days_alone(filled: Town) -> None:
    ended = HoldRequest("cad", HeldWhat.EVERYTHING, "", "Pike v. Elm", date(2025, 1, 1), date(2025, 7, 1))
    with installed(filled.session, filled.settings, NOW).change() as work:
        place_hold(work, ended)

    assert due(filled).held == 0


def test_findings_of_what_was_removed_keep_their_facts(filled: Town) -> None:
    filled.audit()
    before, texts = found(filled), [one.figures.explanation for one in standing_findings(filled.session)]
    remove(filled)

    receipt = filled.audit(at=LATER + timedelta(hours=1))

    assert receipt.is_new
    assert (receipt.moves.gone, receipt.moves.changed) == (0, 0)
    assert (found(filled), [one.figures.explanation for one in standing_findings(filled.session)]) == (before, texts)
    said = " ".join(receipt_lines(receipt))
    assert "Accesses of cad before 3 May 2025 were removed under schedule CAD 100 (Council resolution 2024-7)" in said


def test_the_accesses_of_a_finding_are_said_to_be_removed(filled: Town) -> None:
    filled.audit()
    (key,) = (one.finding.key for one in standing_findings(filled.session) if one.finding.what == "secretfile/17")
    remove(filled)

    with installed(filled.session, filled.settings, LATER).read() as work:
        details = read_finding(work, None, key, accesses=5)

    assert (details.finding.events, details.accesses.first) == (1, ())
    assert details.accesses.removed.startswith("Accesses of cad before 3 May 2025 were removed under schedule CAD 100")


def test_a_finding_grows_where_more_has_come_than_was_removed(filled: Town) -> None:
    filled.audit()
    before = set(found(filled))
    remove(filled)
    lines = "".join(f"2025-02-2{day} 12:00,formerclerk,secretfile/17,view,C-1,\n" for day in range(3))
    receipt = filled.log(f"{HEADINGS}\n{lines}", at=LATER + timedelta(hours=1))
    assert any("which are due to be removed at once" in notice for notice in receipt.notices)

    filled.audit(at=LATER + timedelta(hours=2))

    ((reason, month, had),) = before - set(found(filled))
    assert set(found(filled)) - before == {(reason, month, 3)}
    assert had < 3


def test_an_audit_that_runs_meanwhile_publishes_nothing(filled: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files are gone, which is no fault of the disk; and nothing of what it read stays in the cache."""

    def removing(*asked: Any) -> Outcome:  # noqa: ANN401 - as decide_range is asked
        remove_due(installed(filled.session, filled.settings, LATER), "cad")
        return decide_range(*asked)

    before = found(filled)
    monkeypatch.setattr("audit.run_audit.decide_range", removing)
    with pytest.raises(RecordMoved, match="was changed while the audit ran"):
        filled.audit()

    assert found(filled) == before
    assert list((filled.settings.data_dir / "cache").glob("decided-*")) == []
    assert said_in(filled.settings.data_dir, "Zebulon Pike") == []


def test_where_the_process_is_killed_right_after_the_commit_the_next_start_removes_the_files(
    filled: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.logs.keeping.remove_due.remove_replaced", lambda *_, **__: None)
    remove(filled)
    assert said_in(filled.settings.data_dir, "Zebulon Pike")
    told = list[str]()

    remove_leftovers(installed(filled.session, filled.settings, LATER).engine, filled.settings, told.append)

    assert (said_in(filled.settings.data_dir, "Zebulon Pike"), told) == ([], [])


def test_a_day_whose_accesses_were_removed_is_neither_missing_nor_seen(filled: Town) -> None:
    remove(filled)

    with installed(filled.session, filled.settings, LATER).read() as work:
        (one,) = read_coverage(work, CoverageRequest("cad"))

    states = {day.day: day.state for day in one.days}
    assert (states[date(2025, 2, 3)], states[date(2025, 5, 20)]) == ("removed", "seen")
    assert (one.removed, one.missing) == (sum(state == "removed" for state in states.values()), one.missing)
    assert one.said_removed.startswith("Accesses of cad before 3 May 2025 were removed under schedule CAD 100")


def test_without_a_period_nothing_is_due_and_a_period_names_its_schedule(town: Town) -> None:
    with pytest.raises(NotFound, match="No retention period is entered for cad"):
        remove(town)
    nameless = Retention(1, PeriodUnit.YEARS, " ", "")
    with pytest.raises(Invalid, match=r"138\.17"), installed(town.session, town.settings, NOW).change() as work:
        state_retention(work, "cad", nameless)
    assert town.session.exec(select(Removal)).all() == []
