"""The page on which a manager says who stands in for them, and until when; and the page of all who stand in."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from access.delegation_models import Delegation
from access.delegations import LONGEST, delegations, delegators_of, end_delegation
from app.duties.delegation_api import Changer, Number, Reader
from app.duties.delegations_shown import NewDelegation, delegation_views, make_delegation, own_id
from config.clock import period_text
from config.errors import InvalidFields
from config.officials.permissions import Scope
from config.web.once import KeyUsed, once
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn
from config.work import Installation, Work

router = APIRouter()
_HERE = "/my-people/delegations"
Typed = Annotated[str, Form(max_length=200)]
Day = Annotated[str, Form(max_length=60)]


@dataclass(frozen=True)
class DelegationRow:
    """A delegation as the page shows it."""

    number: int
    manager: str
    who: str
    period: str
    notice: str
    is_over: bool


@dataclass(frozen=True)
class DelegationsPage:
    """Everything delegations.html shows.

    Args:
        stands_in_for: The managers for whom who asks stands in now.
    """

    rows: Sequence[DelegationRow]
    stands_in_for: Sequence[str]
    zone: str
    key: str
    filled: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    longest: int = LONGEST.days


@dataclass(frozen=True)
class AllDelegationsPage:
    """Everything all_delegations.html shows."""

    rows: Sequence[DelegationRow]
    with_ended: bool
    zone: str


@router.get("/duties/delegations", response_class=HTMLResponse)
def show_all(request: Request, installation: InstallationDep, official: Reader, *, ended: bool = False) -> HTMLResponse:
    """Show who stands in, or will, for whom; to a manager, for the manager who asks."""
    with installation.read() as work:
        own = "" if official.scope is Scope.ALL else own_id(work, official)
        rows = _rows(work, delegations(work.session, work.now, own, with_ended=ended))
        page = AllDelegationsPage(rows, ended, work.zone.key)
    title = "Who stands in for whom"
    return render(request, "app/duties/all_delegations.html", page, title=title, official=official, here="/duties")


@router.get(_HERE, response_class=HTMLResponse)
def show_delegations(request: Request, installation: InstallationDep, official: Reader) -> HTMLResponse:
    """Show who stands in, or will, for the manager who asks."""
    return _show(request, installation, official, {}, {})


@router.post(_HERE)
def take_delegation(
    request: Request,
    installation: InstallationDep,
    official: Changer,
    delegate: Typed = "",
    start: Day = "",
    end: Day = "",
    key: Typed = "",
) -> Response:
    """Let somebody stand in, or show the form again with what is wrong."""
    asked = NewDelegation(delegate=delegate, start=start, end=end)
    try:
        once(installation, official, key, asked, lambda work: make_delegation(work, asked, official))
    except InvalidFields as invalid:
        return _show(request, installation, official, asked.model_dump(), invalid.faults)
    except KeyUsed:
        faults = {"delegate": "This form was sent once already, with something else in it; send it anew."}
        return _show(request, installation, official, asked.model_dump(), faults)
    return RedirectResponse(_HERE, HTTPStatus.SEE_OTHER)


@router.post(f"{_HERE}/{{number}}/end")
def take_end(installation: InstallationDep, official: Changer, number: Number) -> Response:
    """Let a delegation end now."""
    with installation.change() as work:
        end_delegation(work.session, number, own_id(work, official), now=work.now, by=official.login)
    return RedirectResponse(_HERE, HTTPStatus.SEE_OTHER)


def _rows(work: Work, listed: Sequence[Delegation]) -> list[DelegationRow]:
    rows = []
    for one, view in zip(listed, delegation_views(work, listed), strict=True):
        manager, who = f"{view.manager_name} ({view.manager_id})", f"{view.delegate_name} ({view.delegate_id})"
        period = period_text(one.start, one.end, work.zone)
        rows.append(DelegationRow(one.id, manager, who, period, view.notice, one.end <= work.now))
    return rows


def _show(
    request: Request,
    installation: Installation,
    official: SignedIn,
    filled: Mapping[str, str],
    faults: Mapping[str, str],
) -> HTMLResponse:
    with installation.read() as work:
        rows = _rows(work, delegations(work.session, work.now, own_id(work, official)))
        managers = delegators_of(work.session, own_id(work, official), work.now)
        page = DelegationsPage(rows, managers, work.zone.key, secrets.token_urlsafe(16), filled, faults)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    title = f"{'Error: ' if faults else ''}Who stands in for me"
    return render(
        request, "app/duties/delegations.html", page, title=title, official=official, here="/my-people", status=status
    )
