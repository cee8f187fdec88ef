"""How reports say what a grant is held as, what it covers, and when."""

from datetime import datetime

from access.resolve_grants import action_words
from access.rules import ALL_ACTIONS
from config.clock import ALWAYS, FOREVER, from_microseconds
from inventory.models import DataSeries

_HOLDERS = {
    "position": "Position: {}",
    "department": "Department: {}",
    "everyone": "Every employee",
    "employee": "This employee",
    "temporary duty": "Temporary duty",
    "officer duty": "Specified duty of an officer",
}


def holder_in_words(kind: str, through: str) -> str:
    """Say what a grant is held as."""
    return _HOLDERS[kind].format(through)


def open_or(instant: int) -> datetime | None:
    """Give an instant of a period's edge, None where the period is open."""
    return None if instant <= ALWAYS or instant >= FOREVER else from_microseconds(instant)


def purposes_in_words(purposes: str) -> str:
    """Say for which purposes a grant is."""
    return "any" if purposes == "*" else purposes.replace(";", "; ")


def actions_in_words(mask: int) -> str:
    """Say which actions a grant covers."""
    return "any" if mask == ALL_ACTIONS else action_words(mask).replace(";", "; ")


def classes_in_words(row: DataSeries) -> str:
    """Give a series' classes as read, or as written where none could be."""
    return row.classes or row.classification_text
