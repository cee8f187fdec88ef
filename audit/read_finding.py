"""Read one finding with all that is known of it: its accesses, what people made of it, and others like it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from access.departments import Departments
from access.known_tables import EMPLOYEES
from audit.find_finding import find_finding, no_finding
from audit.finding_accesses import FindingAccesses, finding_accesses
from audit.finding_views import SomeFindings, some_views, standing_views, vanished_views
from audit.models import AuditRun, Finding, FindingFigures, FindingMove
from audit.views import FindingView
from audit.within_limits import within_limits
from config.known_rows import KnownRows
from config.looks import looked_at
from config.officials.limits import UNLIMITED, Limits
from config.work import Work
from inventory.known_tables import SERIES

if TYPE_CHECKING:
    from audit.kept import Kept  # loads NumPy, which the command line can do without


_NONE = slice(0)


@dataclass(frozen=True)
class FindingDetails:
    """One finding with all that is known of it.

    Args:
        who: The employee's name, id and department, or the account.
        what: The series' name and code, or the resource.
        run: The audit that counted it.
        accesses: The first of its accesses, and the grant that came nearest to the first.
        moves: What people made of it, the oldest first.
        of_same_who: The other findings that stand of the same employee or account, by month.
        of_same_what: Those of others, about the same series or resource, by month.
    """

    finding: FindingView
    who: str
    what: str
    run: AuditRun
    accesses: FindingAccesses
    moves: Sequence[FindingMove]
    of_same_who: SomeFindings
    of_same_what: SomeFindings


def read_finding(
    work: Work,
    kept: "Kept | None",
    key: str,
    *,
    accesses: int,
    others: slice = _NONE,
    limits: Limits = UNLIMITED,
) -> FindingDetails:
    """Read one finding.

    Args:
        kept: As finding_accesses takes it.
        key: Its key, or the beginning of it.
        accesses: How many of its accesses are wanted.
        others: Which of the other findings like it are wanted, by their places.
        limits: Of which months and sources findings are there for who asks.

    Raises:
        NotFound: There is no finding with this key.
        Conflict: The beginning fits several; or a file of the store is not as its receipt says.
    """
    session, row = work.session, find_finding(work.session, key)
    finding = _view_of(session, row)
    if not limits.admit(finding.month, finding.sources.split("; ")):
        raise no_finding(key)
    looked_at(finding.who)
    like_it = [col(Finding.id) != row.id, *within_limits(session, limits)]
    run = _run_of(session, row.id)
    moves = session.exec(select(FindingMove).where(FindingMove.finding_id == row.id).order_by(col(FindingMove.id)))
    return FindingDetails(
        finding,
        _who(work, finding),
        _what(work, finding),
        run,
        finding_accesses(work, kept, finding, run, most=accesses),
        moves.all(),
        some_views(session, [*like_it, _of_same_who(row)], others),
        some_views(session, [*like_it, ~_of_same_who(row), _of_same_what(row)], others),
    )


def _view_of(session: Session, row: Finding) -> FindingView:
    itself = col(Finding.id) == row.id
    (finding,) = (
        standing_views(session, [itself], [col(Finding.id).asc()], limit=1)
        if row.figures_id
        else vanished_views(session, itself)
    )
    return finding


def _run_of(session: Session, finding_id: int) -> AuditRun:
    """Give the audit that counted a finding as it stands, or as it stood last."""
    asked = (
        select(AuditRun)
        .join(FindingFigures, col(FindingFigures.run_id) == col(AuditRun.id))
        .where(FindingFigures.finding_id == finding_id)
        .order_by(col(FindingFigures.id).desc())
    )
    return session.exec(asked.limit(1)).one()


def _who(work: Work, finding: FindingView) -> str:
    if not finding.who_is_employee:
        return f"the account {finding.who or '(none given)'}"
    rows = KnownRows(work.session, work.now, {"employee_id": finding.who})
    departments = ", ".join(sorted(Departments(work.session, work.now, finding.who).of(finding.who, finding.last)))
    named = f"{_name_of(rows.of(EMPLOYEES, by='employee_id'))} ({finding.who})"
    return f"{named}, {departments}" if departments else named


def _what(work: Work, finding: FindingView) -> str:
    if not finding.what_is_series:
        return f"the resource {finding.what or '(none given)'}"
    rows = KnownRows(work.session, work.now, {"code": finding.what})
    return f"{_name_of(rows.of(SERIES, by='code'))} ({finding.what})"


def _name_of(rows: Sequence[Any]) -> str:
    return rows[0].name if rows else "(no longer known)"


def _of_same_who(row: Finding) -> ColumnElement[bool]:
    return and_(col(Finding.who) == row.who, col(Finding.who_is_employee) == row.who_is_employee)


def _of_same_what(row: Finding) -> ColumnElement[bool]:
    return and_(col(Finding.what) == row.what, col(Finding.what_is_series) == row.what_is_series)
