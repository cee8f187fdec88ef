"""The current policy that all requests of one service ask."""

from typing import Annotated

from fastapi import Depends, Request

from access.current_policy import CurrentPolicy


async def policy_of(request: Request) -> CurrentPolicy:
    """Give the policy that the requests of a service share."""
    policy: CurrentPolicy = request.app.state.policy
    return policy


CurrentPolicyDep = Annotated[CurrentPolicy, Depends(policy_of)]
