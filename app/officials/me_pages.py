"""The page of whoever is signed in: their own roles, sessions, tokens and password."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel

from app.officials.cookies import keep_signed_in
from app.officials.own_matters import OwnQuestion, OwnRequest, own_questions, own_requests
from config.clock import read_end
from config.errors import Invalid, InvalidFields
from config.officials.change_own_password import PasswordChange, change_own_password
from config.officials.models import ApiToken, OfficialSession
from config.officials.permissions import ACTS
from config.officials.second_factor import factor_of
from config.officials.sessions import end_sessions, sessions_of, token_sha256
from config.officials.tokens import end_token, make_token, tokens_of
from config.web.once import KeyUsed, once
from config.web.rendering import render
from config.web.signed_in import SESSION_COOKIE, InstallationDep, SignedIn, official_who_may, refuse_token
from config.work import Installation, Work

router = APIRouter()
_HERE = "/me"
Reader = Annotated[SignedIn, official_who_may("read", "own account")]
Changer = Annotated[SignedIn, official_who_may("change", "own account")]
Typed = Annotated[str, Form(max_length=1_000)]


@dataclass(frozen=True)
class MePage:
    """Everything me.html shows.

    Args:
        own: The digest of the token of the session that asks.
        made: A token that was just made, shown this once.
        key: Tells one form from another, so that what is sent twice is done once.
        requests: The duties that were asked for in favour of whoever asks.
        questions: What they were asked about findings.
    """

    official: SignedIn
    sessions: Sequence[OfficialSession]
    own: str
    tokens: Sequence[ApiToken]
    zone: ZoneInfo
    key: str
    filled: Mapping[str, object] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    made: str = ""
    said: str = ""
    has_factor: bool = False
    acts: Sequence[str] = ACTS
    requests: Sequence[OwnRequest] = ()
    questions: Sequence[OwnQuestion] = ()
    may_ask: bool = False


class TokenForm(BaseModel):
    """The form of a new token as it was sent."""

    acts: list[str] = []
    expires: str = ""
    key: str = ""


class _Made(BaseModel):
    made: bool = True


@router.get(_HERE, response_class=HTMLResponse)
def show_me(request: Request, installation: InstallationDep, official: Reader) -> HTMLResponse:
    """Show the roles, sessions and tokens of whoever asks."""
    return _show(request, installation, official)


@router.post(f"{_HERE}/sessions/end")
def take_end_of_session(
    request: Request, installation: InstallationDep, official: Changer, session: Typed = ""
) -> Response:
    """End one session, or where none is named, all but the one that asks."""
    own = _own(request)
    with installation.aside() as work:
        lasting = [one.token_sha256 for one in sessions_of(work.session, official.login, now=work.clock)]
        ended = [one for one in lasting if one == session] if session else [one for one in lasting if one != own]
        end_sessions(work.session, official.login, ended, now=work.clock)
    return RedirectResponse(f"{_HERE}#sessions", HTTPStatus.SEE_OTHER)


@router.post(f"{_HERE}/tokens")
def take_token(
    request: Request, installation: InstallationDep, official: Changer, form: Annotated[TokenForm, Form()]
) -> HTMLResponse:
    """Make a token and show it this once, or show the form again with what is wrong."""
    refuse_token(official)
    made = list[str]()

    def make(work: Work) -> _Made:
        made.append(_make(work, official, form))
        return _Made()

    try:
        once(installation, official, form.key, form, make)
    except InvalidFields as invalid:
        filled = {"acts": form.acts, "expires": form.expires}
        return _show(request, installation, official, filled=filled, faults=invalid.faults)
    except KeyUsed:
        made.clear()
    said = "" if made else "This form was sent before, and its token was shown then. Revoke it if it was not kept."
    return _show(request, installation, official, made="".join(made), said=said)


@router.post(f"{_HERE}/tokens/revoke")
def take_revocation(installation: InstallationDep, official: Changer, token: Typed = "") -> Response:
    """Let a token serve no longer."""
    with installation.change() as work:
        end_token(work.session, official.login, token, now=work.now, by=official.login)
    return RedirectResponse(f"{_HERE}#tokens", HTTPStatus.SEE_OTHER)


@router.post(f"{_HERE}/password")
def take_password(
    request: Request,
    installation: InstallationDep,
    official: Changer,
    present: Typed = "",
    new: Typed = "",
    again: Typed = "",
) -> Response:
    """Change the password of whoever asks; every other session of theirs ends."""
    refuse_token(official)
    address = request.client.host if request.client else ""
    try:
        token = change_own_password(installation, PasswordChange(official.login, present, new, again, address))
    except InvalidFields as invalid:
        return _show(request, installation, official, faults=invalid.faults)
    return keep_signed_in(RedirectResponse(_HERE, HTTPStatus.SEE_OTHER), token)


def _make(work: Work, official: SignedIn, form: TokenForm) -> str:
    faults = dict[str, str]()
    if not form.acts:
        faults["acts"] = "Choose at least one act for which it serves."
    try:
        expires_at = read_end(form.expires, work.zone)
    except ValueError as error:
        expires_at, faults["expires"] = work.now, f"Say on which day it serves last: expected {error}."
    if faults:
        raise InvalidFields(faults)
    login = official.login
    try:
        return make_token(work.session, login, expires_at=expires_at, acts=form.acts, now=work.now, by=login)
    except Invalid as invalid:
        raise InvalidFields({"expires": str(invalid)}) from invalid


def _own(request: Request) -> str:
    return token_sha256(request.cookies.get(SESSION_COOKIE, ""))


def _show(
    request: Request,
    installation: Installation,
    official: SignedIn,
    *,
    filled: Mapping[str, object] | None = None,
    faults: Mapping[str, str] | None = None,
    made: str = "",
    said: str = "",
) -> HTMLResponse:
    with installation.read() as work:
        lasting = sessions_of(work.session, official.login, now=work.clock)
        serving = [one for one in tokens_of(work.session, official.login) if one.ended_at is None]
        serving = [one for one in serving if one.expires_at > work.clock]
        key = secrets.token_urlsafe(16)
        has_factor = factor_of(work.session, official.login) is not None
        page = MePage(
            official,
            lasting,
            _own(request),
            serving,
            work.zone,
            key,
            filled or {},
            faults or {},
            made,
            said,
            has_factor,
            requests=own_requests(work, official),
            questions=own_questions(work, official),
            may_ask=official.may("change", "duty requests"),
        )
        work.session.expunge_all()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    title = "Error: My account" if faults else "My account"
    return render(request, "app/me.html", page, title=title, official=official, here=_HERE, status=status)
