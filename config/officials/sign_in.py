"""Sign in with login and password, and a code where one was set up.

An account that is none gets the same answer as a wrong password, and it takes the same time.
"""

from dataclasses import dataclass
from datetime import timedelta

from config.officials.attempts import note_attempt, time_to_wait
from config.officials.demanded_factor import is_factor_demanded
from config.officials.officials import find_official
from config.officials.passwords import is_enough_alone, recognises
from config.officials.second_factor import factor_of, take_code
from config.officials.sessions import begin_session
from config.work import Installation, Work

_WRONG = "Login, password and code do not belong together. A code is needed only where you have set one up, and once."


@dataclass(frozen=True)
class SignIn:
    """An attempt; `address` is where it comes from, and `code` that of the second factor or a recovery code."""

    login: str
    password: str
    address: str
    code: str = ""


@dataclass(frozen=True)
class SignInAnswer:
    """The session's token, or why there is none; `signed` is what the identity provider signed, where it let one in."""

    token: str = ""
    refusal: str = ""
    signed: str = ""


def sign_in(installation: Installation, attempt: SignIn) -> SignInAnswer:
    """Sign an official in, or say why not; either is noted."""
    if refusal := prove(installation, attempt):
        return SignInAnswer(refusal=refusal)
    return SignInAnswer(begin_proven(installation, attempt))


def prove(installation: Installation, attempt: SignIn, *, asks_code: bool = True) -> str:
    """Find out whether somebody is the official whose login they give; the attempt is noted, and has to wait its turn.

    Args:
        asks_code: Whether the second factor is asked for too, where there is one.

    Returns:
        Why it is not believed; empty where it is.
    """
    with installation.read() as work:
        wait = time_to_wait(work.session, attempt.login, attempt.address, now=work.clock)
        official = find_official(work.session, attempt.login)
        known = official.password if official is not None and not official.disabled else ""
    if wait > timedelta():
        return f"There were too many attempts; try again in {_in_words(wait)}."
    is_right = recognises(known, attempt.password)
    with installation.aside() as work:
        is_right = is_right and (not asks_code or _is_code_right(work, attempt))
        fault = "" if is_right else "password"
        note_attempt(work.session, attempt.login, attempt.address, now=work.clock, fault=fault)
    return "" if is_right else _WRONG


def begin_proven(installation: Installation, proven: SignIn) -> str:
    """Begin a session of an official whose password is proven, and give its token.

    Where a second factor is demanded, or the password is too short without one, it serves to set one up alone.
    """
    with installation.aside() as work:
        official, session = find_official(work.session, proven.login), work.session
        login, roles = (official.login, official.roles) if official else (proven.login, "")
        is_demanded = is_factor_demanded(work.settings, roles) or not is_enough_alone(proven.password)
        needs = is_demanded and factor_of(session, login) is None
        return begin_session(session, login, now=work.clock, address=proven.address, needs_factor=needs)


def _is_code_right(work: Work, attempt: SignIn) -> bool:
    official = find_official(work.session, attempt.login)
    factor = factor_of(work.session, official.login) if official else None
    return factor is None or take_code(work.session, factor, attempt.code, now=work.clock)


def _in_words(wait: timedelta) -> str:
    seconds = max(1, round(wait.total_seconds()))
    return f"{seconds} seconds" if seconds < 120 else f"{round(seconds / 60)} minutes"  # noqa: PLR2004 - two minutes
