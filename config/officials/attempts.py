"""Attempts to sign in, counted by account and by address: each further one in vain has to wait longer.

Guesses are not to keep real people out: many of them may stand behind one address, as a city hall's do, and who signed
in at an address lately waits there for what was tried there alone, whatever strangers try elsewhere.
"""

from datetime import datetime, timedelta
from enum import StrEnum, auto

from sqlmodel import Session, col, func, select

from config.officials.models import SignInAttempt
from config.texts import compare_form

_COUNTED = timedelta(hours=1)
_KNOWN_FOR = timedelta(days=30)
_LONGEST_WAIT = timedelta(minutes=15)
_LONGEST_LOGIN = 200


class Way(StrEnum):
    """How somebody tries to sign in: by a password, or by an answer of the identity provider's."""

    PASSWORD = auto()
    OIDC = auto()


_FREE_TRIES = 3
# What the identity provider answers wrongly names nobody, so that it is counted by its address alone.
_FREE_TRIES_OF_ADDRESS = {Way.PASSWORD: 30, Way.OIDC: 3}


def note_attempt(
    session: Session, login: str, address: str, *, now: datetime, way: Way = Way.PASSWORD, fault: str = ""
) -> None:
    """Note an attempt; where there is no fault, it succeeded."""
    session.add(
        SignInAttempt(
            login=_name(login), address=address, tried_at=now, succeeded=not fault, way=way.value, fault=fault
        )
    )
    session.flush()


def time_to_wait(session: Session, login: str, address: str, *, now: datetime, way: Way = Way.PASSWORD) -> timedelta:
    """Say how long from now on nobody may try: the more attempts in one way were in vain of late, the longer.

    What the identity provider answers wrongly keeps nobody from a password: it is then that one is needed.
    """
    of_login = (SignInAttempt.login == _name(login), SignInAttempt.way == way)
    of_address = (SignInAttempt.address == address, SignInAttempt.way == way)
    last, last_here = _last_success(session, *of_login), _last_success(session, *of_login, *of_address)
    since = max(last or now - _COUNTED, now - _COUNTED)
    is_known_here = last_here is not None and now - last_here < _KNOWN_FOR
    by_login = _in_vain(session, since, *of_login, *(of_address if is_known_here else ()))
    by_address = _in_vain(session, since, *of_address)
    return max(
        _wait(by_login, _FREE_TRIES, now),
        _wait(by_address, _FREE_TRIES_OF_ADDRESS[way], now),
    )


def _name(login: str) -> str:
    return compare_form(login)[:_LONGEST_LOGIN]


def _last_success(session: Session, *chosen: bool) -> datetime | None:
    return session.exec(select(func.max(SignInAttempt.tried_at)).where(*chosen, col(SignInAttempt.succeeded))).one()


def _in_vain(session: Session, since: datetime, *chosen: bool) -> list[datetime]:
    in_vain = (col(SignInAttempt.tried_at) > since, ~col(SignInAttempt.succeeded))
    return list(session.exec(select(SignInAttempt.tried_at).where(*chosen, *in_vain)))


def _wait(times: list[datetime], free_tries: int, now: datetime) -> timedelta:
    if len(times) < free_tries:
        return timedelta()
    exponent = min(len(times) - free_tries, _LONGEST_WAIT.seconds.bit_length())
    return max(times) + min(timedelta(seconds=2**exponent), _LONGEST_WAIT) - now
