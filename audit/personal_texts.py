"""What in a text that people typed looks like a licence plate or a date of birth; where such texts go, it is masked."""

import re

# Licence plates of Minnesota have three letters and three digits, either first; others are told by what stands before.
PLATE = r"\b([a-z]{3}-?[0-9]{3}|[0-9]{3}-?[a-z]{3})\b"
NAMED_PLATE = r"\b(plates?|plt|lic|licen[sc]e( plate)?|tag|lp)\b[^a-z0-9]{1,3}[a-z]*[0-9][a-z0-9]*"
BIRTH_NAMED = r"\b(d\.?o\.?b\b\.?|born|birth ?date|date of birth)[^0-9]{0,6}[0-9]"
# All of them, as Python and DuckDB read them alike.
PERSONAL = f"{BIRTH_NAMED}[0-9/.-]*|{NAMED_PLATE}(-[a-z0-9]+)*|{PLATE}"
MASK = "(masked)"
_PERSONAL = re.compile(PERSONAL, re.IGNORECASE | re.ASCII)


def mask_personal(text: str) -> str:
    """Give a text with a mask where it looks as if it held a plate or a date of birth."""
    return _PERSONAL.sub(MASK, text)
