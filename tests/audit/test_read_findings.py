"""Findings are read back: narrowed by what is said of them, and one by one with accesses, history and others."""

from typing import Any

import pytest

from audit.finding_page import NEWEST_OTHERS, finding_page
from audit.move_finding import Move, move_finding
from audit.own_findings import MovedBy
from audit.read_finding import read_finding
from audit.read_findings import FindingsQuestion, read_findings
from config.errors import Invalid, NotFound
from tests.audit.auditing import keys, log, view_bids
from tests.importing import CHICAGO
from tests.installing import installed
from tests.town import NOW, Town


@pytest.fixture
def audited(quiet_town: Town) -> Town:
    """Give the town with a finding of Ann Olson in April and in May, and one of the account ghost in May."""
    view_bids(quiet_town, "2025-04-05", "2025-05-06")
    log(quiet_town, "2025-05-07 12:00,ghost,bid/17,view,C-1,")
    quiet_town.audit()
    return quiet_town


@pytest.mark.parametrize(
    ("asked", "months"),
    [
        ({}, ["2025-04", "2025-05", "2025-05"]),
        ({"who": "e1"}, ["2025-04", "2025-05"]),
        ({"who": "Ann OLSON", "month": "2025-05"}, ["2025-05"]),
        ({"who": "GHOST"}, ["2025-05"]),
        ({"who": "Bo Larson"}, []),
        ({"what": "bids", "reason": "unknown account"}, ["2025-05"]),
        ({"what": "s4", "status": "open"}, ["2025-04", "2025-05", "2025-05"]),
        ({"status": "Not found any more"}, []),
        ({"department": "police"}, ["2025-04", "2025-05"]),
    ],
)
def test_findings_are_narrowed_by_id_name_or_code_however_spelt(
    audited: Town, asked: dict[str, Any], months: list[str]
) -> None:
    found = read_findings(audited.session, FindingsQuestion(**asked), CHICAGO, now=NOW)

    assert [one.month for one in found] == months


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"who": "E99"}, 'no employee or account "E99". The findings name E1, ghost'),
        ({"what": "S99"}, 'no data series or resource "S99". The findings name S4'),
        ({"department": "Harbour"}, 'no department "Harbour"; there are Finance, '),
        ({"status": "guilty"}, '"guilty" is no status; the statuses are open, under_review'),
        ({"reason": "guilt"}, '"guilt" is no reason; the reasons are ignored, public_data'),
        ({"month": "May"}, '"May" is no month'),
        ({"run": 7}, "There is no run 7"),
    ],
)
def test_what_is_known_nowhere_is_refused_with_what_there_is(audited: Town, asked: dict[str, Any], said: str) -> None:
    with pytest.raises((NotFound, Invalid), match=said):
        read_findings(audited.session, FindingsQuestion(**asked), CHICAGO, now=NOW)


def test_one_finding_is_shown_with_its_accesses_the_nearest_grant_its_history_and_others(audited: Town) -> None:
    key = keys(audited)[0]
    move_finding(audited.session, key, Move("under_review", "asked the chief"), now=NOW, by=MovedBy("Jane Roe"))
    with installed(audited.session, audited.settings, NOW).read() as work:
        details = read_finding(work, None, key[:6], accesses=1, others=NEWEST_OTHERS)
        lines = list(finding_page(details, work.zone, 80))

    (access,) = details.accesses.first
    assert (access.file, access.record, access.account, details.accesses.count) == ("cad.csv", 1, "aolson", 1)
    assert lines[:2] == [
        f"Finding {key}: possible unauthorized access, assignment_ended, 2025-04",
        "Who: Ann Olson (E1), Police",
    ]
    assert any(line.startswith("Nearest grant: temporary-duty:") and "through 4 March 2025" in line for line in lines)
    assert "  2 July 2025, 07:00, Jane Roe: open to under_review. asked the chief" in lines
    assert [one.month for one in details.of_same_who.shown] == ["2025-05"]
    assert [one.who for one in details.of_same_what.shown] == ["ghost"]


def test_of_an_account_of_nobody_its_own_accesses_are_shown(audited: Town) -> None:
    log(audited, "2025-05-08 12:00,Ghost2,bid/17,view,C-1,", "2025-05-08 13:00,CITY\\Ghost,bid/18,view,,")
    audited.audit()
    (ghost, _) = read_findings(audited.session, FindingsQuestion(reason="unknown_account"), CHICAGO, now=NOW)
    with installed(audited.session, audited.settings, NOW).read() as work:
        accesses = read_finding(work, None, ghost.key, accesses=5).accesses

    assert [one.account for one in accesses.first] == ["ghost", "CITY\\Ghost"]
