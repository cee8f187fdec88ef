"""What a temporary duty was used for: how many accesses it covers so far, and the last of them."""

from contextlib import closing
from datetime import datetime

from access.find_duty import Duty
from access.known_rows import About
from access.load_facts import load_facts
from access.resolve_grants import Policy
from audit.duty_accesses import Covered, Scope, covered_accesses, open_accesses
from audit.logs.event_store import stored_logs
from audit.logs.sources import normalising_of
from config.bulk import open_bulk, plain_faults
from config.work import Work


def duty_uses(work: Work, duty: Duty) -> Covered:
    """Count the accesses that a duty covers, from its start until it ended or now.

    Raises:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
    """
    terms, end = duty.terms, _ending(duty, work.now)
    if duty.row is None or end <= terms.start:
        return Covered(0, None, None)
    about = About(terms.employee_id, terms.series, with_names=True)
    facts = load_facts(work.session, at=work.now, graces=work.settings.graces(), about=about)
    store = stored_logs(work.session, work.settings.data_dir)
    scope = Scope(terms.employee_id, terms.series, terms.actions, terms.purposes, terms.start, end)
    with plain_faults(), closing(open_bulk(work.settings)) as connection:
        policy = Policy(facts, connection)
        open_accesses(policy, store, normalising_of(work.session, store), terms.employee_id, terms.start, end)
        return covered_accesses(policy, scope)


def _ending(duty: Duty, now: datetime) -> datetime:
    return min(now, duty.terms.end, duty.revoked_at or now)
