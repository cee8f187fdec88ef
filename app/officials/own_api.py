"""What concerns whoever asks over JSON: what they may see, what was asked for them, what they are asked to explain."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Body
from pydantic import BaseModel, Field

from access.own_requests import requests_for
from app.duties.shown import DutyInFull, duty_in_full
from app.officials.me_pages import Reader
from app.officials.own_matters import own_grants, own_id
from app.people.views import HeldGrantView, held_grant_view
from audit.answer_pages import Answerer, AskedReader
from audit.explanations import Question, answer_question, questions_about, questions_to
from audit.shared_kept import KeptDep
from config.web.as_of import AsOfText, KnownAtText, read_as_of
from config.web.once import IdempotencyKey, once
from config.web.paging import Listed
from config.web.signed_in import InstallationDep
from config.work import Work

router = APIRouter(prefix="/api/v1", tags=["own matters"])


class OwnGrantView(HeldGrantView):
    """A grant of whoever asks, and by whose word it is."""

    series_name: str
    said_by: str = Field(description="Who decided it, or where it is written down.")
    why: str
    entered_by: str
    entered_at: datetime | None


class QuestionView(BaseModel):
    """What somebody was asked to explain about a finding, and what they answered."""

    finding: str = Field(description="Its key.")
    what: str = Field(description="The code of the series, else the resource.")
    month: str
    question: str
    asked_by: str
    asked_at: datetime
    due: datetime
    waits: bool
    answer: str
    answered_at: datetime | None


class Answer(BaseModel):
    """What the accesses were for."""

    answer: str = Field(min_length=1, max_length=10_000, pattern=r"^[^\x00]*$")


class _AnswerTo(Answer):
    key: str


@router.get("/me/access")
def show_own_access(
    installation: InstallationDep, official: Reader, kept: KeptDep, as_of: AsOfText = "", known_at: KnownAtText = ""
) -> Listed[OwnGrantView]:
    """Show what whoever asks may see as of a day, through what, and by whose word."""
    with installation.read() as work:
        held = own_grants(work, kept, official, read_as_of(work, as_of, known_at))
    return Listed(
        items=[
            OwnGrantView(
                **held_grant_view(one.held).model_dump(),
                series_name=one.series_name,
                said_by=one.word.said_by if one.word else one.held.grant.authority,
                why=one.word.why if one.word else "",
                entered_by=one.word.entered_by if one.word else "",
                entered_at=one.word.entered_at if one.word else None,
            )
            for one in held
        ],
        next=None,
    )


@router.get("/me/requests")
def show_own_requests(installation: InstallationDep, official: Reader) -> Listed[DutyInFull]:
    """List the temporary duties that were asked for in favour of whoever asks, with the answer to each."""
    with installation.read() as work:
        asked = requests_for(work.session, own_id(work, official))
        return Listed(items=[duty_in_full(work, one) for one in asked], next=None)


@router.get("/me/explanations")
def show_questions(installation: InstallationDep, official: AskedReader) -> Listed[QuestionView]:
    """List what whoever asks was asked to explain about findings, the newest question first."""
    with installation.read() as work:
        asked = questions_to(work.session, own_id(work, official))
        return Listed(items=[_view(one) for one in asked], next=None)


@router.post("/findings/{key}/answer")
def answer(
    installation: InstallationDep,
    official: Answerer,
    key: str,
    told: Annotated[
        Answer, Body(openapi_examples={"as usual": {"value": {"answer": "I covered the desk that day; ask Eve."}}})
    ],
    sent_as: IdempotencyKey = "",
) -> QuestionView:
    """Answer what one was asked about a finding; the answer stands in the finding's history."""

    def make(work: Work) -> QuestionView:
        own = own_id(work, official)
        answer_question(work.session, key, own, told.answer, now=work.now, by=official.login)
        return _view(questions_about(work.session, key, own)[0])

    return QuestionView.model_validate(
        once(installation, official, sent_as, _AnswerTo(answer=told.answer, key=key), make)
    )


def _view(one: Question) -> QuestionView:
    told = one.answer
    return QuestionView(
        finding=one.finding.key,
        what=one.finding.what,
        month=one.finding.month,
        question=one.asked.note,
        asked_by=one.asked.moved_by,
        asked_at=one.asked.moved_at,
        due=one.due,
        waits=one.waits,
        answer=told.note if told else "",
        answered_at=told.moved_at if told else None,
    )
