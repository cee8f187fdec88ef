"""The notices of one official, as far as they may still read what these tell of."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, select, update
from sqlmodel import Session, col, func

from app.notices.kinds import BY_NAME, KINDS
from app.notices.models import Notice
from config.clock import local_text
from config.web.signed_in import SignedIn
from config.work import Work


class NoticeRow(NamedTuple):
    """A notice as a page shows it; `state` is unread, read or over."""

    id: int
    text: str
    path: str
    kind: str
    made: str
    state: str


def choose_notices(official: SignedIn, *, unread: bool = False, kind: str = "") -> Select[Notice]:
    """Choose an official's notices.

    Args:
        unread: Only those that are not read, and not over.
        kind: Only those of this kind.
    """
    chosen = select(Notice).where(_are_of(official), *(_unread() if unread else ()))
    return chosen.where(col(Notice.kind) == kind) if kind else chosen


def count_unread(work: Work, official: SignedIn) -> int:
    """Say how many notices an official has not read."""
    counted = select(func.count()).select_from(Notice).where(_are_of(official), *_unread())
    return int(work.session.execute(counted).scalar_one())


def newest_notices(
    work: Work, official: SignedIn, *, most: int, unread: bool = True, before: int | None = None
) -> Sequence[NoticeRow]:
    """Give an official's notices, the newest first.

    Args:
        before: Only those before the notice of this number.
    """
    chosen = choose_notices(official, unread=unread)
    if before is not None:
        chosen = chosen.where(col(Notice.id) < before)
    rows = work.session.execute(chosen.order_by(col(Notice.id).desc()).limit(most)).scalars()
    return [_row(one, work) for one in rows]


def mark_read(session: Session, official: SignedIn, *, now: datetime, ids: Collection[int] | None = None) -> int:
    """Note that an official has read some of their notices, or all of them; give how many were unread."""
    chosen = update(Notice).where(col(Notice.recipient) == official.login, col(Notice.read_at).is_(None))
    if ids is not None:
        chosen = chosen.where(col(Notice.id).in_(ids))
    return int(session.connection().execute(chosen.values(read_at=now)).rowcount)


def state_of(notice: Notice) -> str:
    """Say whether a notice is unread, read or over."""
    return "over" if notice.over_at is not None else "read" if notice.read_at is not None else "unread"


def _row(notice: Notice, work: Work) -> NoticeRow:
    made = local_text(notice.made_at.replace(second=0, microsecond=0), work.zone)
    in_words = BY_NAME[notice.kind].in_words
    return NoticeRow(notice.id, notice.text, notice.path, in_words, made, state_of(notice))


def _are_of(official: SignedIn) -> ColumnElement[bool]:
    readable = [kind.name for kind in KINDS if official.may("read", kind.about)]
    return (col(Notice.recipient) == official.login) & col(Notice.kind).in_(readable)


def _unread() -> tuple[ColumnElement[bool], ...]:
    return col(Notice.read_at).is_(None), col(Notice.over_at).is_(None)
