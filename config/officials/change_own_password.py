"""Change one's own password: who does so proves the present one, and every session of theirs ends."""

from dataclasses import dataclass

from config.errors import Invalid, InvalidFields
from config.officials.officials import change_official
from config.officials.passwords import hash_password
from config.officials.sessions import begin_session
from config.officials.sign_in import SignIn, sign_in
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
    try:
        hashed = hash_password(asked.new, about=(asked.login,))
    except Invalid as invalid:
        raise InvalidFields({"new": str(invalid)}) from invalid
    # as a sign-in, so that guesses are counted and have to wait as they do there
    proved = sign_in(installation, SignIn(asked.login, asked.present, asked.address))
    if not proved.token:
        raise InvalidFields({"present": f"The present password was not taken. {proved.refusal}"})
    with installation.change() as work:
        change_official(work.session, asked.login, now=work.now, by=asked.login, password=hashed)
    with installation.aside() as work:
        return begin_session(work.session, asked.login, now=work.clock, address=asked.address)
