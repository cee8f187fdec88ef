"""Forms that were sent when the session had ended: what was typed is kept for the same person, who goes on with it."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Text
from sqlmodel import Field, Session, SQLModel, col, delete

from config.database import UtcDateTime
from config.errors import NotFound
from config.officials.models import OfficialSession
from config.officials.sessions import token_sha256

_KEPT = timedelta(days=1)
_MOST_LETTERS = 200_000
# the fields of passwords and second factors: nobody finds these in the database
_SECRET = {"password", "present", "new", "again", "secret", "one_time_code"}


class KeptForm(SQLModel, table=True):
    """A form that could not be taken for want of a session.

    `fields` is a JSON list of names and texts, and behind these, of the fields of files, of names, names of files and
    `true`.
    """

    __tablename__ = "kept_forms"

    id: str = Field(primary_key=True)
    login: str
    path: str
    fields: str = Field(sa_type=Text)
    kept_at: datetime = Field(sa_type=UtcDateTime, index=True)

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Give what was typed, field by field."""
        return [(name, text) for name, text, *is_file in json.loads(self.fields) if not is_file]

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Give the names of the files that were chosen, field by field; the files were not kept."""
        return [(name, file) for name, file, *is_file in json.loads(self.fields) if is_file]


@dataclass(frozen=True)
class SentForm:
    """A form as it was sent, to `path`: what was typed, and which files were chosen, field by field."""

    path: str
    typed: Sequence[tuple[str, str]]
    chosen: Sequence[tuple[str, str]] = ()


def whose_session(session: Session, token: str, *, now: datetime) -> str:
    """Give whose session a token was that may have ended not long ago; empty where it was none."""
    ended = session.get(OfficialSession, token_sha256(token)) if token else None
    return "" if ended is None or now - ended.seen_at > _KEPT else ended.login


def keep_form(session: Session, token: str, sent: SentForm, *, now: datetime) -> str:
    """Keep a form of whoever had a session, and give its id; empty where nobody had, or it is too long.

    Args:
        token: Of the session that has ended.
    """
    session.execute(delete(KeptForm).where(col(KeptForm.kept_at) < now - _KEPT))
    login = whose_session(session, token, now=now)
    typed = [(name, text) for name, text in sent.typed if name not in _SECRET]
    text = json.dumps([*typed, *((name, file, True) for name, file in sent.chosen)], ensure_ascii=False)
    if not login or len(text) > _MOST_LETTERS:
        return ""
    kept = KeptForm(id=secrets.token_urlsafe(16), login=login, path=sent.path, fields=text, kept_at=now)
    session.add(kept)
    session.flush()
    return kept.id


def find_kept_form(session: Session, form_id: str, login: str, *, now: datetime) -> KeptForm:
    """Give a form that was kept for an official.

    Raises:
        NotFound: There is none, or it is somebody else's.
    """
    kept = session.get(KeptForm, form_id)
    if kept is None or kept.login != login or kept.kept_at < now - _KEPT:
        raise NotFound("Nothing is kept here for you; what was typed is kept for a day.")
    return kept


def drop_kept_form(session: Session, form_id: str, login: str) -> None:
    """Throw a kept form away; of somebody else's, or one that is gone, nothing is done."""
    session.execute(delete(KeptForm).where(col(KeptForm.id) == form_id, col(KeptForm.login) == login))
