"""Attempts to sign in, counted by account and by address: each further one in vain has to wait longer."""

from datetime import datetime, timedelta
from enum import StrEnum, auto

from sqlmodel import Session, col, func, or_, select

from config.officials.models import SignInAttempt
from config.texts import compare_form

_FREE_TRIES = 3
_COUNTED = timedelta(hours=1)
_LONGEST_WAIT = timedelta(minutes=15)
_LONGEST_LOGIN = 200


class Way(StrEnum):
    """How somebody tries to sign in: by a password, or by an answer of the identity provider's."""

    PASSWORD = auto()
    OIDC = auto()


def note_attempt(
    session: Session, login: str, address: str, *, now: datetime, way: Way = Way.PASSWORD, fault: str = ""
) -> None:
    """Note an attempt; where there is no fault, it succeeded."""
    name = compare_form(login)[:_LONGEST_LOGIN]
    session.add(
        SignInAttempt(login=name, address=address, tried_at=now, succeeded=not fault, way=way.value, fault=fault)
    )
    session.flush()


def time_to_wait(session: Session, login: str, address: str, *, now: datetime, way: Way = Way.PASSWORD) -> timedelta:
    """Say how long from now on nobody may try: the more attempts in one way were in vain of late, the longer.

    What the identity provider answers wrongly keeps nobody from a password: it is then that one is needed.
    """
    of_login = (SignInAttempt.login == compare_form(login), SignInAttempt.way == way)
    succeeded = select(func.max(SignInAttempt.tried_at)).where(*of_login, col(SignInAttempt.succeeded))
    since = max(session.exec(succeeded).one() or now - _COUNTED, now - _COUNTED)
    mine = or_(of_login[0], SignInAttempt.address == address)
    in_vain = (mine, of_login[1], col(SignInAttempt.tried_at) > since, ~col(SignInAttempt.succeeded))
    times = list(session.exec(select(SignInAttempt.tried_at).where(*in_vain)))
    if len(times) < _FREE_TRIES:
        return timedelta()
    pause = min(timedelta(seconds=2 ** (len(times) - _FREE_TRIES)), _LONGEST_WAIT)
    return max(times) + pause - now
