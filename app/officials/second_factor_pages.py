"""The page on which whoever is signed in sets up a second factor for their password, or takes it away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel

from app.officials.cookies import keep_signed_in
from config.errors import InvalidFields
from config.officials.change_own_factor import remove_own_factor, set_up_own_factor
from config.officials.officials import find_official
from config.officials.second_factor import codes_left, factor_of
from config.officials.sign_in import SignIn
from config.officials.totp import address_of, is_secret, new_secret, picture_of
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may, refuse_token
from config.work import Installation

router = APIRouter()
_HERE = "/me/second-factor"
Reader = Annotated[SignedIn, official_who_may("read", "own account", without_factor=True)]
Changer = Annotated[SignedIn, official_who_may("change", "own account", without_factor=True)]


class FactorForm(BaseModel):
    """The form as it was sent; `secret` is the one that the page showed, and of no use to anybody before that."""

    present: str = ""
    one_time_code: str = ""
    secret: str = ""


@dataclass(frozen=True)
class SecondFactorPage:
    """Everything second_factor.html shows.

    Args:
        since: When the second factor was set up; None where there is none.
        left: How many recovery codes were not used.
        has_password: Whether there is a password that it could be asked for beside.
        is_needed: Whether nothing else may be done before it is set up.
        secret: The one to set up, and the picture that a telephone reads it from; empty where there is one already.
        codes: The recovery codes, shown this once.
    """

    login: str
    zone: ZoneInfo
    since: datetime | None
    left: int
    has_password: bool
    is_needed: bool
    secret: str = ""
    picture: str = ""
    codes: Sequence[str] = ()
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def spelt(self) -> str:
        """Give the secret in groups, as it is typed off."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


@router.get(_HERE, response_class=HTMLResponse)
def show_second_factor(request: Request, installation: InstallationDep, official: Reader) -> HTMLResponse:
    """Show whether a second factor is set up, and how it is."""
    return _show(request, installation, official)


@router.post(_HERE)
def take_second_factor(
    request: Request, installation: InstallationDep, official: Changer, form: Annotated[FactorForm, Form()]
) -> Response:
    """Set it up, and show the recovery codes this once; every other session ends."""
    refuse_token(official)
    try:
        made = set_up_own_factor(installation, _asked(request, official, form), form.secret)
    except InvalidFields as invalid:
        return _show(request, installation, official, secret=form.secret, faults=invalid.faults)
    return keep_signed_in(_show(request, installation, official, codes=made.codes), made.token)


@router.post(f"{_HERE}/remove")
def take_removal(
    request: Request, installation: InstallationDep, official: Changer, form: Annotated[FactorForm, Form()]
) -> Response:
    """Take it away; every other session ends."""
    refuse_token(official)
    try:
        token = remove_own_factor(installation, _asked(request, official, form))
    except InvalidFields as invalid:
        return _show(request, installation, official, faults=invalid.faults)
    return keep_signed_in(RedirectResponse(_HERE, HTTPStatus.SEE_OTHER), token)


def _asked(request: Request, official: SignedIn, form: FactorForm) -> SignIn:
    address = request.client.host if request.client else ""
    return SignIn(official.login, form.present, address, form.one_time_code)


def _show(
    request: Request,
    installation: Installation,
    official: SignedIn,
    *,
    secret: str = "",
    codes: Sequence[str] = (),
    faults: Mapping[str, str] | None = None,
) -> HTMLResponse:
    with installation.read() as work:
        standing = find_official(work.session, official.login)
        factor = factor_of(work.session, official.login)
        since = factor.recorded_at if factor else None
        left = codes_left(work.session, factor) if factor else 0
        zone, has_password = work.zone, bool(standing and standing.password)
    if factor is None:
        secret = secret if is_secret(secret) else new_secret()
        picture = picture_of(address_of(secret, official.login, request.app.state.entity_name()))
    else:
        secret = picture = ""
    needs = official.needs_factor and factor is None
    page = SecondFactorPage(
        official.login, zone, since, left, has_password, needs, secret, picture, codes, faults or {}
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    title = "Error: Second factor" if faults else "Second factor"
    # where nothing else may be done, the page offers no way to anything else
    shown_to = None if needs else official
    return render(request, "app/second_factor.html", page, title=title, official=shown_to, here="/me", status=status)
