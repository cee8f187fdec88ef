"""The statuses of a finding, and how it moves from one to another."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from audit.views import MoveView
from config.clock import end_text

if TYPE_CHECKING:
    from audit.models import FindingMove  # takes long to load, and is here for its name alone


class Status(StrEnum):
    """How far the dealing with a finding has come."""

    OPEN = "open"
    UNDER_REVIEW = "under_review"
    EXPLAINED = "explained"  # work-related after all; what was missing was mended
    DISMISSED = "dismissed"
    ACCEPTED = "accepted"  # an exception, with an owner and an end
    REFERRED = "referred"  # to a case


CLOSED = frozenset({Status.EXPLAINED, Status.DISMISSED, Status.ACCEPTED, Status.REFERRED})
# What a finding reads, whatever its status, while the newest audit of its month does not find it.
NOT_FOUND = "not found any more"
# Where each may go; what was closed is opened again before it is closed otherwise.
MOVES = {
    Status.OPEN: frozenset({Status.UNDER_REVIEW}) | CLOSED,
    Status.UNDER_REVIEW: frozenset({Status.OPEN}) | CLOSED,
    **dict.fromkeys(CLOSED, frozenset({Status.OPEN})),
}


class DismissalReason(StrEnum):
    """Why a finding is dismissed: it is about no access that a person should look at."""

    LOG_IS_WRONG = "log_is_wrong"
    LOGGED_TWICE = "logged_twice"
    TEST_ACCESS = "test_access"
    NOT_AN_ACCESS = "not_an_access"  # a system's own doing
    NOT_PURSUED = "not_pursued"  # too small to be looked into, says the note
    OTHER = "other"


def move_details(move: "FindingMove | MoveView", zone: ZoneInfo) -> Iterator[str]:
    """Say in words what a move states beside its note: proposal, reason, owner and end of an exception, case, who."""
    if move.proposes:
        yield f"proposed to be {move.proposes}, for which a second official is needed"
    if move.reason:
        yield move.reason.replace("_", " ")
    if move.owner:
        yield f"owner {move.owner}"
    if move.exception_ends:
        yield end_text(move.exception_ends, zone)
    if move.referred_to:
        yield f"case {move.referred_to}"
    if move.assignee:
        yield f"assigned to {move.assignee}"
    if move.asks and move.due:
        yield f"asked {move.asks} to explain, {end_text(move.due, zone)}"
    if move.answers:
        yield "explanation, as asked for"
