"""The policy and the decisions that the requests of one service share."""

from typing import Annotated

from fastapi import Depends, FastAPI, Request

from access.current_policy import CurrentPolicy
from audit.live_decisions import LiveDecisions


def share_policy(app: FastAPI) -> None:
    """Give a service the policy that all its requests ask."""
    app.state.policy = CurrentPolicy()
    app.state.decisions = LiveDecisions(app.state.policy)


def _policy(request: Request) -> CurrentPolicy:
    policy: CurrentPolicy = request.app.state.policy
    return policy


def _decisions(request: Request) -> LiveDecisions:
    decisions: LiveDecisions = request.app.state.decisions
    return decisions


CurrentPolicyDep = Annotated[CurrentPolicy, Depends(_policy)]
LiveDecisionsDep = Annotated[LiveDecisions, Depends(_decisions)]
