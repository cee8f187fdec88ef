"""Notices of explanations: who is asked for one, whose is nearly due or late, and that one was given."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

from sqlmodel import col, select

from app.notices.wanted import LATELY, Gathering, Wanted, for_each
from audit.explanations import Question, due_text, questions_to
from audit.models import Finding, FindingMove
from audit.statuses import Status

_THING = "explanations"
_SOON = timedelta(days=2)


def asked(gathering: Gathering) -> Iterator[Wanted]:
    """Tell employees of what they are asked to explain, until they have or it is over."""
    for one in _waiting(gathering):
        text = f"You are asked to explain finding {one.finding.key} until {_until(gathering, one)}."
        yield from _to_employee(gathering, one, text)


def due(gathering: Gathering) -> Iterator[Wanted]:
    """Tell employees shortly before an explanation is due, and them and whoever asked when it is late."""
    for one in _waiting(gathering):
        asked_at = one.asked.moved_at
        half = asked_at + (one.due - asked_at) / 2  # of a short time two days would be all of it
        if gathering.work.now < max(one.due - _SOON, half):
            continue
        is_late = one.due <= gathering.work.now
        said = f"{'was' if is_late else 'is'} due at {_until(gathering, one)}"
        yield from _to_employee(gathering, one, f"Your explanation of finding {one.finding.key} {said}.")
        if is_late:
            text = f"The explanation of finding {one.finding.key} that you asked for {said}."
            key, askers = one.finding.key, gathering.recipients.named(one.asked.moved_by)
            yield from for_each(askers, key, f"late {one.asked.id}", text, f"/findings/{quote(key, safe='')}")


def given(gathering: Gathering) -> Iterator[Wanted]:
    """Tell whoever asked for an explanation that it was given."""
    work = gathering.work
    answers = select(FindingMove.id, FindingMove.answers, Finding.key)
    answers = answers.join(Finding, col(Finding.id) == col(FindingMove.finding_id))
    lately = (col(FindingMove.answers).is_not(None), FindingMove.moved_at > work.now - LATELY)
    for number, question, key in work.session.exec(answers.where(*lately)).all():
        move = work.session.get(FindingMove, question)
        askers = gathering.recipients.named(move.moved_by) if move else []
        text = f"Finding {key} is explained by whom you asked; look at the answer."
        yield from for_each(askers, key, f"move {number}", text, f"/findings/{quote(key, safe='')}")


def _waiting(gathering: Gathering) -> Iterator[Question]:
    under_review = Finding.status == Status.UNDER_REVIEW
    people = select(FindingMove.asks).join(Finding, col(Finding.id) == col(FindingMove.finding_id))
    people = people.where(col(FindingMove.asks) != "", under_review).distinct().order_by(col(FindingMove.asks))
    for employee_id in gathering.work.session.exec(people).all():
        yield from (one for one in questions_to(gathering.work.session, employee_id) if one.waits)


def _to_employee(gathering: Gathering, one: Question, text: str) -> Iterator[Wanted]:
    people = [who for who in gathering.recipients.of_employee(one.asked.asks) if who.may("change", _THING)]
    key = one.finding.key
    yield from for_each(people, key, f"move {one.asked.id}", text, f"/findings/{quote(key, safe='')}/answer")


def _until(gathering: Gathering, one: Question) -> str:
    return due_text(one.due, gathering.work.zone)
