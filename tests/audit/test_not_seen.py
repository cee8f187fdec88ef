"""An audit says which days of its time it did not see, as they stood then."""

from datetime import timedelta

from audit.audit_receipt import receipt_lines
from audit.logs.expected_logs import expect_logs
from audit.models import AuditRun
from audit.said_not_seen import said_not_seen
from config.clock import read_end, read_start
from tests.audit.auditing import found, view_bids
from tests.audit.test_questions import CHICAGO
from tests.builders import JUNE_1
from tests.databases import on_both
from tests.town import NOW, Town

GAP = "Days not seen: 2 (cad between 5 and 6 March 2025); accesses of these days are not judged."


def expect_daily(town: Town) -> None:
    expect_logs(town.session, "cad", cadence="daily", keeps_days=None, now=JUNE_1, by="test")


@on_both
def test_a_receipt_says_what_was_not_seen_until_it_arrives_and_a_run_keeps_what_it_said(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-03-04", "2025-03-07")
    expect_daily(quiet_town)
    first, last = read_start("2025-03-04", CHICAGO), read_end("2025-03-07", CHICAGO)

    receipt = quiet_town.audit(first, last)
    assert GAP in receipt_lines(receipt)
    assert (receipt.run.days_not_seen, said_not_seen(quiet_town.session)) == (2, GAP)
    run = receipt.run.id

    view_bids(quiet_town, "2025-03-05", "2025-03-06", at=NOW)
    later = quiet_town.audit(first, last, at=NOW + timedelta(minutes=1))
    assert (later.is_new, later.run.days_not_seen) == (True, 0)
    assert quiet_town.session.get_one(AuditRun, run).not_seen == GAP


def test_another_cadence_makes_another_run_that_decides_the_same(town: Town) -> None:
    before = town.audit()
    findings = found(town)
    expect_daily(town)

    after = town.audit(at=NOW + timedelta(minutes=1))

    assert "no cadence is stated" in before.run.not_seen
    assert (after.is_new, after.run.digest, found(town)) == (True, before.run.digest, findings)
    assert "longest: cad between" in after.run.not_seen
