"""Tokens by which other systems ask in an official's name: shown once, kept as a digest, for some acts and a time."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from config.errors import Invalid, NotFound
from config.officials.models import ApiToken, KeptToken
from config.officials.officials import find_official
from config.officials.permissions import ACTS
from config.officials.sessions import token_sha256
from config.recorded import current
from config.texts import compare_form

_PREFIX = "thirteen_"  # so that a token that was left lying somewhere is known for what it is
_USED_EVERY = timedelta(minutes=1)


def make_token(
    session: Session, login: str, *, expires_at: datetime, acts: Sequence[str], now: datetime, by: str
) -> str:
    """Make a token of an official's, and give it; it cannot be shown again.

    Args:
        acts: For which acts of the policy file it serves; none = all that the official may.

    Raises:
        NotFound: There is no such official.
        Invalid: It would have expired already, or an act is none.
    """
    official = find_official(session, login)
    if official is None or official.disabled:
        raise NotFound(f'No official who may use the service has the login "{login}".')
    if unknown := sorted(set(acts) - set(ACTS)):
        raise Invalid(f'"{unknown[0]}" is no act; the acts are {", ".join(ACTS)}.')
    if expires_at <= now:
        raise Invalid("The token would have expired already; give a later date.")
    token = _PREFIX + secrets.token_urlsafe(32)
    digest, named = token_sha256(token), ";".join(act for act in ACTS if act in acts) or "*"
    made = ApiToken(
        token_sha256=digest, login=official.login, acts=named, made_at=now, made_by=by, expires_at=expires_at
    )
    kept = KeptToken(
        token_sha256=digest, login=made.login, acts=named, expires_at=expires_at, recorded_at=now, recorded_by=by
    )
    session.add_all((made, kept))
    session.flush()
    return token


def find_token(session: Session, token: str, *, now: datetime) -> ApiToken | None:
    """Give what is known of a token that still serves; None of any other."""
    found = session.get(ApiToken, token_sha256(token))
    return found if found is not None and found.ended_at is None and now < found.expires_at else None


def tokens_of(session: Session, login: str) -> Sequence[ApiToken]:
    """Give an official's tokens, the newest first."""
    chosen = select(ApiToken).where(ApiToken.login == compare_form(login))
    return session.exec(chosen.order_by(col(ApiToken.made_at).desc())).all()


def end_token(session: Session, login: str, digest: str, *, now: datetime, by: str) -> None:
    """Let a token of an official's serve no longer, named by its digest."""
    whose = compare_form(login)
    chosen = (col(ApiToken.token_sha256) == digest, col(ApiToken.login) == whose)
    session.execute(update(ApiToken).where(*chosen, col(ApiToken.ended_at).is_(None)).values(ended_at=now))
    kept = (col(KeptToken.token_sha256) == digest, col(KeptToken.login) == whose, current(KeptToken))
    session.execute(update(KeptToken).where(*kept).values(superseded_at=now, superseded_by=by))


def to_be_noted_at(found: ApiToken) -> datetime:
    """Say from when on it is to be noted anew that a token is in use."""
    return found.made_at if found.used_at is None else found.used_at + _USED_EVERY


def note_used(session: Session, token: str, *, now: datetime) -> None:
    """Note that a token is in use."""
    session.execute(update(ApiToken).where(col(ApiToken.token_sha256) == token_sha256(token)).values(used_at=now))
