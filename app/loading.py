"""How the program loads what a command needs."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

atexit.register(gc.unfreeze)  # so that libraries see what they had let go at the end of the program


@contextmanager
def loading() -> Iterator[None]:
    """Let Python look for unused cycles neither meanwhile nor later among what was loaded: that stays."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
