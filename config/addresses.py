"""Addresses of e-mail: such as a mail server takes anywhere, and nothing that could be more than one."""

import re

_LONGEST = 254
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_LOCAL}@{_LABEL}(\.{_LABEL})*")

NO_ADDRESS = "This is no e-mail address; write it alone, such as ann.olson@city.example, in letters without accents."


def is_address(text: str) -> bool:
    """Say whether a text is one address, and nothing else."""
    return len(text) <= _LONGEST and _ADDRESS.fullmatch(text) is not None
