"""The administrator's page of mails: what waits, what was sent, and what the mail server refused, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import col, func, select

from app.notices.models import Mail, MailState
from app.notices.outbox import ask_for_sending, try_again
from config.clock import local_text
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Work

router = APIRouter()
_HERE = "/admin/mails"
_ON_A_PAGE = 50
Reader = Annotated[SignedIn, official_who_may("read", "officials")]
Changer = Annotated[SignedIn, official_who_may("change", "officials")]


class MailRow(NamedTuple):
    """A mail as the page shows it, its times in the entity's zone."""

    id: int
    recipient: str
    address: str
    subject: str
    made: str
    state: str
    tries: int
    next_try: str
    last_error: str


@dataclass(frozen=True)
class MailsPage:
    """Everything that mails.html shows.

    Args:
        server: The mail server of the settings; empty where there is none.
        counts: How many mails there are in each state.
        older: The number before which the next page begins; None where this is the last one.
    """

    server: str
    sender: str
    counts: Mapping[str, int]
    mails: Sequence[MailRow]
    older: int | None
    zone: str
    may_change: bool

    @property
    def can_be_tried(self) -> int:
        """How many mails could be tried again now."""
        return self.counts.get(MailState.WAITING, 0) + self.counts.get(MailState.REFUSED, 0)


@router.get(_HERE, response_class=HTMLResponse)
def show_mails(
    request: Request,
    installation: InstallationDep,
    official: Reader,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> HTMLResponse:
    """List mails, the newest first."""
    chosen = select(Mail).order_by(col(Mail.id).desc()).limit(_ON_A_PAGE + 1)
    if before is not None:
        chosen = chosen.where(col(Mail.id) < before)
    settings = installation.settings
    server = f"{settings.smtp_host}, port {settings.smtp_port}" if settings.sends_mail else ""
    with installation.read() as work:
        rows = [_row(mail, work) for mail in work.session.exec(chosen)]
        older = rows[_ON_A_PAGE - 1].id if len(rows) > _ON_A_PAGE else None
        counts = count_mails(work)
        may_change = official.may("change", "officials")
        page = MailsPage(server, settings.mail_from, counts, rows[:_ON_A_PAGE], older, work.zone.key, may_change)
    return render(request, "app/mails.html", page, title="Mails", official=official, here=_HERE)


@router.post(f"{_HERE}/again")
def take_again(installation: InstallationDep, official: Changer) -> Response:
    """Have all mails tried now that wait or were refused."""
    with installation.aside() as work:
        if try_again(work.session, work.clock):
            ask_for_sending(work, by=official.login)
    return RedirectResponse(_HERE, HTTPStatus.SEE_OTHER)


def count_mails(work: Work) -> dict[str, int]:
    """Count mails by their state, in the states' order."""
    counted = dict(work.session.exec(select(Mail.state, func.count()).group_by(Mail.state)).all())
    return {state: counted[state] for state in MailState if state in counted}


def _row(mail: Mail, work: Work) -> MailRow:
    waits = mail.state == MailState.WAITING
    times = [local_text(at.replace(microsecond=0), work.zone) for at in (mail.made_at, mail.next_try_at)]
    return MailRow(
        mail.id,
        mail.recipient,
        mail.address,
        mail.subject,
        times[0],
        mail.state,
        mail.tries,
        times[1] if waits else "",
        mail.last_error,
    )
