"""Which logins are taken."""

import pytest

from config.errors import Invalid
from config.officials.logins import checked_login


@pytest.mark.parametrize("login", ["\u043efficial", "offici\u0430l", "\uff4ffficial", "\uff4f\uff46"])
def test_a_login_that_looks_like_another_is_refused(login: str) -> None:
    with pytest.raises(Invalid, match="looks like another login"):
        checked_login(login)


@pytest.mark.parametrize("login", ["thirteen", "Schedule"])
def test_nobody_is_called_as_the_record_calls_the_service_itself(login: str) -> None:
    with pytest.raises(Invalid, match="the service itself"):
        checked_login(login)


@pytest.mark.parametrize("login", [".", "..", "a/b", "a b", "", "a\x00b", "x" * 201])
def test_what_no_address_can_be_made_of_is_no_login(login: str) -> None:
    with pytest.raises(Invalid, match="is no login"):
        checked_login(login)


@pytest.mark.parametrize("login", ["MLarson", "m.larson@city.example", "\u00e5sa_2", "\u0438\u0432\u0430\u043d7"])
def test_words_of_one_alphabet_are_logins(login: str) -> None:
    assert checked_login(f" {login} ") == login.casefold()
