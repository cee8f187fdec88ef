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


@pytest.mark.parametrize("password", ["seven77", "trustno1", "P@ssw0rd", "12345678", "hr.login"])
def test_beside_a_second_factor_the_commonest_are_refused_too(password: str) -> None:
    with pytest.raises(Invalid):
        hash_password(password, about=("hr.login",), has_factor=True)


def test_eight_characters_serve_beside_a_second_factor_alone() -> None:
    assert hash_password("kV4 tu9q", has_factor=True)
    with pytest.raises(Invalid, match="at least 15"):
        hash_password("kV4 tu9q")


def test_a_password_is_recognised_by_its_hash_alone() -> None:
    known = hash_password("violet mailbox juggling otters")

    assert recognises(known, "violet mailbox juggling otters")
    assert not recognises(known, "violet mailbox juggling otter")
    assert not recognises("", "nobody signs in with this")
