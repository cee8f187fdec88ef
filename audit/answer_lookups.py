"""Answer a list of look-ups that somebody asks about: whose account, which grant then, and whether the logs have it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from access.rules import Grant
from audit.case import Verdict
from audit.find_lookups import LookupFound, Presence, find_lookups
from audit.kept import Kept
from audit.live_decisions import Asked, Asker, KnownNames, LiveDecision, LiveDecisions, LiveQuestion
from audit.lookup_list import Lookup, LookupList
from audit.personal_texts import mask_personal
from config.looks import looked_at_accesses
from config.officials.limits import UNLIMITED, Limits
from config.tables.refused_rows import RefusedRow
from config.work import Work

NO_ONE_PERSON = "no one person on record"
# Of several accesses at one second, the one that most needs a person's eye is answered.
_GRAVEST = (Verdict.UNAUTHORIZED, Verdict.UNRESOLVED, Verdict.AUTHORIZED, Verdict.OUT_OF_SCOPE)


@dataclass(frozen=True)
class LookupAnswer:
    """The answer about one look-up.

    Args:
        presence: What the imported logs say of it; `in_logs` says it in a sentence.
        whose: Name and id of the employee whose account it was then, or that it was no one person's.
        series: The code of what was reached, empty where it is none known; `series_name` likewise.
        time: Of the access by which was decided: to the microsecond where it is in the logs.
        action: By which was decided; the purpose likewise, as the purpose map says what was typed means, with a mask
            where it looks as if it held a plate or a date of birth.
        sentence: The decision's explanation.
        grant: The one on which the decision rests; `nearest` came nearest to covering it where none does.
    """

    lookup: Lookup
    presence: Presence
    in_logs: str
    employee_id: str
    whose: str
    series: str
    series_name: str
    time: datetime
    action: str
    purpose: str
    verdict: Verdict
    reason: str
    sentence: str
    grant: Grant | None
    nearest: Grant | None


@dataclass(frozen=True)
class Assurance:
    """A list's answer, one for each look-up in the list's order.

    Args:
        refused: The rows that cannot be answered, with the reason.
        known_at: As people, assignments and access are known here.
    """

    name: str
    answers: Sequence[LookupAnswer]
    refused: Sequence[RefusedRow]
    notices: Sequence[str]
    known_at: datetime


def answer_lookups(
    work: Work, asked: LookupList, kept: Kept, decisions: LiveDecisions, *, limits: Limits = UNLIMITED
) -> Assurance:
    """Answer a list; nothing of it is kept.

    A look-up that is in the logs is decided as its log has it, as the audit decides it; another one as it was asked
    about: with the action `view` where the list names none.

    Args:
        limits: What is beyond the months and sources of these is refused.

    Raises:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
    """
    within = [one for one in asked.lookups if _is_within(one, limits, work)]
    beyond = [_beyond(asked.name, one) for one in asked.lookups if not _is_within(one, limits, work)]
    found = find_lookups(work, kept.logs.of(work), within) if within else []
    names = decisions.known(work)
    answers = [_answer(names, one, its) for one, its in zip(within, found, strict=True)]
    for answer in answers:
        looked_at_accesses(answer.employee_id or answer.lookup.account)
    refused = sorted([*asked.refused, *beyond], key=lambda row: row.number)
    return Assurance(asked.name, answers, refused, asked.notices, work.now)


def _is_within(lookup: Lookup, limits: Limits, work: Work) -> bool:
    return limits.admit(f"{lookup.time.astimezone(work.zone):%Y-%m}", [lookup.source])


def _beyond(name: str, lookup: Lookup) -> RefusedRow:
    return RefusedRow(name, lookup.number, "", "", "", "it is of a month or a source of which you may not read")


def _answer(names: KnownNames, lookup: Lookup, found: LookupFound) -> LookupAnswer:
    decided = [(question, names.decide(question)) for question in _questions(lookup, found)]
    question, live = min(decided, key=lambda one: _GRAVEST.index(one[1].decision.verdict))
    return LookupAnswer(
        lookup,
        found.presence,
        found.said,
        live.employee_id,
        _whose(names, live),
        live.series,
        _series_name(names, live),
        question.time,
        question.action,
        mask_personal(live.purpose),
        live.decision.verdict,
        live.decision.reason,
        live.decision.explanation,
        live.decision.grant,
        live.nearest,
    )


def _questions(lookup: Lookup, found: LookupFound) -> list[LiveQuestion]:
    """Give what is to be decided: the accesses of the log, or the one asked about where it has none."""
    if not found.accesses:
        action = lookup.action or "view"
        return [_question(lookup, lookup.account, lookup.record, action, lookup.purpose, lookup.time)]
    return [_question(lookup, one.account, one.resource, one.action, one.purpose, one.time) for one in found.accesses]


def _question(lookup: Lookup, account: str, resource: str, action: str, purpose: str, time: datetime) -> LiveQuestion:
    who, what = Asker(system=lookup.system, account=account), Asked(system=lookup.system, resource=resource)
    return LiveQuestion(who, what, action, purpose, time, lookup.source)


def _whose(names: KnownNames, live: LiveDecision) -> str:
    if not live.employee_id:
        return NO_ONE_PERSON
    return f"{names.policy.facts.employees[live.employee_id].name} ({live.employee_id})"


def _series_name(names: KnownNames, live: LiveDecision) -> str:
    one = names.policy.facts.series.get(live.series)
    return one.name if one else ""
