"""What a temporary duty, or a change of one, would mean before it is saved: it is tried, taken back, and weighed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from access.answer_request import approve_duty
from access.change_duty import Decider, refuse_own
from access.duty_models import DutyRequest
from access.duty_terms import DutyAsked, DutyTerms, is_backdated, read_duty_terms
from access.find_duty import Duty, find_duty
from access.grant_duty import record_duty
from access.tried_grants import Tried, try_grants
from audit.kept import Kept
from audit.meaning_in_words import meaning_sentences
from audit.weigh_grants import Meaning, weigh_grants
from config.looks import looked_at_accesses
from config.work import Installation, Work

# Makes a change of a duty that was found
ChangeOfDuty = Callable[[Work, Duty, Decider], Duty]


@dataclass(frozen=True)
class DutyMeaning:
    """What a duty, or a change of one, would mean.

    Args:
        starts_late: It starts so long before now that a second person has to confirm it in any case.
        starts_before: It starts before now.
    """

    name: str
    meaning: Meaning
    starts_late: bool = False
    starts_before: bool = False

    @property
    def needs_second(self) -> bool:
        """Whether a second person has to confirm it."""
        return self.starts_late or self.meaning.is_for_two

    @property
    def backdated(self) -> int | None:
        """How many accesses will read backdated that do not yet; None where it starts now or later."""
        late = sum(one.count for one in self.meaning.otherwise if one.after == "backdated")
        return late if self.starts_before else None


def preview_duty(
    installation: Installation, kept: Kept, asked: DutyAsked, find_decider: Callable[[Work], Decider]
) -> tuple[DutyTerms, DutyMeaning]:
    """Say what a duty that is asked for would mean, were it granted as it is; nothing is recorded.

    Raises:
        NotFound: There is no such employee of whom the one who asks may know.
        NotPermitted: The one who asks would hold it.
        InvalidFields: Something cannot be used.
    """
    with installation.tried() as work:
        by = find_decider(work)
        terms = read_duty_terms(work, asked, reach=by.reach)
        refuse_own(terms.employee_id, by)
        looked_at_accesses(terms.employee_id)
        tried = _try(work, terms, by)
        late, before = is_backdated(work, terms.start), terms.start < work.now
    with installation.read() as work:
        return terms, DutyMeaning(terms.employee_name, weigh_grants(work, kept, tried), late, before)


def needs_second(
    installation: Installation, kept: Kept, asked: DutyAsked, find_decider: Callable[[Work], Decider]
) -> bool:
    """Say whether a duty that is granted so makes findings that stand look otherwise, so that two people are needed.

    The logs are asked only where it begins in the past and still within its grace: else that goes without saying.

    Raises: As of `preview_duty`.
    """
    if not asked.start.strip():
        return False
    with installation.read() as work:
        start = read_duty_terms(work, asked, reach=find_decider(work).reach).start
        if start >= work.now or is_backdated(work, start):
            return False
    _, found = preview_duty(installation, kept, asked, find_decider)
    return found.needs_second


def preview_change(
    installation: Installation,
    kept: Kept,
    duty_id: str,
    change: ChangeOfDuty,
    find_decider: Callable[[Work], Decider],
) -> DutyMeaning:
    """Say what a change of a duty would mean; nothing is recorded.

    Raises: As of the change.
    """
    with installation.tried() as work:
        by = find_decider(work)
        duty = find_duty(work.session, duty_id, reach=by.reach)
        refuse_own(duty.terms.employee_id, by)
        looked_at_accesses(duty.terms.employee_id)
        made = list[Duty]()

        def make() -> None:
            made.append(change(work, duty, by))
            _as_a_grant(work, made[0], by)

        tried = try_grants(work, {duty.terms.series}, make)
        waits = made[0].row is None
    with installation.read() as work:
        return DutyMeaning(duty.employee_name, weigh_grants(work, kept, tried), waits, waits)


def approve_as_asked(work: Work, duty: Duty, by: Decider) -> Duty:
    """Approve a duty as it was asked for; one that waits for a second person is as it was approved."""
    return approve_duty(work, duty, by=by) if duty.answer == "requested" else duty


def duty_sentences(found: DutyMeaning, zone: ZoneInfo) -> Iterator[str]:
    """Say what a duty, or a change of one, would mean."""
    yield from meaning_sentences(found.meaning, zone, name=found.name)
    if found.backdated is not None:
        which = {0: "no access that it covers", 1: "1 access"}.get(found.backdated, f"{found.backdated:,} accesses")
        yield f"It starts in the past: what was done since then will read backdated, not authorized ({which})."
    if found.needs_second:
        yield "It holds only once a second person, who is neither its granter nor its holder, has confirmed it."


def _try(work: Work, terms: DutyTerms | DutyRequest, by: Decider) -> Tried:
    return try_grants(work, {terms.series}, lambda: record_duty(work, terms, granted_by=by.named, by=by.login))


def _as_a_grant(work: Work, duty: Duty, by: Decider) -> None:
    """Record what still waits for a second person as if it had been confirmed."""
    if duty.row is None and duty.request is not None:
        record_duty(work, duty.request, granted_by=by.named, by=by.login)
