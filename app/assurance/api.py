"""Look-ups that somebody asks about, answered over JSON."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from app.decisions.live import LiveDecisionsDep
from app.people.views import GrantView, grant_view
from audit.answer_lookups import Assurance, LookupAnswer, answer_lookups
from audit.lookup_list import read_lookups
from audit.shared_kept import KeptDep
from config.tables.read_file import table_of_rows
from config.web.signed_in import InstallationDep, SignedIn, official_who_may

router = APIRouter(prefix="/api/v1/assurance", tags=["decisions"])
Reader = Annotated[SignedIn, official_who_may("read", "assurances")]
MOST = 1_000
_NAME = "The list"


class LookupAsked(BaseModel):
    """A look-up as somebody asks about it; `time` is an instant, without an offset one of the entity's zone."""

    model_config = ConfigDict(extra="forbid")

    time: str = Field(max_length=60)
    account: str = Field(max_length=500)
    resource: str = Field(max_length=2_000, description="The resource, or whom or what it was about.")
    source: str = Field(default="", max_length=200, description="In whose logs it would stand; empty = the list's.")
    action: str = Field(default="", max_length=60, description="Counts where the logs do not have it; empty = view.")
    purpose: str = Field(default="", max_length=1_000, description="Counts where the logs do not have it.")


class AssuranceAsked(BaseModel):
    """A list of look-ups."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "source": "cad",
                    "lookups": [{"time": "2025-04-02T10:00:00-05:00", "account": "aolson", "resource": "bid/1"}],
                }
            ]
        },
    )

    lookups: list[LookupAsked] = Field(min_length=1, max_length=MOST)
    source: str = Field(default="", max_length=200, description="The source of those that name none themselves.")


class AnswerView(BaseModel):
    """The answer about one look-up; `row` is its place in the list, from 1."""

    row: int
    source: str
    logs: str = Field(description="found, not_there, day_not_seen or removed.")
    logs_in_words: str
    employee_id: str = Field(description="Whose account it was then; empty where no one person's.")
    series: str
    time: datetime = Field(description="Of the access by which was decided: the log's, where it is there.")
    action: str
    purpose: str
    verdict: str
    reason: str
    sentence: str
    grant: GrantView | None
    nearest: GrantView | None


class RefusedView(BaseModel):
    """A look-up that cannot be answered, and why."""

    row: int
    sentence: str


class AssuranceView(BaseModel):
    """The answer about a list, in its order."""

    known_at: datetime
    answers: list[AnswerView]
    refused: list[RefusedView]


@router.post("")
def answer(
    installation: InstallationDep, decisions: LiveDecisionsDep, kept: KeptDep, official: Reader, asked: AssuranceAsked
) -> AssuranceView:
    """Answer a list of look-ups: whose account, which grant then, and whether the logs have it; nothing is kept."""
    rows: list[Mapping[str, str]] = [one.model_dump() for one in asked.lookups]
    with installation.read() as work:
        wanted = read_lookups(work, lambda _: table_of_rows(_NAME, rows), asked.source, most=MOST)
        return _view(answer_lookups(work, wanted, kept, decisions, limits=official.limits))


def _view(answered: Assurance) -> AssuranceView:
    return AssuranceView(
        known_at=answered.known_at,
        answers=[_answer_view(one) for one in answered.answers],
        refused=[RefusedView(row=one.number, sentence=one.sentence) for one in answered.refused],
    )


def _answer_view(one: LookupAnswer) -> AnswerView:
    return AnswerView(
        row=one.lookup.number,
        source=one.lookup.source,
        logs=one.presence,
        logs_in_words=one.in_logs,
        employee_id=one.employee_id,
        series=one.series,
        time=one.time,
        action=one.action,
        purpose=one.purpose,
        verdict=one.verdict,
        reason=one.reason,
        sentence=one.sentence,
        grant=grant_view(one.grant) if one.grant else None,
        nearest=grant_view(one.nearest) if one.nearest else None,
    )
