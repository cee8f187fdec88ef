"""The page on which officials say what they want to be told, how, and at which address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from app.notices.kinds import KINDS, Kind
from app.notices.models import Choice
from app.notices.wishes import Wishes, change_wishes, wishes_of
from config.errors import InvalidFields
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation

router = APIRouter()
_HERE = "/me/notices"
_IN_WORDS = {
    Choice.AT_ONCE: "here, and by e-mail at once",
    Choice.DIGEST: "here, and by e-mail once a day",
    Choice.SERVICE: "here alone",
    Choice.NONE: "not at all",
}
Reader = Annotated[SignedIn, official_who_may("read", "own account")]
Changer = Annotated[SignedIn, official_who_may("change", "own account")]


class WishesForm(BaseModel):
    """The form as it was sent; beside these it has a field for each kind, by its name."""

    model_config = ConfigDict(extra="allow")

    email: str = Field(default="", max_length=1_000)
    version: str = ""


@dataclass(frozen=True)
class WishesPage:
    """Everything that notice_wishes.html shows.

    Args:
        standing: What the official wants as it stands.
        kinds: Of what they may be told.
        filled: What is in the fields.
        sends_mail: Whether this installation sends mails at all.
        hour: Of the day at which daily mails are written.
    """

    standing: Wishes
    kinds: Sequence[Kind]
    filled: Mapping[str, object]
    sends_mail: bool
    hour: str
    faults: Mapping[str, str] = field(default_factory=dict)
    in_words: Mapping[Choice, str] = field(default_factory=lambda: _IN_WORDS)


@router.get(_HERE, response_class=HTMLResponse)
def show_wishes(request: Request, installation: InstallationDep, official: Reader) -> HTMLResponse:
    """Show what an official wants to be told, and how."""
    return _show(request, installation, official)


@router.post(_HERE)
def take_wishes(
    request: Request, installation: InstallationDep, official: Changer, form: Annotated[WishesForm, Form()]
) -> Response:
    """Change it, or show the form again with what is wrong."""
    mine = {kind.name for kind in _kinds_of(official)}
    chosen = {name: str(choice) for name, choice in (form.model_extra or {}).items() if name in mine}
    filled = {"email": form.email, **chosen}
    try:
        with installation.change() as work:
            _refuse_stale(wishes_of(work, official.login), form.version)
            change_wishes(work, official.login, form.email, chosen, by=official.login)
    except InvalidFields as invalid:
        return _show(request, installation, official, filled=filled, faults=invalid.faults)
    return RedirectResponse(_HERE, HTTPStatus.SEE_OTHER)


def _kinds_of(official: SignedIn) -> list[Kind]:
    return [kind for kind in KINDS if official.may("read", kind.about)]


def _refuse_stale(standing: Wishes, version: str) -> None:
    if version != standing.version.strip('"'):
        said = "This was changed meanwhile, elsewhere. Look at what you have filled in, and save it again."
        raise InvalidFields({"stale": said})


def _show(
    request: Request,
    installation: Installation,
    official: SignedIn,
    *,
    filled: Mapping[str, object] | None = None,
    faults: Mapping[str, str] | None = None,
) -> HTMLResponse:
    with installation.read() as work:
        wishes = wishes_of(work, official.login)
        hour = f"{work.settings.digest_hour:02}:00 of {work.zone.key}"
    stands = {"email": wishes.email, **wishes.choices}
    page = WishesPage(
        wishes, _kinds_of(official), filled or stands, installation.settings.sends_mail, hour, faults or {}
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    title = "Error: What I am told" if faults else "What I am told"
    return render(request, "app/notice_wishes.html", page, title=title, official=official, here="/me", status=status)
