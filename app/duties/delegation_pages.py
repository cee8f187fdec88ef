"""The page on which a manager says who stands in for them, and until when."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from access.delegations import LONGEST, delegations, delegators_of, end_delegation
from app.duties.delegation_api import Changer, Number, Reader
from app.duties.delegations_shown import NewDelegation, delegation_view, make_delegation, own_id
from config.clock import period_text
from config.errors import InvalidFields
from config.web.once import KeyUsed, once
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn
from config.work import Installation

router = APIRouter()
_HERE = "/my-people/delegations"
Typed = Annotated[str, Form(max_length=200)]
Day = Annotated[str, Form(max_length=60)]


@dataclass(frozen=True)
class DelegationRow:
    """A delegation as the page shows it."""

    number: int
    who: str
    period: str
    notice: str


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


def _show(
    request: Request,
    installation: Installation,
    official: SignedIn,
    filled: Mapping[str, str],
    faults: Mapping[str, str],
) -> HTMLResponse:
    with installation.read() as work:
        rows = []
        for one in delegations(work.session, work.now, own_id(work, official)):
            view = delegation_view(work, one)
            who = f"{view.delegate_name} ({view.delegate_id})"
            rows.append(DelegationRow(one.id, who, period_text(one.start, one.end, work.zone), view.notice))
        managers = delegators_of(work.session, own_id(work, official), work.now)
        page = DelegationsPage(rows, managers, work.zone.key, secrets.token_urlsafe(16), filled, faults)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    title = f"{'Error: ' if faults else ''}Who stands in for me"
    return render(
        request, "app/duties/delegations.html", page, title=title, official=official, here="/my-people", status=status
    )
