"""The page that shows what was typed into a form whose session had ended, to be sent by the same person."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi import Path as PathPart
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from config.web.kept_forms import drop_kept_form, find_kept_form, keep_form
from config.web.rendering import render
from config.web.signed_in import (
    SESSION_COOKIE,
    InstallationDep,
    SignedIn,
    installation_of,
    official_who_may,
)

router = APIRouter()
_TYPED_FORM = "application/x-www-form-urlencoded"
_MOST_BYTES = 400_000
# what a form carries beside what somebody typed
_CARRIED = {"key", "sent", "version", "stamp", "step", "query"}
Reader = Annotated[SignedIn, official_who_may("read", "own account")]
Changer = Annotated[SignedIn, official_who_may("change", "own account")]
FormId = Annotated[str, PathPart(max_length=50, pattern=r"^[\w-]*$")]


@dataclass(frozen=True)
class KeptFormPage:
    """Everything kept_form.html shows.

    Args:
        path: Where the form was sent to, and will be.
        fields: All its fields, and `typed` those that somebody typed into.
    """

    id: str
    path: str
    fields: Sequence[tuple[str, str]]
    typed: Sequence[tuple[str, str]]


@router.get("/kept/{form_id}", response_class=HTMLResponse)
def show_kept(request: Request, installation: InstallationDep, official: Reader, form_id: FormId) -> HTMLResponse:
    """Show what was typed."""
    with installation.read() as work:
        kept = find_kept_form(work.session, form_id, official.login, now=work.clock)
        typed = [(name, text) for name, text in kept.typed if name not in _CARRIED and text]
        page = KeptFormPage(kept.id, kept.path, kept.typed, typed)
    return render(request, "app/kept_form.html", page, title="What you typed is still here", official=official)


@router.post("/kept/{form_id}/discard")
def take_discard(installation: InstallationDep, official: Changer, form_id: FormId) -> Response:
    """Throw it away."""
    with installation.aside() as work:
        drop_kept_form(work.session, form_id, official.login)
    return RedirectResponse("/", HTTPStatus.SEE_OTHER)


async def send_to_sign_in(request: Request) -> Response:
    """Send whoever is not signed in to the sign-in; a form that they sent is kept for the same person."""
    kept = await _keep(request) if request.method == "POST" else ""
    following = f"/kept/{kept}" if kept else request.url.path
    return RedirectResponse(f"/sign-in?next={quote(following)}", HTTPStatus.SEE_OTHER)


async def _keep(request: Request) -> str:
    token = request.cookies.get(SESSION_COOKIE, "")
    kind, length = request.headers.get("content-type", ""), request.headers.get("content-length", "")
    if not token or not kind.startswith(_TYPED_FORM) or not length.isdecimal() or int(length) > _MOST_BYTES:
        return ""
    form = await request.form()
    fields = [(name, text) for name, text in form.multi_items() if isinstance(text, str)]
    return await run_in_threadpool(_keep_fields, request, token, fields)


def _keep_fields(request: Request, token: str, fields: Sequence[tuple[str, str]]) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    with installation_of(request).aside() as work:
        return keep_form(work.session, token, f"{request.url.path}{query}", fields, now=work.clock)
