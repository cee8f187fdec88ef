"""What is shown of the audits' record, the same wherever it is shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


@dataclass(frozen=True)
class FindingView:
    """A finding as it is shown, in the order in which its parts are listed.

    Args:
        who: The employee's id, else the account.
        what: The series' code, else the resource.
        month: As YYYY-MM, in the entity's time zone.
        first: The first of its accesses, in UTC.
        last: The last of them.
        subjects: How many persons or things the data were about.
        status: One of `statuses.Status`, or that it is not found any more.
        actions: The canonical actions, joined with `; `.
        sources: The sources of its accesses, joined with `; `.
        grown: By how many accesses it grew since it was closed; 0 also where it never was, or is closed now.
        notes: How many notes people made.
        last_note: The newest of them.
        difference: Of a question about the past, how the finding differs from what stood then; else empty.
        assignee: The login of the official who reviews it, while it is under review.
        dismissal_proposed_by: Who proposed to dismiss it, while that waits for a second official.
    """

    key: str
    who: str
    what: str
    reason: str
    verdict: str
    month: str
    events: int
    first: datetime
    last: datetime
    subjects: int
    status: str
    explanation: str
    who_is_employee: bool = True
    what_is_series: bool = True
    actions: str = ""
    sources: str = ""
    grown: int = 0
    notes: int = 0
    last_note: str = ""
    difference: str = ""
    assignee: str = ""
    dismissal_proposed_by: str = ""


class MoveView(NamedTuple):
    """What was made of a finding, as it is shown; see `FindingMove`."""

    id: int
    from_status: str
    to_status: str
    note: str
    reason: str
    owner: str
    exception_ends: datetime | None
    referred_to: str
    assignee: str
    proposes: str
    asks: str
    due: datetime | None
    answers: int | None
    moved_at: datetime
    moved_by: str
