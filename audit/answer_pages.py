"""The page on which an employee answers what they were asked about a finding; nobody else has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from access.people_below import recorded_id
from audit.explanations import Question, answer_question, due_text, questions_about
from audit.finding_accesses import FindingAccess
from audit.finding_rows import no_finding
from audit.kept import Kept
from audit.read_finding import read_finding
from audit.shared_kept import KeptDep
from audit.views import FindingView
from config.errors import Conflict, InvalidFields
from config.officials.officials import find_official
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation, Work

router = APIRouter(prefix="/findings")

_MOST = 200
THING = "explanations"
AskedReader = Annotated[SignedIn, official_who_may("read", THING)]
Answerer = Annotated[SignedIn, official_who_may("change", THING)]


@dataclass(frozen=True)
class QuestionShown:
    """A question as its page shows it."""

    text: str
    by: str
    asked_at: datetime
    due: str
    answer: str
    answered_at: datetime | None
    waits: bool


@dataclass(frozen=True)
class AskedPage:
    """Everything asked.html shows.

    Args:
        accesses: The first accesses of the finding, where it is about the one who was asked; else none.
        questions: What was asked of them about it, the newest first.
        typed: The answer that was not taken, as it was typed.
    """

    finding: FindingView
    what: str
    accesses: Sequence[FindingAccess]
    questions: Sequence[QuestionShown]
    zone: ZoneInfo
    typed: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""


@router.get("/{key}/answer", response_class=HTMLResponse)
def show_answer_form(
    request: Request, installation: InstallationDep, official: AskedReader, kept: KeptDep, key: str
) -> HTMLResponse:
    """Show what the one who looks was asked about a finding, and the form of the answer."""
    return show_asked(request, installation, official, kept, key)


@router.post("/{key}/answer")
def take_answer(
    request: Request,
    installation: InstallationDep,
    official: Answerer,
    kept: KeptDep,
    key: str,
    answer: Annotated[str, Form()] = "",
) -> Response:
    """Record an answer, or show the form again with why it was not taken and what was typed."""
    try:
        with installation.change() as work:
            answer_question(work.session, key, _own(work, official), answer, now=work.now, by=official.login)
    except InvalidFields as invalid:
        return show_asked(request, installation, official, kept, key, typed=answer, faults=invalid.faults)
    except Conflict as refusal:
        return show_asked(request, installation, official, kept, key, typed=answer, refusal=str(refusal))
    return RedirectResponse(f"/findings/{key}/answer", HTTPStatus.SEE_OTHER)


def show_asked(
    request: Request,
    installation: Installation,
    official: SignedIn,
    kept: Kept,
    key: str,
    *,
    typed: str = "",
    faults: Mapping[str, str] | None = None,
    refusal: str = "",
) -> HTMLResponse:
    """Show an employee what they were asked about a finding.

    Raises:
        NotFound: They were asked nothing about it, or there is none.
    """
    with installation.read() as work:
        own = _own(work, official)
        questions = questions_about(work.session, key, own)
        if not questions:
            raise no_finding(key)
        details = read_finding(work, kept, questions[0].finding.key, accesses=_MOST)
        is_holder = details.finding.who_is_employee and details.finding.who == own
        page = AskedPage(
            details.finding,
            details.what,
            details.accesses.first if is_holder else (),
            [_shown(work, one) for one in questions],
            work.zone,
            typed,
            faults or {},
            refusal,
        )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    title = f"{'Error: ' if status != HTTPStatus.OK else ''}Asked of you"
    return render(request, "audit/asked.html", page, title=title, official=official, here="/me", status=status)


def _own(work: Work, official: SignedIn) -> str:
    return recorded_id(work.session, official.employee_id) if official.employee_id else ""


def _shown(work: Work, question: Question) -> QuestionShown:
    asker = find_official(work.session, question.asked.moved_by)
    told = question.answer
    return QuestionShown(
        question.asked.note,
        asker.name if asker else question.asked.moved_by,
        question.asked.moved_at,
        due_text(question.due, work.zone),
        told.note if told else "",
        told.moved_at if told else None,
        question.waits,
    )
