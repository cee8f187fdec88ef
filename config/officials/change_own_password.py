"""Change one's own password: who does so proves the present one, and every session of theirs ends."""

from dataclasses import dataclass

from config.errors import Invalid, InvalidFields
from config.officials.officials import change_official
from config.officials.passwords import hash_password
from config.officials.second_factor import factor_of
from config.officials.sign_in import SignIn, begin_proven, prove
from config.work import Installation


@dataclass(frozen=True)
class PasswordChange:
    """A change of one's own password; `again` is the new one once more, `address` is where it is asked from."""

    login: str
    present: str
    new: str
    again: str
    address: str


def change_own_password(installation: Installation, asked: PasswordChange) -> str:
    """Change a password, and give the token of a session that begins with it.

    Raises:
        InvalidFields: The present password is another one, or the new one cannot be taken.
    """
    if asked.new != asked.again:
        raise InvalidFields({"again": "The two new passwords are not the same."})
    with installation.read() as work:
        has_factor = factor_of(work.session, asked.login) is not None
    try:
        hashed = hash_password(asked.new, about=(asked.login,), has_factor=has_factor)
    except Invalid as invalid:
        raise InvalidFields({"new": str(invalid)}) from invalid
    # as at a sign-in, so that guesses are counted and have to wait as they do there
    if refusal := prove(installation, SignIn(asked.login, asked.present, asked.address), asks_code=False):
        raise InvalidFields({"present": f"The present password was not taken. {refusal}"})
    with installation.change() as work:
        change_official(work.session, asked.login, now=work.now, by=asked.login, password=hashed)
    return begin_proven(installation, SignIn(asked.login, asked.new, asked.address))
