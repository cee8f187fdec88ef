"""The request that is at hand: while one is answered, or a job done that it asked for, changes note its id."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_AT_HAND: ContextVar[str] = ContextVar("request_at_hand", default="")


@contextmanager
def answering(request_id: str) -> Iterator[None]:
    """Let the changes of a block be those of a request; an empty id is none."""
    token = _AT_HAND.set(request_id)
    try:
        yield
    finally:
        _AT_HAND.reset(token)


def request_at_hand() -> str:
    """Give the id of the request that is being answered; empty where none is, as at the command line."""
    return _AT_HAND.get()
