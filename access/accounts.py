"""How logins compare: the one home of that rule, for logs and for lists of accounts (DOMAIN section 3)."""

import re
from dataclasses import dataclass

from config.texts import compare_form

_PREFIX = re.compile(r"^[^\\]*\\(?=.)")
_SUFFIX = re.compile(r"(?<=.)@[^@]*$")


@dataclass(frozen=True)
class AccountNormalising:
    """What of an account's text does not count when it is compared; case never does."""

    strip_domain_prefix: bool = True
    strip_domain_suffix: bool = True

    def key(self, account: str) -> str:
        """Give the form in which accounts compare."""
        text = compare_form(account)
        if self.strip_domain_prefix:
            text = _PREFIX.sub("", text)
        if self.strip_domain_suffix:
            text = _SUFFIX.sub("", text)
        return text.strip()


def normal_login(text: str) -> str:
    r"""Give the form in which logins are compared: the compare form without `DOMAIN\` and `@domain`."""
    return compare_form(text).rpartition("\\")[2].partition("@")[0].strip()


def normal_system(text: str) -> str:
    """Give the form in which names of systems are compared."""
    return compare_form(text)
