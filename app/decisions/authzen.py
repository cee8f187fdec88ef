"""The OpenID AuthZEN Authorization API 1.0: a city's own systems ask whether to show a record, before they show it.

A decision is true where the access would be authorized, and false otherwise: what is unresolved is not allowed, either.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from app.decisions.live import Ready, ready_for
from app.people.reach import reach_of
from audit.case import Verdict
from audit.live_decisions import Asked, Asker, LiveDecision, LiveQuestion
from config.clock import read_start, utc_text
from config.errors import Invalid, NotFound, Refusal
from config.officials.permissions import Scope
from config.texts import compare_form
from config.web.signed_in import InstallationDep, SignedIn, installation_of, official_who_may
from config.work import Installation, Work

router = APIRouter(tags=["AuthZEN"])
_EVALUATION, _EVALUATIONS = "/access/v1/evaluation", "/access/v1/evaluations"
_MOST = 1_000
ReadyDep = Annotated[Ready, Depends(ready_for)]
Evaluator = Annotated[SignedIn, official_who_may("read", "evaluations")]


class Semantic(StrEnum):
    """When a series of evaluations ends."""

    EXECUTE_ALL = "execute_all"
    DENY_ON_FIRST_DENY = "deny_on_first_deny"
    PERMIT_ON_FIRST_PERMIT = "permit_on_first_permit"


class Entity(BaseModel):
    """A subject or a resource: its type, its id, and further properties."""

    type: str = Field(max_length=100)
    id: str = Field(max_length=4_000)
    properties: dict[str, Any] = Field(default_factory=dict)


class Action(BaseModel):
    """What would be done."""

    name: str = Field(max_length=100)
    properties: dict[str, Any] = Field(default_factory=dict)


class Evaluation(BaseModel):
    """One question; in a series of them, what is left out is as in the whole request."""

    subject: Entity | None = Field(
        default=None, description="Type `employee`, or `account` with the property `system`."
    )
    action: Action | None = None
    resource: Entity | None = Field(
        default=None, description="Type `series` (code or exact name), or `resource` with the property `system`."
    )
    context: dict[str, Any] | None = Field(
        default=None,
        description="`purpose`, which the purpose map of `source` reads, or those of the system's sources; and `time`; "
        "without, it is now.",
    )


class Options(BaseModel):
    """How a series of evaluations is to be made."""

    evaluations_semantic: Semantic = Semantic.EXECUTE_ALL


class EvaluationRequest(Evaluation):
    """One question."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "subject": {"type": "account", "id": "aolson", "properties": {"system": "cad"}},
                    "action": {"name": "view"},
                    "resource": {"type": "series", "id": "S1"},
                    "context": {"purpose": "investigation", "time": "2025-03-10T12:00:00Z"},
                }
            ]
        }
    )


class EvaluationsRequest(Evaluation):
    """A series of questions, and what they have in common."""

    evaluations: list[Evaluation] = Field(default_factory=list, max_length=_MOST)
    options: Options = Options()


class EvaluationView(BaseModel):
    """A decision; its context says why to those who may see that."""

    decision: bool
    context: dict[str, Any] | None = None


class EvaluationsView(BaseModel):
    """The decisions of a series, in its order, up to the one that ended it."""

    evaluations: list[EvaluationView]


@router.post(_EVALUATION, response_model=EvaluationView)
async def evaluate(request: Request, official: Evaluator, asked: EvaluationRequest) -> Response:
    """Decide one access before it is made."""
    installation, ready = installation_of(request), await ready_for(request)
    if official.scope is Scope.ALL:
        made = _Evaluator(ready, official, lambda _: True, installation.clock()).evaluate(asked)
    else:
        made = await run_in_threadpool(_evaluate_in_reach, installation, ready, official, asked)
    return Response(made.model_dump_json(exclude_none=True), media_type="application/json")


@router.post(_EVALUATIONS, response_model_exclude_none=True)
def evaluate_several(
    installation: InstallationDep, official: Evaluator, ready: ReadyDep, asked: EvaluationsRequest
) -> EvaluationsView | EvaluationView:
    """Decide several accesses by one state of the record; without a series of them, the one that is asked."""
    if not asked.evaluations:
        return _evaluate_in_reach(installation, ready, official, asked)
    with installation.read() as work:
        evaluator = _evaluator(work, ready, official)
        made = list[EvaluationView]()
        for one in asked.evaluations:
            made.append(evaluator.evaluate_of_series(_filled(one, asked)))
            if _ends(made[-1], asked.options.evaluations_semantic):
                break
        return EvaluationsView(evaluations=made)


@router.get("/.well-known/authzen-configuration")
def show_configuration(request: Request) -> dict[str, str]:
    """Say where this decision point is asked."""
    here = f"{request.url.scheme}://{request.url.netloc}"
    return {
        "policy_decision_point": here,
        "access_evaluation_endpoint": f"{here}{_EVALUATION}",
        "access_evaluations_endpoint": f"{here}{_EVALUATIONS}",
    }


def _evaluate_in_reach(
    installation: Installation, ready: Ready, official: SignedIn, asked: Evaluation
) -> EvaluationView:
    with installation.read() as work:
        return _evaluator(work, ready, official).evaluate(asked)


def _evaluator(work: Work, ready: Ready, official: SignedIn) -> "_Evaluator":
    reach = reach_of(work, official)
    return _Evaluator(ready, official, lambda employee_id: reach.holds(work.session, employee_id), work.clock)


class _Evaluator:
    """Evaluates for one official, by one state of the record.

    Args:
        holds: Says whether the official may know of an employee.
        clock: What this machine's clock says.
    """

    def __init__(self, ready: Ready, official: SignedIn, holds: Callable[[str], bool], clock: datetime) -> None:
        self._ready, self._now = ready, max(clock, ready.newest)
        self._may_see_why = official.may("read", "decisions")
        self._knows_all, self._holds = official.scope is Scope.ALL, holds

    def evaluate(self, asked: Evaluation) -> EvaluationView:
        question = _question(asked, self._ready.zone, self._now)
        found = self._ready.names.decide(question)
        if not self._knows_all and not (found.employee_id and self._holds(found.employee_id)):
            raise NotFound("There is no such subject among those of whom you may know.")
        is_allowed = found.decision.verdict is Verdict.AUTHORIZED
        return EvaluationView(decision=is_allowed, context=_why(found, question) if self._may_see_why else None)

    def evaluate_of_series(self, asked: Evaluation) -> EvaluationView:
        """Evaluate one of several: what is wrong with one does not keep the others from being decided."""
        try:
            return self.evaluate(asked)
        except Refusal as refusal:
            status = 404 if isinstance(refusal, NotFound) else 400
            return EvaluationView(decision=False, context={"error": {"status": status, "message": str(refusal)}})


def _filled(one: Evaluation, whole: Evaluation) -> Evaluation:
    given = {name: getattr(one, name) for name in Evaluation.model_fields}
    return Evaluation(**{name: getattr(whole, name) if value is None else value for name, value in given.items()})


def _ends(made: EvaluationView, semantic: Semantic) -> bool:
    return (semantic is Semantic.DENY_ON_FIRST_DENY and not made.decision) or (
        semantic is Semantic.PERMIT_ON_FIRST_PERMIT and made.decision
    )


def _question(asked: Evaluation, zone: ZoneInfo, now: datetime) -> LiveQuestion:
    if asked.subject is None or asked.action is None or asked.resource is None:
        raise Invalid("An evaluation needs a subject, an action and a resource.")
    context = asked.context or {}
    return LiveQuestion(
        _who(asked.subject),
        _what(asked.resource),
        compare_form(asked.action.name),
        _text(context, "purpose"),
        _time(_text(context, "time"), zone, now),
        _text(context, "source"),
    )


def _who(subject: Entity) -> Asker:
    if subject.type == "employee":
        return Asker(employee_id=subject.id)
    if subject.type == "account":
        return Asker(system=_system(subject), account=subject.id)
    raise Invalid(f'"{subject.type}" is no type of subject here; the types are employee and account.')


def _what(resource: Entity) -> Asked:
    if resource.type == "series":
        return Asked(series=resource.id)
    if resource.type == "resource":
        return Asked(system=_system(resource), resource=resource.id)
    raise Invalid(f'"{resource.type}" is no type of resource here; the types are series and resource.')


def _system(entity: Entity) -> str:
    system = _text(entity.properties, "system")
    if not system:
        raise Invalid(f"Of which system the {entity.type} is has to be said: give the property system.")
    return system


def _text(values: dict[str, Any], name: str) -> str:
    value = values.get(name, "")
    if not isinstance(value, str):
        raise Invalid(f"{name} is a text.")
    return value


def _time(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    try:
        return read_start(text, zone) if text.strip() else now
    except ValueError as error:
        raise Invalid(f'The time "{text}" cannot be read; expected {error}.') from error


def _why(found: LiveDecision, question: LiveQuestion) -> dict[str, Any]:
    decision = found.decision
    return {
        "verdict": decision.verdict,
        "reason": decision.reason,
        "sentence": decision.explanation,
        "time": utc_text(question.time),
        **({"purpose": found.purpose} if found.purpose != question.purpose else {}),
        **({"employee_id": found.employee_id} if found.employee_id else {}),
        **({"series": found.series} if found.series else {}),
        **({"grant": decision.grant.grant_id} if decision.grant else {}),
        **({"nearest_grant": found.nearest.grant_id} if found.nearest else {}),
    }
