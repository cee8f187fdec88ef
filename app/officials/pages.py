"""The pages of signing in and out."""

from asyncio import get_running_loop
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.officials.cookies import forget_let_in, keep_signed_in, who_was_let_in
from app.officials.sign_in_page import inside, show_sign_in_page
from config.officials.sessions import end_session
from config.officials.sign_in import SignIn, sign_in
from config.web.signed_in import SESSION_COOKIE, InstallationDep

router = APIRouter()
# To look at a password takes a core and 64 MiB; however many are sent at once, everybody else is answered meanwhile,
# and each counts the attempts before it.
_SIGN_INS = ThreadPoolExecutor(2, "sign-in")
Typed = Annotated[str, Form(max_length=1_000)]
# no database takes a NUL
Login = Annotated[str, Form(max_length=1_000, pattern=r"^[^\x00]*$")]


@router.get("/sign-in", response_class=HTMLResponse)
def show_sign_in(request: Request, installation: InstallationDep, next: str = "/") -> HTMLResponse:  # noqa: A002 - the word in the address
    """Show the form."""
    return show_sign_in_page(request, installation, inside(next))


@router.post("/sign-in")
async def take_sign_in(
    request: Request,
    installation: InstallationDep,
    login: Login = "",
    password: Typed = "",
    one_time_code: Typed = "",
    then: Annotated[str, Form()] = "/",
) -> Response:
    """Sign in, or show the form again with why not."""
    address = request.client.host if request.client else ""
    attempt = SignIn(login, password, address, one_time_code)
    answer = await get_running_loop().run_in_executor(_SIGN_INS, copy_context().run, sign_in, installation, attempt)
    if not answer.token:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return show_sign_in_page(request, installation, inside(then), answer.refusal, status, login=login)
    return forget_let_in(keep_signed_in(RedirectResponse(inside(then), HTTPStatus.SEE_OTHER), answer.token))


@router.post("/sign-out")
def take_sign_out(request: Request, installation: InstallationDep) -> Response:
    """End the session; who came through the identity provider is shown how to sign out there too."""
    with installation.aside() as work:
        end_session(work.session, request.cookies.get(SESSION_COOKIE, ""), now=work.clock)
    # no form may lead to another site, so the way out of the provider is a link on a page of its own
    then = "/sign-in" if who_was_let_in(request) is None else "/sign-out/provider"
    signed_out = RedirectResponse(then, HTTPStatus.SEE_OTHER)
    signed_out.delete_cookie(SESSION_COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    return signed_out
