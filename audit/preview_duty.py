"""What a temporary duty would mean, before it is saved: who has the access already, and what it would have covered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from access.current_policy import KeptPolicy
from access.duty_terms import DutyTerms, is_backdated
from access.rules import Grant
from audit.duty_accesses import Covered, Scope, covered_accesses
from audit.kept import Kept
from audit.models import Finding, FindingFigures
from audit.statuses import CLOSED
from config.bulk import plain_faults
from config.clock import microseconds
from config.work import Work

LOOKED_BACK = timedelta(days=90)
_MOST_NAMED = 10
_MOST_FINDINGS = 20


@dataclass(frozen=True)
class OpenFinding:
    """A finding that is not closed, among what the duty would have covered."""

    key: str
    reason: str
    month: str
    events: int


@dataclass(frozen=True)
class DutyMeaning:
    """What a duty would mean.

    Args:
        has_already: The holder's own grants of the series that are in force now.
        others: How many others have the access now, and the first of their names.
        covered: Accesses of the last 90 days that it would have covered.
        findings: Those not closed among them, as many as are shown.
        backdated: Such accesses at or after its start, which will read backdated; None where it starts now or later.
        needs_second: A second person has to confirm it.
    """

    has_already: tuple[Grant, ...]
    others: int
    named: tuple[str, ...]
    covered: Covered
    findings: tuple[OpenFinding, ...]
    backdated: Covered | None
    needs_second: bool


def preview_duty(work: Work, kept: Kept, terms: DutyTerms) -> DutyMeaning:
    """Say what a duty would mean; nothing is recorded.

    Args:
        kept: What is at hand.

    Raises:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
    """
    since = work.now - LOOKED_BACK
    known = kept.policy.of(work)
    holders = _holders(known, terms.series, work.now) - {terms.employee_id}
    own = [one for one in known.grants_of(terms.employee_id, terms.series) if one.holds_at(work.now)]
    with plain_faults(), kept.accesses_of(work, terms.employee_id, min(since, terms.start), work.now) as names:
        covered = covered_accesses(names, _scope(terms, since, work.now))
        late = covered_accesses(names, _scope(terms, terms.start, work.now)) if terms.start < work.now else None
    called = sorted(known.facts.employees[holder].name for holder in holders)
    return DutyMeaning(
        tuple(own),
        len(holders),
        tuple(called[:_MOST_NAMED]),
        covered,
        tuple(_open_findings(work.session, terms, since)) if covered.count else (),
        late,
        is_backdated(work, terms.start),
    )


def _holders(known: KeptPolicy, series: str, now: datetime) -> set[str]:
    """Give the employees who have access to a series and are employed now."""
    instant = microseconds(now)
    employed = {one.employee_id for one in known.facts.employments if one.start <= instant < one.end}
    return {held.employee_id for held in known.grants_of_series(series) if held.grant.holds_at(now)} & employed


def _scope(terms: DutyTerms, start: datetime, end: datetime) -> Scope:
    return Scope(terms.employee_id, terms.series, terms.actions, terms.purposes, start, end)


def _open_findings(session: Session, terms: DutyTerms, since: datetime) -> Sequence[OpenFinding]:
    chosen = (
        select(Finding, FindingFigures)
        .join(FindingFigures, col(Finding.figures_id) == col(FindingFigures.id))
        .where(Finding.who == terms.employee_id, Finding.who_is_employee, Finding.what == terms.series)
        .where(Finding.what_is_series, col(Finding.status).not_in(CLOSED), FindingFigures.last >= since)
        .order_by(col(FindingFigures.last).desc(), Finding.key)
    )
    found = [
        OpenFinding(finding.key, finding.reason, finding.month, figures.events)
        for finding, figures in session.exec(chosen)
        if terms.actions == "*" or {*terms.actions.split(";")} & {*figures.actions.split("; ")}
    ]
    return found[:_MOST_FINDINGS]
