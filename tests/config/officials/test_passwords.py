"""Passwords."""

import pytest

from config.errors import Invalid
from config.officials.passwords import hash_password, recognises


@pytest.mark.parametrize(
    "password", ["short", "passwordpassword", "aaaaaaaaaaaaaaaaaaaa", "qwertyuiopasdfgh", "x" * 201]
)
def test_a_password_that_is_soon_guessed_is_refused(password: str) -> None:
    with pytest.raises(Invalid):
        hash_password(password)


def test_a_password_is_recognised_by_its_hash_alone() -> None:
    known = hash_password("violet mailbox juggling otters")

    assert recognises(known, "violet mailbox juggling otters")
    assert not recognises(known, "violet mailbox juggling otter")
    assert not recognises("", "nobody signs in with this")
