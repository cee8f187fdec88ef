"""Letters that would steer a terminal, shown instead of obeyed: a log's texts and a file's name are anybody's."""

import re

# Control characters (C0, DEL, C1), separators of lines and paragraphs, and what turns the direction of what follows.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_STEERING_DATA = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
# of a text with lines of its own, such as people write and paste; half letters are none
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_TURNING = re.compile("[\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_NAMED = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def shown(text: str) -> str:
    """Show the steering letters of a line; a line end in it, too, which would make two lines of it."""
    # nothing that can be printed steers, and most texts are soon told to be so
    return text if text.isprintable() else _STEERING.sub(_show, text)


def shown_data(text: str) -> str:
    """Show the steering letters of text that has lines and tabs of its own, such as a cell of CSV.

    As JSON has no raw letters below the blank, what is shown of it reads as the same JSON.
    """
    return _STEERING_DATA.sub(_show, text)


def can_be_printed(text: str) -> bool:
    """Say whether a text of some lines shows as it is written: blanks that do not break, as pasted ones have, do."""
    return _UNPRINTABLE.search(text) is None


def turned_back(text: str) -> str:
    """Show what turns the direction of text, where all else that steers is wanted, as colours are."""
    return _TURNING.sub(_show, text)


def _show(found: re.Match[str]) -> str:
    letter = found[0]
    return _NAMED.get(letter) or (f"\\x{ord(letter):02x}" if letter < " " else f"\\u{ord(letter):04x}")
