"""Delegations between managers over JSON."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Body, Path, Query

from access.delegations import delegations, end_delegation
from app.duties.delegations_shown import DelegationView, NewDelegation, delegation_views, make_delegation, own_id
from config.officials.permissions import Scope
from config.web.once import IdempotencyKey, once
from config.web.paging import Listed
from config.web.signed_in import InstallationDep, SignedIn, official_who_may

router = APIRouter(prefix="/api/v1/delegations", tags=["delegations"])
Reader = Annotated[SignedIn, official_who_may("read", "delegations")]
Changer = Annotated[SignedIn, official_who_may("change", "delegations")]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
_EXAMPLE = {"delegate": "E2", "end": "2026-07-31"}


@router.get("")
def list_delegations(
    installation: InstallationDep,
    official: Reader,
    *,
    manager_id: Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$", description="Of this manager alone.")] = "",
    ended: Annotated[bool, Query(description="Also those that are over.")] = False,
) -> Listed[DelegationView]:
    """List who stands in, or will, for whom; to a manager, for the manager who asks."""
    with installation.read() as work:
        own = "" if official.scope is Scope.ALL else own_id(work, official)
        if own and manager_id not in {"", own}:
            return Listed(items=[], next=None)
        found = delegations(work.session, work.now, own or manager_id, with_ended=ended)
        return Listed(items=delegation_views(work, found), next=None)


@router.post("", status_code=HTTPStatus.CREATED)
def create_delegation(
    installation: InstallationDep,
    official: Changer,
    asked: Annotated[NewDelegation, Body(openapi_examples={"for a month": {"value": _EXAMPLE}})],
    key: IdempotencyKey = "",
) -> DelegationView:
    """Let somebody stand in for the manager who asks."""
    made = once(installation, official, key, asked, lambda work: make_delegation(work, asked, official))
    return DelegationView.model_validate(made)


@router.post("/{number}/end", status_code=HTTPStatus.NO_CONTENT)
def end_one(installation: InstallationDep, official: Changer, number: Number) -> None:
    """Let a delegation end now."""
    with installation.change() as work:
        end_delegation(work.session, number, own_id(work, official), now=work.now, by=official.login)
