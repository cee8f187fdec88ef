"""How the API answers where a change of work access was proposed instead of made."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi.responses import JSONResponse

from app.proposals.shown import ProposalView

ADDRESS = "/api/v1/access-proposals"
# what a route that changes work access may answer besides
PROPOSED: dict[int | str, dict[str, Any]] = {
    HTTPStatus.ACCEPTED.value: {
        "model": ProposalView,
        "description": "Findings would read otherwise, so nothing is recorded: a second official has to confirm it.",
    }
}


def is_proposal(made: Mapping[str, Any]) -> bool:
    """Say whether what was made is a proposal, not the change itself."""
    return "proposed_by" in made


def proposal_answer(made: Mapping[str, Any]) -> JSONResponse:
    """Give the answer that says what was proposed."""
    headers = {"Location": f"{ADDRESS}/{made['id']}", "ETag": str(made["version"])}
    return JSONResponse(dict(made), HTTPStatus.ACCEPTED, headers)
