"""Sign in with login and password: the same answer and the same time for an account that is none.

Attempts are counted by account and by address, and each further one in vain has to wait longer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, or_, select

from config.officials.models import SignInAttempt
from config.officials.officials import find_official
from config.officials.passwords import recognises
from config.officials.sessions import begin_session
from config.texts import compare_form
from config.work import Installation

_FREE_TRIES = 3
_COUNTED = timedelta(hours=1)
_LONGEST_WAIT = timedelta(minutes=15)
_WRONG = "Login and password do not belong together."


@dataclass(frozen=True)
class SignIn:
    """An attempt; `address` is where it comes from."""

    login: str
    password: str
    address: str


@dataclass(frozen=True)
class SignInAnswer:
    """The session's token, or why there is none."""

    token: str = ""
    refusal: str = ""


def sign_in(installation: Installation, attempt: SignIn) -> SignInAnswer:
    """Sign an official in, or say why not; either is noted."""
    with installation.read() as work:
        wait = _wait(work.session, attempt, work.clock)
        official = find_official(work.session, attempt.login)
        known = official.password if official is not None and not official.disabled else ""
    if wait > timedelta():
        return SignInAnswer(refusal=f"There were too many attempts; try again in {_in_words(wait)}.")
    succeeded = recognises(known, attempt.password)
    with installation.aside() as work:
        login = compare_form(attempt.login)[:200]
        work.session.add(SignInAttempt(login=login, address=attempt.address, tried_at=work.clock, succeeded=succeeded))
        if not succeeded:
            return SignInAnswer(refusal=_WRONG)
        token = begin_session(work.session, login, now=work.clock, address=attempt.address)
        return SignInAnswer(token)


def _wait(session: Session, attempt: SignIn, now: datetime) -> timedelta:
    """Say how long from now on nobody may try: the more attempts were in vain of late, the longer."""
    mine = or_(SignInAttempt.login == compare_form(attempt.login), SignInAttempt.address == attempt.address)
    succeeded = select(func.max(SignInAttempt.tried_at)).where(
        SignInAttempt.login == compare_form(attempt.login), col(SignInAttempt.succeeded)
    )
    since = max(session.exec(succeeded).one() or now - _COUNTED, now - _COUNTED)
    in_vain = (mine, col(SignInAttempt.tried_at) > since, ~col(SignInAttempt.succeeded))
    times = list(session.exec(select(SignInAttempt.tried_at).where(*in_vain)))
    if len(times) < _FREE_TRIES:
        return timedelta()
    pause = min(timedelta(seconds=2 ** (len(times) - _FREE_TRIES)), _LONGEST_WAIT)
    return max(times) + pause - now


def _in_words(wait: timedelta) -> str:
    seconds = max(1, round(wait.total_seconds()))
    return f"{seconds} seconds" if seconds < 120 else f"{round(seconds / 60)} minutes"  # noqa: PLR2004 - two minutes
