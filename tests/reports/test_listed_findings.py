"""The findings that stand are read in one order from both kinds of database, and only those of the wanted months."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import Session

from audit.models import AuditRun, Finding, FindingFigures
from reports.listed_findings import ListedFindings
from tests.audit.auditing import open_bids, view_bids
from tests.builders import DAY, MAY_1, a_run
from tests.databases import on_both
from tests.importing import CHICAGO
from tests.town import Town

APRIL_2, APRIL_9 = datetime(2025, 4, 2, 17, tzinfo=UTC), datetime(2025, 4, 9, 17, tzinfo=UTC)
# The sorting of a language ignores case, punctuation and accents at first; Python's order is that of code points.
WHO = ["B", "a b", "a-b", "ab", "b", "É", "é", "\U0001f600"]


def record_finding(session: Session, number: int, **changes: str) -> None:
    """Record a finding with the figures of two audits, of which the second stand."""
    facts: dict[str, Any] = {"who": "E1", "what": "S1", "reason": "no_work_assignment", "month": "2025-04"} | changes
    finding = Finding(
        id=number, key=f"k{number}", who_is_employee=True, what_is_series=False, verdict="unauthorized", **facts
    )
    session.add(finding)
    session.flush()
    rest: dict[str, Any] = {"first": APRIL_2, "last": APRIL_9, "actions": "view", "sources": "cad", "explanation": "-"}
    for events in (1, 2):
        figures = FindingFigures(
            id=number * 10 + events, finding_id=number, run_id=1, events=events, subjects=3, **rest
        )
        session.add(figures)
    session.flush()
    finding.figures_id = number * 10 + 2
    session.flush()


@pytest.fixture
def audited(session: Session) -> Session:
    run: AuditRun = a_run(None, None, id=1)
    session.add(run)
    session.flush()
    return session


@on_both
def test_findings_are_ordered_as_python_orders_text_on_either_database(audited: Session) -> None:
    for number, who in enumerate(reversed(WHO), start=1):
        record_finding(audited, number, who=who)
    record_finding(audited, 90, who="a", month="2025-03")
    record_finding(audited, 91, who="Z", reason="assignment_ended")
    listed = ListedFindings(audited, None, None)

    assert [finding.who for finding in listed] == ["a", "Z", *sorted(WHO)]
    assert list(listed) == list(listed)


@on_both
def test_a_finding_has_the_figures_that_stand_and_instants_of_utc(audited: Session) -> None:
    record_finding(audited, 1)

    (finding,) = ListedFindings(audited, None, None)

    assert (finding.key, finding.who_is_employee, finding.what_is_series) == ("k1", True, False)
    assert (finding.events, finding.subjects, finding.status) == (2, 3, "open")
    assert (finding.first, finding.last, finding.last.tzinfo) == (APRIL_2, APRIL_9, UTC)


@on_both
@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(None, None, [3, 4, 5]), ("2025-04", None, [4, 5]), (None, "2025-04", [3, 4]), ("2025-04", "2025-04", [4])],
)
def test_only_findings_of_the_wanted_months_are_read(
    audited: Session, first: str | None, last: str | None, expected: list[int]
) -> None:
    for month in (3, 4, 5):
        record_finding(audited, month, month=f"2025-{month:02d}")

    assert [int(finding.month[5:]) for finding in ListedFindings(audited, first, last)] == expected


def test_the_findings_of_a_question_can_be_listed_while_others_stand(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-04-05", "2025-05-05")
    open_bids(quiet_town, MAY_1)
    quiet_town.audit()
    run = quiet_town.audit(known_at=MAY_1 - DAY).run

    of_run = ListedFindings(quiet_town.session, "2025-05", None, run.id, CHICAGO)
    assert [(one.month, one.reason) for one in of_run] == [("2025-05", "assignment_ended")]
    assert list(ListedFindings(quiet_town.session, None, None)) == []
