"""What a temporary duty was used for: how many accesses it covers so far, and the last of them."""

from datetime import datetime

from access.find_duty import Duty
from audit.duty_accesses import Covered, Scope, covered_accesses
from audit.kept import Kept
from config.bulk import plain_faults
from config.work import Work


def duty_uses(work: Work, kept: Kept, duty: Duty) -> Covered:
    """Count the accesses that a duty covers, from its start until it ended or now.

    Args:
        kept: What is at hand.

    Raises:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
    """
    terms, end = duty.terms, _ending(duty, work.now)
    if duty.row is None or end <= terms.start:
        return Covered(0, None, None)
    scope = Scope(terms.employee_id, terms.series, terms.actions, terms.purposes, terms.start, end)
    with plain_faults(), kept.accesses_of(work, terms.employee_id, terms.start, end) as names:
        return covered_accesses(names, scope)


def _ending(duty: Duty, now: datetime) -> datetime:
    return min(now, duty.terms.end, duty.revoked_at or now)
