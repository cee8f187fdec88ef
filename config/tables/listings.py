"""What an import tells a person beside its counts: at what a careful clerk would stop, and lists of what changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from config.remedies import Remedy


@dataclass(frozen=True)
class Stop:
    """Something at which a careful clerk would stop; it is said before everything else.

    Args:
        sentence: What it is, and what to do if it is not meant.
        needs_yes: Whether the import is refused unless the user says that it is meant.
    """

    sentence: str
    needs_yes: bool = False


@dataclass(frozen=True)
class Entry:
    """One line of a list.

    Args:
        number: The row of the file; None where it is about what is recorded already.
        subject: Who or what it is about.
        was: What stands of it so far; empty where nothing does.
        now: What would stand; empty where nothing would.
        column: The only one in which both differ; empty where all of it is said.
    """

    number: int | None
    subject: str
    was: str = ""
    now: str = ""
    column: str = ""


@dataclass(frozen=True)
class Listing:
    """A list with a name, such as hired, left or reopened.

    Args:
        name: What is true of each entry, in a word or two.
        advice: What a person should know of all of them; empty where the name says it.
        remedy: What to do about them, where that needs to be said.
    """

    name: str
    entries: Sequence[Entry]
    advice: str = ""
    remedy: Remedy | None = None
