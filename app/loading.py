"""How the program loads what a command needs."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Let Python not look for unused cycles meanwhile: what is loaded stays, so the look only costs time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
