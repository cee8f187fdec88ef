"""The pages of signing in and out."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from app.officials.cookies import keep_signed_in
from config.officials.sessions import end_session
from config.officials.sign_in import SignIn, sign_in
from config.web.rendering import render
from config.web.signed_in import SESSION_COOKIE, InstallationDep, find_signed_in

router = APIRouter()


@dataclass(frozen=True)
class SignInPage:
    """Everything that sign_in.html shows."""

    login: str
    then: str
    refusal: str


@router.get("/sign-in", response_class=HTMLResponse)
def show_sign_in(request: Request, next: str = "/") -> HTMLResponse:  # noqa: A002 - the word in the address
    """Show the form."""
    page = SignInPage("", _inside(next), "")
    return render(request, "app/sign_in.html", page, title="Sign in", official=find_signed_in(request))


@router.post("/sign-in")
async def take_sign_in(
    request: Request,
    installation: InstallationDep,
    login: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    one_time_code: Annotated[str, Form()] = "",
    then: Annotated[str, Form()] = "/",
) -> Response:
    """Sign in, or show the form again with why not."""
    address = request.client.host if request.client else ""
    answer = await run_in_threadpool(sign_in, installation, SignIn(login, password, address, one_time_code))
    if not answer.token:
        page = SignInPage(login, _inside(then), answer.refusal)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "app/sign_in.html", page, title="Error: Sign in", official=None, status=status)
    return keep_signed_in(RedirectResponse(_inside(then), HTTPStatus.SEE_OTHER), answer.token)


@router.post("/sign-out")
def take_sign_out(request: Request, installation: InstallationDep) -> Response:
    """End the session."""
    with installation.aside() as work:
        end_session(work.session, request.cookies.get(SESSION_COOKIE, ""), now=work.clock)
    signed_out = RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
    signed_out.delete_cookie(SESSION_COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    return signed_out


def _inside(path: str) -> str:
    """Give a path of this service to go on to; another site's address, or what is none, becomes the home page."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
