"""The page of the sign-in: with a password, and through the city's identity provider where there is one."""

from dataclasses import dataclass
from http import HTTPStatus

from fastapi import Request
from fastapi.responses import HTMLResponse

from config.web.rendering import render
from config.web.signed_in import find_signed_in
from config.work import Installation


@dataclass(frozen=True)
class SignInPage:
    """Everything that sign_in.html shows; `provider` is what the way through one is called, if there is one."""

    login: str
    then: str
    refusal: str
    provider: str


def show_sign_in_page(
    request: Request,
    installation: Installation,
    then: str,
    refusal: str = "",
    status: HTTPStatus = HTTPStatus.OK,
    *,
    login: str = "",
) -> HTMLResponse:
    """Show the sign-in, with why nobody was signed in where somebody tried."""
    settings = installation.settings
    page = SignInPage(login, then, refusal, settings.oidc_name if settings.oidc_issuer else "")
    title, official = ("Error: Sign in", None) if refusal else ("Sign in", find_signed_in(request))
    return render(request, "app/sign_in.html", page, title=title, official=official, status=status)


def inside(path: str) -> str:
    """Give a path of this service to go on to; another site's address, or what is none, becomes the home page."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
