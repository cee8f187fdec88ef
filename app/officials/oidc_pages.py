"""The way in through the city's identity provider, there and back with its answer; and the way out."""

from dataclasses import dataclass
from http import HTTPStatus
from importlib import import_module
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from app.officials.cookies import forget_let_in, keep_let_in, keep_signed_in, who_was_let_in
from app.officials.sign_in_page import inside, show_sign_in_page
from config.errors import Invalid, NotFound
from config.officials.oidc.begun import LONGEST, begin, read_begun
from config.officials.oidc.faults import Fault, RefusedAnswer
from config.officials.oidc.settings import Oidc, oidc_of
from config.officials.sign_in import SignInAnswer
from config.web.rendering import render
from config.web.signed_in import InstallationDep
from config.work import Installation

router = APIRouter()
_COOKIE = "__Host-begun"
_ANSWER = "/sign-in/oidc/answer"
_Part = Annotated[str, Query(max_length=10_000)]


@dataclass(frozen=True)
class SignedOutPage:
    """Everything that signed_out.html shows; `address` is where one signs out of the provider, if that is known."""

    provider: str
    address: str


@router.get("/sign-in/oidc")
def go_to_provider(request: Request, installation: InstallationDep, next: str = "/") -> Response:  # noqa: A002 - the word in the address
    """Send a browser to the provider, with what makes its answer one to this sign-in."""
    begun = begin(inside(next), installation.clock())
    try:
        client = _oidc(installation).client
        provider = _slow("config.officials.oidc.provider").provider_of(client)
        address = provider.address(begun, _answer_to(request), begun.at)
    except RefusedAnswer as refused:
        _slow("config.officials.oidc.sign_in").note_refusal(installation, _address(request), refused.fault)
        return show_sign_in_page(request, installation, inside(next), str(refused), HTTPStatus.SERVICE_UNAVAILABLE)
    answer = RedirectResponse(address, HTTPStatus.SEE_OTHER)
    seconds = int(LONGEST.total_seconds())
    answer.set_cookie(_COOKIE, begun.kept, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax")
    return answer


@router.get(_ANSWER)
def take_answer(
    request: Request,
    installation: InstallationDep,
    state: _Part = "",
    code: _Part = "",
    error: _Part = "",
    iss: _Part = "",
) -> Response:
    """Sign in whom the provider's answer names, or show the sign-in with why not."""
    begun = read_begun(request.cookies.get(_COOKIE, ""))
    then = inside(begun.then) if begun else "/"
    signing = _slow("config.officials.oidc.sign_in")
    answer = signing.Answer(begun, state, code, error, iss, _address(request), _answer_to(request))
    try:
        said = signing.sign_in_by(installation, _oidc(installation), answer)
    except RefusedAnswer as refused:
        said = SignInAnswer(refusal=str(refused))
    if said.token:
        ended = keep_signed_in(RedirectResponse(then, HTTPStatus.SEE_OTHER), said.token)
        keep_let_in(ended, said.signed)
    else:
        ended = show_sign_in_page(request, installation, then, said.refusal, HTTPStatus.UNPROCESSABLE_ENTITY)
    ended.delete_cookie(_COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    return ended


@router.get("/sign-out/provider")
def show_way_out(request: Request, installation: InstallationDep) -> Response:
    """Show once how to sign out of the provider too, which else lets in unasked who uses the browser next."""
    signed = who_was_let_in(request)
    if signed is None:
        return RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
    try:
        client = _oidc(installation).client
        provider = _slow("config.officials.oidc.provider").provider_of(client)
        address = provider.address_to_leave(signed, installation.clock())
    except (NotFound, RefusedAnswer):
        address = ""
    page = SignedOutPage(installation.settings.oidc_name, address)
    return forget_let_in(render(request, "app/signed_out.html", page, title="Signed out", official=None))


def _oidc(installation: Installation) -> Oidc:
    try:
        found = oidc_of(installation.settings)
    except Invalid as invalid:
        # who is not signed in is not told what the files of this machine say
        raise RefusedAnswer(Fault.SET_UP) from invalid
    if found is None:
        raise NotFound("There is nothing at this address.")
    return found


def _answer_to(request: Request) -> str:
    return str(request.base_url).rstrip("/") + _ANSWER


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _slow(module: str) -> Any:  # noqa: ANN401 - a module
    """Give what talks to providers, which takes long to load and is of no use where there is none."""
    return import_module(module)
