"""Whose data the request that is being answered looks at: named by those who know, written down by who answers it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


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
    """What is known of a request so far: who was let in, and who the people are that it is about."""

    let_in: list[LetIn] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)


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


def looked_at(subject: str) -> None:
    """Name a person who is looked at: an employee's id, or an account that is nobody's."""
    look = _AT_HAND.get()
    if look is not None and subject not in look.subjects:
        look.subjects.append(subject)
