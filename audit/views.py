"""What is shown of the audits' record, the same wherever it is shown."""

from dataclasses import dataclass
from datetime import datetime


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
