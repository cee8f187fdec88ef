"""What a grant is to be narrowed to: fewer actions, fewer purposes, an earlier end; never more than before."""

from dataclasses import dataclass
from datetime import datetime

from access.import_rows import read_actions
from access.reviews.models import ReviewItem
from access.rules import ACTIONS, action_mask, normal_purposes
from config.clock import end_text
from config.errors import InvalidFields
from config.when import read_when_it_ends
from config.work import Work


@dataclass(frozen=True)
class Narrowing:
    """What is left of a grant, as somebody writes it: what is empty stays as it is."""

    actions: str = ""
    purposes: str = ""
    end: str = ""


@dataclass(frozen=True)
class Narrowed:
    """What is left of a grant.

    Args:
        has_other_scope: Whether its actions or purposes are fewer, not its end alone.
    """

    actions: str
    purposes: str
    end: datetime | None
    has_other_scope: bool


def read_narrowing(work: Work, item: ReviewItem, asked: Narrowing) -> Narrowed:
    """Read what is to be left of a grant.

    Raises:
        InvalidFields: Something cannot be read, or is more than the grant has, or nothing is less.
    """
    faults = dict[str, str]()
    actions = _actions(item, asked.actions, faults)
    purposes = _purposes(item, asked.purposes, faults)
    end = _end(work, item, asked.end, faults)
    has_other_scope = (actions, purposes) != (item.actions, normal_purposes(item.purposes))
    if not faults and not has_other_scope and end == item.end:
        faults["actions"] = "Nothing of it is less than before; give fewer actions or purposes, or an earlier end."
    if faults:
        raise InvalidFields(faults)
    return Narrowed(actions, purposes, end, has_other_scope)


def _actions(item: ReviewItem, text: str, faults: dict[str, str]) -> str:
    if not text.strip():
        return item.actions
    actions, _ = read_actions(text)
    if not actions:
        faults["actions"] = f"Give * or some of {', '.join(ACTIONS)}, with ; between."
    elif action_mask(actions) & ~action_mask(item.actions):
        faults["actions"] = f"The grant has {item.actions.replace(';', ', ')} alone; a review gives no further action."
    return actions


def _purposes(item: ReviewItem, text: str, faults: dict[str, str]) -> str:
    standing = normal_purposes(item.purposes)
    if not text.strip():
        return standing
    purposes = normal_purposes(text)
    if standing != "*" and (purposes == "*" or set(purposes.split(";")) - set(standing.split(";"))):
        faults["purposes"] = f"The grant is for {standing.replace(';', ', ')} alone; a review gives no further purpose."
    return purposes


def _end(work: Work, item: ReviewItem, text: str, faults: dict[str, str]) -> datetime | None:
    if not text.strip():
        return item.end
    try:
        end = read_when_it_ends(text, work.zone, work.now)
    except ValueError as error:
        faults["end"] = f"This cannot be read; expected {error}."
        return item.end
    if end <= work.now:
        faults["end"] = "That has passed; what was permitted until now stays so. End the grant instead."
    elif item.end is not None and end > item.end:
        faults["end"] = f"The grant holds {end_text(item.end, work.zone)} already; give an earlier end."
    return end
