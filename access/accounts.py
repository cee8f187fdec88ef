"""How logins compare: the one home of that rule, for logs and for lists of accounts (DOMAIN section 3)."""

import re
from dataclasses import dataclass

from config.texts import compare_form

_PREFIX = re.compile(r"^[^\\]*\\(?=.)")
_SUFFIX = re.compile(r"(?<=.)@[^@]*$")


@dataclass(frozen=True)
class AccountNormalising:
    """What of an account's text does not count when it is compared, beside what never does in a compare form."""

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


def names_domain_only(login: str) -> bool:
    r"""Say whether a login is none: `DOMAIN\` or `@domain` alone."""
    text = compare_form(login)
    return text.startswith("@") or text.endswith("\\")


def normal_system(text: str) -> str:
    """Give the form in which names of systems are compared."""
    return compare_form(text)
