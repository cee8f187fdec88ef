"""Passwords: which ones are taken, and how one is recognised without being kept."""

import secrets
from functools import lru_cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from zxcvbn import zxcvbn

from config.errors import Invalid

_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"
_SHORTEST, _SHORTEST_BESIDE_A_FACTOR = 15, 8
_LONGEST = 200
# Of five grades: below the first a password is guessed in less than a hundred million tries, below the second, which
# is for those beside a code, in less than a million. The list of the commonest that ships with zxcvbn is below either.
_GUESSED, _GUESSED_BESIDE_A_FACTOR = 3, 2
_LOOKED_AT = 72  # what a longer password has beyond costs time and adds nothing to the judgement


def hash_password(password: str, *, about: tuple[str, ...] = (), has_factor: bool = False) -> str:
    """Give the hash by which a password is recognised; it takes a sixth of a second and 64 MiB.

    Args:
        about: Words that are no secret of the person's, such as the login and the name.
        has_factor: Whether a code is asked for beside it, so that a shorter one will do.

    Raises:
        Invalid: The password is too short, too long, or one of those that are tried first.
    """
    shortest = _SHORTEST_BESIDE_A_FACTOR if has_factor else _SHORTEST
    guessed = _GUESSED_BESIDE_A_FACTOR if has_factor else _GUESSED
    if len(password) < shortest:
        raise Invalid(f"A password has at least {shortest} characters; a sentence that only you know serves well.")
    if len(password) > _LONGEST:
        raise Invalid(f"A password has at most {_LONGEST} characters.")
    if zxcvbn(password[:_LOOKED_AT], user_inputs=list(about))["score"] < guessed:
        raise Invalid("This password would soon be guessed; take words that do not belong together.")
    return _hasher().hash(password)


def is_enough_alone(password: str) -> bool:
    """Say whether a password is long enough to serve without a second factor."""
    return len(password) >= _SHORTEST


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
