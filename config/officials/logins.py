"""Logins: which ones are taken, so that each tells one person from every other, and from the service itself."""

import unicodedata

from config.errors import Invalid
from config.texts import compare_form

_LONGEST = 200
_NOT_IN_LOGINS = set(" /")  # as the address of an official's page is made of the login
_PLACES = {".", ".."}  # which stand for others in an address
# In the record these say that nobody did it: the service by itself, and its schedule.
_OF_THE_SERVICE = {"thirteen", "schedule"}


def checked_login(text: str) -> str:
    """Give a login in the form in which it is kept.

    Raises:
        Invalid: It is none, or may be taken for another.
    """
    login = compare_form(text)
    if not login or len(login) > _LONGEST or set(login) & _NOT_IN_LOGINS or login in _PLACES or not login.isprintable():
        raise Invalid(f'"{text}" is no login; a login is one word of at most {_LONGEST} characters, without a slash.')
    if login in _OF_THE_SERVICE:
        raise Invalid(f'"{login}" is what the record calls the service itself; choose another login.')
    if len(_alphabets(login)) > 1 or unicodedata.normalize("NFKC", login) != login:
        raise Invalid(f'"{login}" looks like another login, as its letters are of several alphabets; write it in one.')
    return login


def _alphabets(login: str) -> set[str]:
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in login if letter.isalpha()}
