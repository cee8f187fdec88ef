"""Sign-ins that last: begun, recognised by their token, and ended by time, by the person, or by a change of roles."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, col, update

from config.officials.models import OfficialSession

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
_SEEN_EVERY = timedelta(minutes=1)  # so that reading a page seldom writes


def token_sha256(token: str) -> str:
    """Give what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin_session(session: Session, login: str, *, now: datetime) -> str:
    """Begin a session, and give the token that proves it; it is not kept."""
    token = secrets.token_urlsafe(32)
    session.add(OfficialSession(token_sha256=token_sha256(token), login=login, began_at=now, seen_at=now))
    session.flush()
    return token


def find_session(session: Session, token: str, *, now: datetime) -> OfficialSession | None:
    """Give the session that a token proves; None where there is none, or it has ended."""
    found = session.get(OfficialSession, token_sha256(token))
    if found is None or found.ended_at is not None:
        return None
    return found if now - found.seen_at < IDLE and now - found.began_at < LONGEST else None


def to_be_noted_at(found: OfficialSession) -> datetime:
    """Say from when on it is to be noted anew that a session is in use, or that it has ended."""
    return min(found.seen_at + _SEEN_EVERY, found.began_at + LONGEST)


def note_seen(session: Session, token: str, *, now: datetime) -> None:
    """Note that a session is in use."""
    session.execute(_sessions(token_sha256=token_sha256(token)).values(seen_at=now))


def end_session(session: Session, token: str, *, now: datetime) -> None:
    """End a session."""
    session.execute(_sessions(token_sha256=token_sha256(token)).values(ended_at=now))


def end_all_of(session: Session, login: str, *, now: datetime) -> None:
    """End all sessions of an official."""
    session.execute(_sessions(login=login).values(ended_at=now))


def _sessions(**chosen: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - SQLAlchemy's own type
    conditions = [getattr(OfficialSession, name) == value for name, value in chosen.items()]
    return update(OfficialSession).where(*conditions, col(OfficialSession.ended_at).is_(None))
