"""Set up one's own second factor, or take it away: who does so proves the password, and all their sessions end."""

from dataclasses import dataclass

from config.errors import Invalid, InvalidFields
from config.officials.passwords import is_enough_alone
from config.officials.second_factor import remove_factor, set_up_factor
from config.officials.sign_in import SignIn, begin_proven, prove
from config.work import Installation


@dataclass(frozen=True)
class FactorSetUp:
    """The recovery codes of a new second factor, and the token of the session that begins with it."""

    codes: list[str]
    token: str


def set_up_own_factor(installation: Installation, asked: SignIn, secret: str) -> FactorSetUp:
    """Set up a second factor with a secret, of which `asked` holds the code that the app shows now.

    Raises:
        InvalidFields: The password is another one, or the code is wrong.
        Conflict: There is one already.
    """
    _prove(installation, asked, asks_code=False)
    with installation.change() as work:
        try:
            codes = set_up_factor(work, asked.login, secret, asked.code)
        except Invalid as invalid:
            raise InvalidFields({"one_time_code": str(invalid)}) from invalid
    return FactorSetUp(codes, begin_proven(installation, asked))


def remove_own_factor(installation: Installation, asked: SignIn) -> str:
    """Take one's second factor away, and give the token of the session that begins without it.

    Raises:
        InvalidFields: Password and code are not right, or the password is too short to serve alone.
        NotFound: There is no second factor.
    """
    if not is_enough_alone(asked.password):
        said = (
            "A password of fewer than 15 characters serves only with a second factor; change it to a longer one first."
        )
        raise InvalidFields({"present": said})
    _prove(installation, asked, asks_code=True)
    with installation.change() as work:
        remove_factor(work.session, asked.login, now=work.now, by=asked.login)
    return begin_proven(installation, asked)


def _prove(installation: Installation, asked: SignIn, *, asks_code: bool) -> None:
    if refusal := prove(installation, asked, asks_code=asks_code):
        raise InvalidFields({"present": f"This was not taken. {refusal}"})
