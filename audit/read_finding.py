"""Read one finding with all that is known of it: its accesses, what people made of it, and others like it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from access.departments import Departments
from access.known_tables import EMPLOYEES
from audit.finding_accesses import FindingAccesses, finding_accesses
from audit.finding_rows import (
    CountingAudit,
    counting_audit,
    find_finding_id,
    moves_of,
    no_finding,
    view_of,
)
from audit.other_findings import SomeFindings, others_of_what, others_of_who
from audit.views import FindingView, MoveView
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
    run: CountingAudit
    accesses: FindingAccesses
    moves: Sequence[MoveView]
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
    reader = work.reader
    finding_id = find_finding_id(reader, key)
    finding, run = view_of(reader, finding_id), counting_audit(reader, finding_id)
    if not limits.admit(finding.month, finding.sources.split("; ")):
        raise no_finding(key)
    looked_at(finding.who)
    return FindingDetails(
        finding,
        _who(work, finding),
        _what(work, finding),
        run,
        finding_accesses(work, kept, finding, run, most=accesses),
        moves_of(reader, finding_id),
        others_of_who(reader, finding, limits, others),
        others_of_what(reader, finding, limits, others),
    )


def _who(work: Work, finding: FindingView) -> str:
    if not finding.who_is_employee:
        return f"the account {finding.who or '(none given)'}"
    rows = KnownRows(work.reader, work.now, {"employee_id": [finding.who]})
    departments = ", ".join(sorted(Departments(work.reader, work.now, finding.who).of(finding.who, finding.last)))
    named = f"{_name_of(rows.of(EMPLOYEES, by='employee_id'))} ({finding.who})"
    return f"{named}, {departments}" if departments else named


def _what(work: Work, finding: FindingView) -> str:
    if not finding.what_is_series:
        return f"the resource {finding.what or '(none given)'}"
    rows = KnownRows(work.reader, work.now, {"code": [finding.what]})
    return f"{_name_of(rows.of(SERIES, by='code'))} ({finding.what})"


def _name_of(rows: Sequence[Any]) -> str:
    return rows[0].name if rows else "(no longer known)"
