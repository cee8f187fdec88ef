"""Notices over JSON: one's own, read or not, and what one wants to be told; the mails, for administrators."""

from datetime import datetime
from operator import attrgetter
from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlmodel import SQLModel, col

from app.notices.kinds import BY_NAME
from app.notices.list_notices import choose_notices, mark_read, state_of
from app.notices.models import Choice, Mail, MailState, Notice
from app.notices.wishes import Wishes, change_wishes, wishes_of
from config.web.paging import Cursor, Limit, Listed, Ordered, Sort, list_page
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.web.versions import NamedVersion, check_version

router = APIRouter(prefix="/api/v1", tags=["notices"])
Reader = Annotated[SignedIn, official_who_may("read", "own account")]
Changer = Annotated[SignedIn, official_who_may("change", "own account")]
MailReader = Annotated[SignedIn, official_who_may("read", "officials")]
_MOST_AT_ONCE = 1_000


def _fields(table: str, *names: str) -> dict[str, Ordered]:
    columns = SQLModel.metadata.tables[table].c
    return {name: Ordered(columns[name], attrgetter(name)) for name in names}


_NOTICES = _fields("notices", "id", "kind", "made_at")
_MAILS = _fields("mails", "id", "recipient", "state", "made_at")


class NoticeView(BaseModel):
    """A notice: what is told, and where it is dealt with; over = nothing is to be done about it any more."""

    id: int
    kind: str
    text: str
    path: str
    state: Literal["unread", "read", "over"]
    made_at: datetime
    read_at: datetime | None


class ReadAsked(BaseModel):
    """Which notices were read; null = all."""

    model_config = ConfigDict(extra="forbid")

    ids: list[Annotated[int, Field(ge=1, le=2**31 - 1)]] | None = Field(default=None, max_length=_MOST_AT_ONCE)


class ReadCount(BaseModel):
    """How many notices were marked that had not been read."""

    marked: int


class Wish(BaseModel):
    """How one wants to be told of a kind of notices."""

    model_config = ConfigDict(extra="forbid")

    kind: str = Field(max_length=100, description=f"One of {', '.join(BY_NAME)}.")
    choice: Choice


class WishesBody(BaseModel):
    """What one wants to be told, how, and at which address; a kind that is not named stays as it is."""

    model_config = ConfigDict(extra="forbid")

    email: str = Field(default="", max_length=1_000, description="Empty = no mails.")
    choices: list[Wish] = Field(default_factory=list, max_length=_MOST_AT_ONCE)


class WishesView(BaseModel):
    """What one wants to be told; `refusal` is why the mail server refused the newest mail, empty where it did not."""

    email: str
    choices: list[Wish]
    refusal: str


class MailView(BaseModel):
    """A mail of the outbox."""

    id: int
    recipient: str
    address: str = Field(description="To which it was tried last; empty before that.")
    subject: str
    state: MailState
    tries: int
    last_error: str
    made_at: datetime
    tried_at: datetime | None
    next_try_at: datetime
    ended_at: datetime | None


@router.get("/notices")
def list_notices(
    installation: InstallationDep,
    official: Reader,
    unread: bool = False,  # noqa: FBT001, FBT002 - a part of an address
    kind: str = "",
    cursor: Cursor = "",
    limit: Limit = 100,
    sort: Sort = "",
) -> Listed[NoticeView]:
    """List one's own notices, the newest first."""
    chosen = choose_notices(official, unread=unread, kind=kind)
    with installation.read() as work:
        found, following = list_page(
            work.session, chosen, _NOTICES, cursor=cursor, limit=limit, sort=sort or "-id", last="id"
        )
        return Listed(items=[_view(one) for one in found], next=following)


@router.post("/notices/read")
def read_notices(installation: InstallationDep, official: Changer, asked: ReadAsked) -> ReadCount:
    """Mark some of one's notices as read, or all; those of others are passed over."""
    with installation.aside() as work:
        return ReadCount(marked=mark_read(work.session, official, now=work.clock, ids=asked.ids))


@router.get("/notices/wishes")
def show_wishes(installation: InstallationDep, official: Reader, response: Response) -> WishesView:
    """Show what one wants to be told, and how."""
    with installation.read() as work:
        return _answered(wishes_of(work, official.login), response)


@router.put("/notices/wishes")
def put_wishes(
    installation: InstallationDep, official: Changer, version: NamedVersion, asked: WishesBody, response: Response
) -> WishesView:
    """Change what one wants to be told, how, and at which address."""
    with installation.change() as work:
        check_version(version, wishes_of(work, official.login).version)
        chosen = {one.kind: one.choice for one in asked.choices}
        change_wishes(work, official.login, asked.email, chosen, by=official.login)
        return _answered(wishes_of(work, official.login), response)


@router.get("/mails")
def list_mails(
    installation: InstallationDep,
    official: MailReader,  # noqa: ARG001 - who may
    state: MailState | None = None,
    cursor: Cursor = "",
    limit: Limit = 100,
    sort: Sort = "",
) -> Listed[MailView]:
    """List the mails of the outbox, the newest first: which wait, were sent or were refused, and why."""
    chosen = select(Mail) if state is None else select(Mail).where(col(Mail.state) == state)
    with installation.read() as work:
        found, following = list_page(
            work.session, chosen, _MAILS, cursor=cursor, limit=limit, sort=sort or "-id", last="id"
        )
        shown = [MailView(**one.model_dump(include=set(MailView.model_fields))) for one in found]
        return Listed(items=shown, next=following)


def _view(notice: Notice) -> NoticeView:
    names = ("id", "kind", "text", "path", "made_at", "read_at")
    return NoticeView.model_validate({name: getattr(notice, name) for name in names} | {"state": state_of(notice)})


def _answered(wishes: Wishes, response: Response) -> WishesView:
    response.headers["ETag"] = wishes.version
    choices = [Wish(kind=kind, choice=choice) for kind, choice in wishes.choices.items()]
    return WishesView(email=wishes.email, choices=choices, refusal=wishes.refusal)
