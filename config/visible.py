"""What of a text can be seen."""

import unicodedata

_INVISIBLE = "Cf"


def visible(text: str) -> str:
    """Leave out the invisible characters (category Cf), such as zero-width blanks and byte order marks."""
    if text.isascii():
        return text
    return "".join(letter for letter in text if unicodedata.category(letter) != _INVISIBLE)
