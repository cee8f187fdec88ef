"""What a temporary duty was used for: how many accesses it covers so far, and the last of them."""

from datetime import datetime

from access.find_duty import Duty
from access.known_rows import About
from access.load_facts import load_facts
from audit.duty_accesses import Covered, Scope, covered_accesses
from audit.logs.opened_logs import KeptLogs
from audit.own_accesses import accesses_of_employee
from config.bulk import plain_faults
from config.work import Work


def duty_uses(work: Work, logs: KeptLogs, duty: Duty) -> Covered:
    """Count the accesses that a duty covers, from its start until it ended or now.

    Args:
        logs: Those that are at hand.

    Raises:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
    """
    terms, end = duty.terms, _ending(duty, work.now)
    if duty.row is None or end <= terms.start:
        return Covered(0, None, None)
    about = About(terms.employee_id, terms.series, with_names=True)
    facts = load_facts(work.session, at=work.now, graces=work.settings.graces(), about=about)
    scope = Scope(terms.employee_id, terms.series, terms.actions, terms.purposes, terms.start, end)
    with (
        plain_faults(),
        accesses_of_employee(logs.of(work), facts, terms.employee_id, terms.start, end) as names,
    ):
        return covered_accesses(names, scope)


def _ending(duty: Duty, now: datetime) -> datetime:
    return min(now, duty.terms.end, duty.revoked_at or now)
