"""The page that shows what was typed into a form whose session had ended, to be sent by the same person."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi import Path as PathPart
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from config.errors import Refusal
from config.web.kept_forms import SentForm, drop_kept_form, find_kept_form, keep_form, whose_session
from config.web.receive_upload import read_without_files
from config.web.rendering import render
from config.web.signed_in import (
    SESSION_COOKIE,
    InstallationDep,
    SignedIn,
    installation_of,
    official_who_may,
)

router = APIRouter()
_TYPED_FORM, _FORM_WITH_FILES = "application/x-www-form-urlencoded", "multipart/form-data"
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
        files: The names of the files that have to be chosen again, by field.
    """

    id: str
    path: str
    fields: Sequence[tuple[str, str]]
    typed: Sequence[tuple[str, str]]
    files: Mapping[str, Sequence[str]]


@router.get("/kept/{form_id}", response_class=HTMLResponse)
def show_kept(request: Request, installation: InstallationDep, official: Reader, form_id: FormId) -> HTMLResponse:
    """Show what was typed."""
    with installation.read() as work:
        kept = find_kept_form(work.session, form_id, official.login, now=work.clock)
        typed = [(name, text) for name, text in kept.typed if name not in _CARRIED and text]
        files = defaultdict[str, list[str]](list)
        for name, file in kept.chosen:
            files[name].append(file)
        page = KeptFormPage(kept.id, kept.path, kept.typed, typed, files)
    return render(request, "app/kept_form.html", page, title="What you typed is still here", official=official)


@router.post("/kept/{form_id}/discard")
def take_discard(installation: InstallationDep, official: Changer, form_id: FormId) -> Response:
    """Throw it away."""
    with installation.aside() as work:
        drop_kept_form(work.session, form_id, official.login)
    return RedirectResponse("/", HTTPStatus.SEE_OTHER)


async def send_to_sign_in(request: Request) -> Response:
    """Send whoever is not signed in to the sign-in; a form that they sent is kept for the same person."""
    may_have_typed = request.method == "POST" and request.cookies.get(SESSION_COOKIE, "")
    sent = await _sent(request) if may_have_typed else None
    kept = await run_in_threadpool(_keep, request, sent) if sent else ""
    following = f"/kept/{kept}{'?files=1' if sent and sent.chosen else ''}" if kept else request.url.path
    return RedirectResponse(f"/sign-in?next={quote(following)}", HTTPStatus.SEE_OTHER)


async def _sent(request: Request) -> SentForm | None:
    """Give the form that was sent; None where nobody may have typed it here, or it cannot be read."""
    query = f"?{request.url.query}" if request.url.query else ""
    path = f"{request.url.path}{query}"
    kind, length = request.headers.get("content-type", ""), request.headers.get("content-length", "")
    if kind.startswith(_TYPED_FORM) and length.isdecimal() and int(length) <= _MOST_BYTES:
        form = await request.form()
        return SentForm(path, [(name, text) for name, text in form.multi_items() if isinstance(text, str)])
    if not kind.startswith(_FORM_WITH_FILES) or not await run_in_threadpool(_had_session, request):
        return None
    try:
        received = await read_without_files(request)
    except Refusal:
        return None
    return SentForm(path, list(received.texts.items()), received.chosen)


def _had_session(request: Request) -> bool:
    """Say whether whoever asks was signed in before: of nobody else is a long form read at all."""
    with installation_of(request).read() as work:
        return bool(whose_session(work.session, request.cookies.get(SESSION_COOKIE, ""), now=work.clock))


def _keep(request: Request, sent: SentForm) -> str:
    with installation_of(request).aside() as work:
        return keep_form(work.session, request.cookies.get(SESSION_COOKIE, ""), sent, now=work.clock)
