"""One access decided over JSON as if it had happened, with the sentence that an official may quote."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from app.decisions.live import LiveDecisionsDep
from app.people.views import GrantView, grant_view
from audit.live_decisions import Asked, Asker, LiveDecision, LiveQuestion
from config.clock import read_start
from config.errors import InvalidFields, NotFound
from config.looks import looked_at
from config.texts import compare_form, shortened
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Work

router = APIRouter(prefix="/api/v1/decisions", tags=["decisions"])
Reader = Annotated[SignedIn, official_who_may("read", "decisions")]


class ExplainRequest(BaseModel):
    """An access as it might have been; `at` and `known_at` are instants, or days, whose beginning is meant."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"employee_id": "E1", "series": "S1", "at": "2025-03-10T12:00:00Z"}]}
    )

    employee_id: str = Field(max_length=200)
    series: str = Field(max_length=1_000, description="A series' code or exact name.")
    at: str = Field(default="", max_length=60, description="Empty = now.")
    action: str = Field(default="view", max_length=60)
    purpose: str = Field(default="", max_length=1_000)
    source: str = Field(
        default="", max_length=200, description="In whose logs it would stand: the purpose is read as theirs."
    )
    known_at: str = Field(default="", max_length=60, description="As it was known here then; empty = now.")


class ExplainView(BaseModel):
    """A decision: verdict, reason and sentence, the grant on which it rests, and the one that came nearest."""

    verdict: str
    reason: str
    sentence: str
    employee_id: str
    series: str
    action: str
    purpose: str
    purpose_meant: str = Field(description="The purpose by which was decided, as the purpose map says.")
    at: datetime
    grant: GrantView | None
    nearest: GrantView | None


@router.post("/explain")
def explain(
    installation: InstallationDep,
    decisions: LiveDecisionsDep,
    official: Reader,  # noqa: ARG001 - who may
    asked: ExplainRequest,
) -> ExplainView:
    """Decide one access and say why."""
    with installation.read() as work:
        question = LiveQuestion(
            Asker(asked.employee_id),
            Asked(asked.series),
            compare_form(asked.action),
            asked.purpose,
            _instant(work, asked.at, "at") or work.now,
            asked.source,
        )
        known_at = _instant(work, asked.known_at, "known_at")
        if known_at is not None and known_at > work.now:
            raise InvalidFields({"known_at": "What will be known then cannot be told yet."})
        found = decisions.decide(work, question, known_at=known_at)
    if not found.employee_id:
        raise NotFound(f'There is no employee with the id "{shortened(asked.employee_id)}".')
    looked_at(found.employee_id)
    if not found.series:
        raise NotFound(f'The inventory has no data series with the code or name "{shortened(asked.series)}".')
    return _view(question, found)


def _view(question: LiveQuestion, found: LiveDecision) -> ExplainView:
    decision = found.decision
    return ExplainView(
        verdict=decision.verdict,
        reason=decision.reason,
        sentence=decision.explanation,
        employee_id=found.employee_id,
        series=found.series,
        action=question.action,
        purpose=question.purpose,
        purpose_meant=found.purpose,
        at=question.time,
        grant=grant_view(decision.grant) if decision.grant else None,
        nearest=grant_view(found.nearest) if found.nearest else None,
    )


def _instant(work: Work, text: str, field: str) -> datetime | None:
    try:
        return read_start(text, work.zone) if text.strip() else None
    except ValueError as error:
        raise InvalidFields({field: f'"{text}" cannot be read; expected {error}.'}) from error
