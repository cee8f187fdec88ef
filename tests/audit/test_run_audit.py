"""An audit's findings: who did what how often and why, standing for their month's newest audit."""

import json
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, col, select

from access.models import Employment, TemporaryDuty
from audit.models import FindingFigures
from audit.move_finding import Move, move_finding
from audit.own_findings import MovedBy
from audit.queries import standing_findings
from audit.run_audit import AuditRequest
from config.errors import NotFound
from config.settings import Settings
from tests.audit.auditing import found, keys, log, moved, view_bids
from tests.builders import DAY, JUNE_1, MAY_1, a_row
from tests.databases import on_both
from tests.installing import audit
from tests.town import NOW, Town


@on_both
def test_a_finding_says_who_did_what_how_often_and_why(quiet_town: Town) -> None:
    log(
        quiet_town,
        "2025-03-05 00:41,AOlson,bid/17,view,C-1,",
        "2025-04-02 12:00,aolson@city.example,BID/18,export,C-2,mine",
        "2025-03-03 12:00,CITY\\aolson,bid/18,view,C-2,",
        "2025-03-06 12:00,CITY\\aolson,bid/18,view,C-2,",
        "2025-03-06 13:00,aolson,bid/19,view,,",
    )
    quiet_town.audit()
    march, april = standing_findings(quiet_town.session)

    assert (march.finding.who, march.finding.who_is_employee, march.finding.what, march.finding.what_is_series) == (
        *("E1", True),
        *("S4", True),
    )
    assert (march.finding.verdict, march.finding.status) == ("unauthorized", "open")
    assert (march.figures.events, march.figures.subjects, april.figures.events) == (3, 2, 1)
    assert (march.figures.actions, march.figures.sources, april.figures.actions) == ("view", "cad", "export")
    assert march.figures.first == datetime(2025, 3, 5, 6, 41, tzinfo=UTC)
    assert march.figures.last == datetime(2025, 3, 6, 19, tzinfo=UTC)
    assert march.figures.explanation == (
        "A temporary duty of Ann Olson covered Bids until it was revoked by clerk as of 5 March 2025; it had been "
        "planned through 31 December 2025; the access was 41 minutes later."
    )


@on_both
def test_a_clock_that_was_far_off_is_decided_like_any_other(quiet_town: Town) -> None:
    day = datetime(1910, 1, 1, tzinfo=UTC)
    quiet_town.record(
        a_row(Employment, start=None, end=day + 10_000 * DAY),
        a_row(TemporaryDuty, series="S4", start=day, end=day + 3_000 * DAY),
    )
    log(quiet_town, *(f"{year}-07-01 12:00,aolson,bid/1,view,," for year in (1900, 1915, 1925, 9998)))

    assert quiet_town.audit().counts["assigned"] == 1
    assert [month for _, month, _ in found(quiet_town)] == ["1900-07", "1925-07", "9998-07"]


def test_the_month_of_a_finding_is_that_of_the_entitys_zone(quiet_town: Town) -> None:
    log(quiet_town, "2025-05-01T04:59:59Z,aolson,bid/1,view,,", "2025-05-01T05:00:00Z,aolson,bid/1,view,,")
    quiet_town.audit()

    assert [month for _, month, _ in found(quiet_town)] == ["2025-04", "2025-05"]


def test_accounts_of_nobody_and_resources_of_no_series_are_found_under_their_own_names(quiet_town: Town) -> None:
    log(
        quiet_town,
        "2025-03-05 12:00,CITY\\Ghost,case/17,view,,",
        "2025-03-05 13:00,ghost,case/18,view,,",
        "2025-03-05 13:00,ghost,Other/Thing,view,,",
        "2025-03-05 13:00,aolson,Other/Thing,view,,",
        "2025-03-05 13:00,,case/1,view,,",
    )
    quiet_town.audit()
    told = [
        (one.finding.reason, one.finding.who, one.finding.what, one.figures.events)
        for one in standing_findings(quiet_town.session)
    ]

    assert told == [
        ("uninventoried_resource", "E1", "Other/Thing", 1),
        ("uninventoried_resource", "ghost", "Other/Thing", 1),
        ("unknown_account", "", "S1", 1),
        ("unknown_account", "ghost", "S1", 2),
    ]


def test_the_run_records_what_was_asked_and_decided(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-03-04", "2025-04-05")
    run = quiet_town.audit().run

    assert (run.events, run.authorized, run.unauthorized, run.unresolved, run.out_of_scope) == (2, 1, 1, 0, 0)
    assert json.loads(run.reasons) == {"assigned": 1, "assignment_ended": 1}
    assert (run.examined, run.agreed, run.findings, run.run_by, run.run_at) == (2, 2, 1, "test", NOW)
    assert (run.range_start, run.range_end, run.known_at, run.logs_known_at) == (None, None, NOW, NOW)


def test_auditing_again_changes_nothing(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-04-05")
    first, again = quiet_town.audit(), quiet_town.audit()

    assert (moved(first), moved(again)) == ((1, 0, 0), (0, 0, 0))
    assert len(quiet_town.session.exec(select(FindingFigures)).all()) == 1


@on_both
def test_later_logs_make_a_finding_grow_and_keep_its_status_and_notes(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-04-05")
    first = quiet_town.audit().run
    (key,) = keys(quiet_town)
    move_finding(quiet_town.session, key, Move("under_review", "asked the chief"), now=NOW, by=MovedBy("official"))
    view_bids(quiet_town, "2025-04-05", "2025-04-06", "2025-04-07")
    grown = quiet_town.audit()
    (one,) = standing_findings(quiet_town.session)
    rows = quiet_town.session.exec(select(FindingFigures).order_by(col(FindingFigures.id))).all()

    assert moved(grown) == (0, 1, 0)
    assert (one.finding.key, one.finding.status, one.figures.events) == (key, "under_review", 3)
    # what was counted before stays, with the run that counted it
    assert [(row.run_id, row.events) for row in rows] == [(first.id, 1), (grown.run.id, 3)]


def test_logs_known_at_leaves_out_logs_imported_later(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-04-05", at=MAY_1)
    view_bids(quiet_town, "2025-04-06", at=JUNE_1)

    assert quiet_town.audit(logs_known_at=MAY_1).run.events == 1
    assert quiet_town.audit(logs_known_at=MAY_1 - DAY).run.events == 0
    assert quiet_town.audit().run.events == 2


def test_an_audit_without_logs_finds_nothing(quiet_town: Town) -> None:
    receipt = quiet_town.audit()

    assert (receipt.run.events, receipt.counts, moved(receipt)) == (0, {}, (0, 0, 0))


def test_without_an_entity_nothing_can_be_audited(session: Session, settings: Settings) -> None:
    with pytest.raises(NotFound, match="no entity here yet"):
        audit(session, settings, AuditRequest())
