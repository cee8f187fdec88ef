"""What concerns whoever is signed in as an employee: what they may see, what they asked for, what they are asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from access.current_policy import HeldGrant
from access.find_duty import Duty
from access.may_reach import let_reach
from access.own_requests import requests_for
from access.people_below import recorded_id
from access.whose_word import Word, words_of
from audit.explanations import Question, due_text, questions_to
from audit.kept import Kept
from config.clock import end_text
from config.web.as_of import AsOf
from config.web.signed_in import SignedIn
from config.when import period_text
from config.work import Work


@dataclass(frozen=True)
class OwnRequest:
    """A duty that was asked for, as its asker sees it.

    Args:
        answer: requested, approved, shortened or refused.
        told: The reason or the note of the answer.
        given: What was approved, where it is less.
    """

    id: str
    series: str
    period: str
    asked_at: datetime
    answer: str
    answered_by: str
    told: str
    given: str
    state: str


@dataclass(frozen=True)
class OwnQuestion:
    """What the one who is signed in was asked about a finding."""

    key: str
    month: str
    text: str
    due: str
    waits: bool
    is_answered: bool


@dataclass(frozen=True)
class OwnGrant:
    """A grant by which the one who is signed in has access, and by whose word; None where that is known no longer."""

    held: HeldGrant
    series_name: str
    word: Word | None


def own_id(work: Work, official: SignedIn) -> str:
    """Give the employee id of whoever is signed in, as it is recorded; empty where they are no employee."""
    return recorded_id(work.session, official.employee_id) if official.employee_id else ""


def own_grants(work: Work, kept: Kept, official: SignedIn, day: AsOf) -> Sequence[OwnGrant]:
    """Give the grants by which the one who asks has access on a day, by series."""
    policy = kept.policy.known_at(work, day.known_at)
    every = policy.grants_of_employee(own_id(work, official))
    held = let_reach(policy, every, day)
    words = words_of(work.session, {one.grant.grant_id for one in held})
    names = policy.facts.series
    return [OwnGrant(one, names[one.series].name, words.get(one.grant.grant_id)) for one in held]


def own_requests(work: Work, official: SignedIn, *, most: int = 50) -> Sequence[OwnRequest]:
    """Give what was asked for in favour of the one who asks, the newest first, and what became of it."""
    return [_request(work, duty) for duty in requests_for(work.session, own_id(work, official), most=most)]


def own_questions(work: Work, official: SignedIn) -> Sequence[OwnQuestion]:
    """Give what the one who asks was asked about findings, what waits for an answer first."""
    asked = [_question(one, work.zone) for one in questions_to(work.session, own_id(work, official))]
    return sorted(asked, key=lambda one: not one.waits)


def _request(work: Work, duty: Duty) -> OwnRequest:
    request, zone, answered = duty.request, work.zone, duty.answered
    assert request is not None, "it was asked for"  # noqa: S101
    return OwnRequest(
        duty.id,
        duty.series_name,
        period_text(request.start, request.end, zone),
        request.asked_at,
        duty.answer,
        answered.by if answered else "",
        answered.note if answered else "",
        given_text(duty, zone),
        duty.state(work.now),
    )


def given_text(duty: Duty, zone: ZoneInfo) -> str:
    """Say what was approved of a duty, where it is less than was asked; else nothing."""
    request = duty.request
    if request is None:
        return ""
    parts = [end_text(request.given_end, zone)] if request.given_end else []
    parts += [request.given_actions.replace(";", ", ") + " only"] if request.given_actions else []
    return "; ".join(parts)


def _question(one: Question, zone: ZoneInfo) -> OwnQuestion:
    return OwnQuestion(
        one.finding.key,
        one.finding.month,
        one.asked.note,
        due_text(one.due, zone),
        one.waits,
        one.answer is not None,
    )
