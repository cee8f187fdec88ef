"""A question about the past keeps what it finds under its run, and leaves alone what stands; findings that grow."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from access.models import WorkAccess
from audit.audit_receipt import receipt_lines
from audit.differences import Difference, Differences
from audit.finding_views import finding_views, vanished_views
from audit.models import AuditRun, Finding, FindingMove
from audit.move_finding import Move, move_finding
from audit.own_findings import MovedBy
from audit.run_views import missing_views, run_views
from audit.statuses import NOT_FOUND
from config.errors import Invalid, NotFound
from tests.audit.auditing import found, keys, moved, open_bids, view_bids
from tests.builders import DAY, JUNE_1, MAY_1
from tests.databases import on_both
from tests.town import ENTERED, NOW, Town

CHICAGO = ZoneInfo("America/Chicago")
EXPLAINED = Move("explained", "the grant was missing")


@on_both
def test_what_was_known_in_the_past_is_a_question_that_leaves_what_stands_alone(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-04-05")
    open_bids(quiet_town, MAY_1)
    quiet_town.audit()

    then = quiet_town.audit(known_at=MAY_1 - timedelta(microseconds=1))
    (one,) = run_views(quiet_town.session, then.run.id, CHICAGO)

    assert found(quiet_town) == []
    assert (then.run.is_question, then.run.findings, then.differences) == (True, 1, Differences(more=1))
    assert (one.reason, one.month, one.events, one.difference) == ("assignment_ended", "2025-04", 1, Difference.MORE)
    assert receipt_lines(then)[-3:] == [
        f"This was a question about the past: its findings (1) are kept under run 2, digest {then.run.digest[:16]}.",
        "The findings that stand were left alone.",
        "Beside the findings that stand: 0 that stand would not be there, 1 more, 0 counted otherwise.",
    ]


def test_a_question_says_what_would_not_be_there_and_what_is_counted_otherwise(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-04-05", "2025-05-05", at=MAY_1)
    view_bids(quiet_town, "2025-04-06", "2025-06-05", at=JUNE_1)
    quiet_town.audit()

    receipt = quiet_town.audit(logs_known_at=MAY_1)
    asked = [(one.month, one.events, one.difference) for one in run_views(quiet_town.session, receipt.run.id, CHICAGO)]

    assert receipt.differences == Differences(missing=1, otherwise=1)
    assert asked == [("2025-04", 1, Difference.OTHERWISE), ("2025-05", 1, Difference.NONE)]
    assert [one.month for one in missing_views(quiet_town.session, receipt.run.id)] == ["2025-06"]
    assert [(month, events) for _, month, events in found(quiet_town)] == [
        ("2025-04", 2),
        ("2025-05", 1),
        ("2025-06", 1),
    ]


def test_a_question_asked_again_is_answered_from_its_run_until_other_findings_stand(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-04-05")
    open_bids(quiet_town, MAY_1)
    quiet_town.audit()
    first = quiet_town.audit(known_at=MAY_1 - DAY)

    again, other = quiet_town.audit(known_at=MAY_1 - DAY), quiet_town.audit(known_at=MAY_1 - 2 * DAY)

    assert (again.run.id, again.differences, again.is_new) == (first.run.id, first.differences, False)
    assert other.run.id == first.run.id + 1
    # the newest audit that stands is said again, too, whatever was asked since
    assert quiet_town.audit().run.id == first.run.id - 1


def test_a_question_about_a_time_at_which_nothing_was_known_says_so(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-04-05")

    (notice,) = quiet_town.audit(known_at=ENTERED - DAY).notices
    assert notice.startswith("On 1 January 2025, 06:00, neither people nor")


def test_what_will_be_known_cannot_be_asked(quiet_town: Town) -> None:
    for asked in ({"known_at": NOW + DAY}, {"logs_known_at": NOW + DAY}):
        with pytest.raises(Invalid, match="has not come yet"):
            quiet_town.audit(**asked)

    assert quiet_town.session.exec(select(AuditRun)).all() == []


def test_the_findings_of_an_earlier_run_can_still_be_read(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-04-05", at=MAY_1)
    first = quiet_town.audit().run
    view_bids(quiet_town, "2025-04-06", at=JUNE_1)
    second = quiet_town.audit().run
    open_bids(quiet_town, MAY_1)
    third = quiet_town.audit().run

    counted = [[one.events for one in run_views(quiet_town.session, run.id, CHICAGO)] for run in (first, second, third)]
    assert counted == [[1], [2], []]
    with pytest.raises(NotFound, match="no run 9; the runs are, the newest first, 3, 2, 1"):
        run_views(quiet_town.session, 9, CHICAGO)


@on_both
def test_a_closed_finding_that_grows_is_open_again_and_says_by_how_much(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-04-05")
    quiet_town.audit()
    (key,) = keys(quiet_town)
    move_finding(quiet_town.session, key, EXPLAINED, now=NOW, by=MovedBy("official"))
    view_bids(quiet_town, "2025-04-06", "2025-04-07")
    receipt = quiet_town.audit()
    (one,) = finding_views(quiet_town.session)
    last = quiet_town.session.exec(select(FindingMove).order_by(col(FindingMove.id).desc())).first()

    assert (receipt.moves.grown, moved(receipt)) == (1, (0, 1, 0))
    assert receipt_lines(receipt)[-1] == "1 finding was closed and grew since; open again."
    assert (one.status, one.grown, one.notes) == ("open", 2, 2)
    assert last is not None
    assert (last.from_status, last.to_status, last.note) == (
        "explained",
        "open",
        "Grew by 2 accesses since it was closed.",
    )


@on_both
def test_a_finding_that_is_not_found_any_more_keeps_its_notes_and_returns_with_them(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-04-05")
    quiet_town.audit()
    (key,) = keys(quiet_town)
    move_finding(quiet_town.session, key, EXPLAINED, now=NOW, by=MovedBy("official"))
    open_bids(quiet_town, MAY_1)
    gone = quiet_town.audit()
    (vanished,) = vanished_views(quiet_town.session)

    assert (moved(gone), keys(quiet_town)) == ((0, 0, 1), [])
    assert (vanished.key, vanished.status, vanished.events, vanished.last_note) == (
        *(key, NOT_FOUND, 1),
        "the grant was missing",
    )
    quiet_town.session.delete(quiet_town.session.exec(select(WorkAccess).where(WorkAccess.holder == "E1")).one())
    back = quiet_town.audit()
    (returned,) = finding_views(quiet_town.session)
    assert (back.moves.returned, moved(back)) == (1, (0, 0, 0))
    # it did not grow, so it is as it was left
    assert (returned.status, returned.notes) == ("explained", 1)
    assert quiet_town.session.exec(select(Finding.status)).one() == "explained"
