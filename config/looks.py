"""Whose data the request that is being answered looks at: named by those who know, written down by who answers it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class LetIn:
    """Who was let in to do an act to a thing.

    Args:
        is_own: They reach no further than to what is their own.
        asked: What the address named, by the names of its parts and of its query.
        in_path: The names among them that are parts of the path.
    """

    login: str
    act: str
    thing: str
    is_own: bool
    asked: Mapping[str, str]
    in_path: frozenset[str] = frozenset()


@dataclass
class LookAtHand:
    """What is known of a request so far: who was let in, and who the people are that it is about.

    Args:
        shows_accesses: What these people did is shown, whatever the request is for.
        purpose: What it is looked at for, where the address does not say so.
    """

    let_in: list[LetIn] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    shows_accesses: bool = False
    purpose: str = ""


_AT_HAND: ContextVar[LookAtHand | None] = ContextVar("look_at_hand", default=None)


@contextmanager
def looking() -> Iterator[LookAtHand]:
    """Let what is named in a block be of one look; it may be named in another thread that works for it."""
    look = LookAtHand()
    token = _AT_HAND.set(look)
    try:
        yield look
    finally:
        _AT_HAND.reset(token)


def note_let_in(let_in: LetIn) -> None:
    """Name who was let in; where no request is answered, as at the command line, that is nobody's look."""
    look = _AT_HAND.get()
    if look is not None:
        look.let_in.append(let_in)


def let_in_also(thing: str) -> None:
    """Say that who was let in is shown another thing as well, that is not their own."""
    look = _AT_HAND.get()
    if look is not None and look.let_in:
        look.let_in.append(replace(look.let_in[-1], act="read", thing=thing, is_own=False))


def looked_at(subject: str) -> None:
    """Name a person who is looked at: an employee's id, or an account that is nobody's."""
    look = _AT_HAND.get()
    if look is not None and subject not in look.subjects:
        look.subjects.append(subject)


def looked_at_accesses(subject: str = "") -> None:
    """Name a person of whom it is shown what they did, as before a grant is saved; empty = they are several."""
    look = _AT_HAND.get()
    if look is not None:
        look.shows_accesses = True
        if subject:
            looked_at(subject)


def looked_for(purpose: str) -> None:
    """Say what it is looked at for, where a form or the body of a request says so; empty = not said."""
    look = _AT_HAND.get()
    if look is not None:
        look.purpose = purpose.strip()
