"""Passwords: which ones are taken, and how one is recognised without being kept."""

import secrets
from functools import lru_cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from zxcvbn import zxcvbn

from config.errors import Invalid

_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"
_SHORTEST = 15
_LONGEST = 200
_GUESSED_AT_ONCE = 3  # of five grades: below it a password is guessed in less than ten thousand million tries
_LOOKED_AT = 72  # what a longer password has beyond costs time and adds nothing to the judgement


def hash_password(password: str, *, about: tuple[str, ...] = ()) -> str:
    """Give the hash by which a password is recognised; it takes a sixth of a second and 64 MiB.

    Args:
        about: Words that are no secret of the person's, such as the login and the name.

    Raises:
        Invalid: The password is too short, too long, or one of those that are tried first.
    """
    if len(password) < _SHORTEST:
        raise Invalid(f"A password has at least {_SHORTEST} characters; a sentence that only you know serves well.")
    if len(password) > _LONGEST:
        raise Invalid(f"A password has at most {_LONGEST} characters.")
    if zxcvbn(password[:_LOOKED_AT], user_inputs=list(about))["score"] < _GUESSED_AT_ONCE:
        raise Invalid("This password would soon be guessed; take words that do not belong together.")
    return _hasher().hash(password)


def generated_password() -> str:
    """Make a first password that nobody can guess, of letters that are not taken for others."""
    return "-".join("".join(secrets.choice(_CLEAR) for _ in range(5)) for _ in range(4))


def recognises(known: str, password: str) -> bool:
    """Say whether a password is the one of a hash; without a hash it takes as long, and is not."""
    matches = _hasher().verify(password[: _LONGEST + 1], known or _hash_of_nobody())
    return bool(known) and matches


@lru_cache(1)
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(),))


@lru_cache(1)
def _hash_of_nobody() -> str:
    return _hasher().hash("nobody signs in with this")
