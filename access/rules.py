"""Judgements about grants: does one cover an action, a purpose, an instant; is it timely?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from config.texts import compare_form

# In stated order: the place of an action is its bit in `action_mask`.
ACTIONS = ("view", "search", "create", "modify", "delete", "print", "export", "share", "other")
# A raw action that a source's profile does not map; only a grant of `*` covers it (DOMAIN section 1).
UNMAPPED_ACTION = "other"
ALL_ACTIONS = (1 << len(ACTIONS)) - 1


class GrantKind(StrEnum):
    """Where a grant comes from."""

    POSITION = "position"
    DEPARTMENT = "department"
    EVERYONE = "everyone"
    EMPLOYEE = "employee"
    TEMPORARY_DUTY = "temporary duty"
    OFFICER_DUTY = "officer duty"


def action_mask(actions: str) -> int:
    """Give the bits of a grant's actions, `*` or a list joined with `;`; `other` by name covers nothing."""
    if actions == "*":
        return ALL_ACTIONS
    return sum(1 << ACTIONS.index(action) for action in set(actions.split(";")) if action != UNMAPPED_ACTION)


def normal_purpose(text: str | None) -> str:
    """Give the form in which purposes are compared; empty where none was given."""
    return compare_form(text or "")


def normal_purposes(text: str) -> str:
    """Give a list of purposes, `;`-separated, in the form in which purposes are compared; `*` where any will do."""
    words = sorted({compare_form(word) for word in text.split(";")} - {""})
    return "*" if not words or "*" in words else ";".join(words)


def described_purposes(lists: Iterable[str]) -> frozenset[str]:
    """Give the purposes that some lists name, in the form in which purposes are compared; `*` names none."""
    return frozenset(word for text in set(lists) - {"*"} for word in map(normal_purpose, text.split(";"))) - {"", "*"}


@dataclass(frozen=True)
class Grant:
    """A grant resolved to one employee and one series, for a period [start, end); None = open.

    Args:
        grant_id: The id that decisions, explanations and reports name, such as `work-access:12`.
        kind: How it reaches the employee.
        through: What it is reached through, such as the position's title; empty where held directly.
        actions: `*`, or actions joined with `;`.
        purposes: `*`, or purposes in compare form joined with `;`.
        timely_from: Events before this instant precede its being recorded by more than its grace; None = timely always.
        authority: Where the grant is written down, or who granted it and why.
    """

    grant_id: str
    kind: GrantKind
    through: str
    actions: str
    purposes: str
    start: datetime | None
    end: datetime | None
    timely_from: datetime | None
    authority: str

    def holds_at(self, instant: datetime) -> bool:
        """Say whether the grant is in force."""
        return (self.start is None or self.start <= instant) and (self.end is None or instant < self.end)

    def ended_by(self, instant: datetime) -> bool:
        """Say whether the grant ended at or before an instant."""
        return self.end is not None and self.end <= instant

    def begins_after(self, instant: datetime) -> bool:
        """Say whether the grant begins only after an instant."""
        return self.start is not None and self.start > instant

    def covers_action(self, action: str) -> bool:
        """Say whether the grant's actions contain an action."""
        return self.actions == "*" or (action != UNMAPPED_ACTION and action in self.actions.split(";"))

    def covers_purpose(self, purpose: str | None) -> bool:
        """Say whether the grant's purposes contain a purpose; where it lists some, giving none is not covered."""
        return self.purposes == "*" or (
            normal_purpose(purpose) != "" and normal_purpose(purpose) in self.purposes.split(";")
        )

    def timely_at(self, instant: datetime) -> bool:
        """Say whether the grant was recorded at or before an event plus the grace of its kind."""
        return self.timely_from is None or self.timely_from <= instant
