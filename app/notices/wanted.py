"""What a gatherer reads from, and what it gives: which notices there ought to be by what the record says now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from app.notices.recipients import Recipients
from config.web.signed_in import SignedIn
from config.work import Work

LATELY = timedelta(days=14)  # how far back what happened is told of


@dataclass(frozen=True)
class Gathering:
    """One state of the record, and the officials of it."""

    work: Work
    recipients: Recipients


@dataclass(frozen=True)
class Wanted:
    """A notice that ought to be there.

    Args:
        recipient: The login of whom it is for.
        thing: What it is about; with `occasion` it tells this notice from every other one of its kind.
        text: What the page of notices says; it never goes into a mail.
        path: Where it is dealt with.
    """

    recipient: str
    thing: str
    occasion: str
    text: str
    path: str


def for_each(officials: Iterable[SignedIn], thing: str, occasion: str, text: str, path: str) -> Iterator[Wanted]:
    """Give the same notice for several officials."""
    for official in officials:
        yield Wanted(official.login, thing, occasion, text, path)
