"""A log made up as a product writes it."""

from collections.abc import Sequence
from typing import NamedTuple

from tests.audit.logs.real_logs import Came


class MadeLog(NamedTuple):
    """A log, and what must come of it.

    Args:
        events: The time in UTC, account, resource, action, raw action, subject, purpose and workstation of each event.
    """

    profile: str
    text: str
    came: Came
    events: Sequence[tuple[str, ...]]
