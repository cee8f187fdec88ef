"""Sign-ins that last: begun, recognised by their token, and ended by time, by the person, or by a change of roles."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from config.officials.models import OfficialSession

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
_LONGEST_ADDRESS = 100
_SEEN_EVERY = timedelta(minutes=1)  # so that reading a page seldom writes


def token_sha256(token: str) -> str:
    """Give what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin_session(session: Session, login: str, *, now: datetime, address: str = "", needs_factor: bool = False) -> str:
    """Begin a session from an address, and give the token that proves it; it is not kept.

    Args:
        needs_factor: Whether it is to serve for nothing but setting up a second factor.
    """
    token = secrets.token_urlsafe(32)
    begun = OfficialSession(
        token_sha256=token_sha256(token),
        login=login,
        began_at=now,
        seen_at=now,
        address=address[:_LONGEST_ADDRESS],
        needs_factor=needs_factor,
    )
    session.add(begun)
    session.flush()
    return token


def find_session(session: Session, token: str, *, now: datetime) -> OfficialSession | None:
    """Give the session that a token proves; None where there is none, or it has ended."""
    found = session.get(OfficialSession, token_sha256(token))
    if found is None or found.ended_at is not None:
        return None
    return found if _lasts(found, now) else None


def sessions_of(session: Session, login: str, *, now: datetime) -> list[OfficialSession]:
    """Give the sessions of an official that last, the one used last first."""
    chosen = select(OfficialSession).where(
        OfficialSession.login == login, col(OfficialSession.ended_at).is_(None), OfficialSession.seen_at > now - IDLE
    )
    found = session.exec(chosen.order_by(col(OfficialSession.seen_at).desc(), OfficialSession.token_sha256)).all()
    return [one for one in found if _lasts(one, now)]


def count_sessions(session: Session, *, now: datetime) -> Counter[str]:
    """Count the sessions that last, by their officials' logins."""
    chosen = select(OfficialSession).where(
        col(OfficialSession.ended_at).is_(None), OfficialSession.seen_at > now - IDLE
    )
    return Counter(one.login for one in session.exec(chosen) if _lasts(one, now))


def _lasts(found: OfficialSession, now: datetime) -> bool:
    return now - found.seen_at < IDLE and now - found.began_at < LONGEST


def to_be_noted_at(found: OfficialSession) -> datetime:
    """Say from when on it is to be noted anew that a session is in use, or that it has ended."""
    return min(found.seen_at + _SEEN_EVERY, found.began_at + LONGEST)


def note_seen(session: Session, token: str, *, now: datetime) -> None:
    """Note that a session is in use."""
    session.execute(_sessions(token_sha256=token_sha256(token)).values(seen_at=now))


def end_session(session: Session, token: str, *, now: datetime) -> None:
    """End a session."""
    session.execute(_sessions(token_sha256=token_sha256(token)).values(ended_at=now))


def end_sessions(session: Session, login: str, digests: Collection[str], *, now: datetime) -> None:
    """End some sessions of an official, named by the digests of their tokens."""
    session.execute(
        _sessions(login=login).where(col(OfficialSession.token_sha256).in_(list(digests))).values(ended_at=now)
    )


def end_all_of(session: Session, login: str, *, now: datetime) -> None:
    """End all sessions of an official."""
    session.execute(_sessions(login=login).values(ended_at=now))


def _sessions(**chosen: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - SQLAlchemy's own type
    conditions = [getattr(OfficialSession, name) == value for name, value in chosen.items()]
    return update(OfficialSession).where(*conditions, col(OfficialSession.ended_at).is_(None))
