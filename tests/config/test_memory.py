"""Work that needs more memory than allowed is refused."""

import mmap

import pytest

from config.errors import Invalid
from config.memory import MemoryWatch


def hold(size: int) -> mmap.mmap:
    """Hold so many bytes that nobody held before."""
    held = mmap.mmap(-1, size)
    for place in range(0, size, mmap.PAGESIZE):
        held[place] = 1
    return held


def test_what_comes_to_hold_more_than_allowed_is_refused_and_what_was_held_before_is_not_counted() -> None:
    with hold(60_000_000):
        watch = MemoryWatch("roster.csv", 50)
        watch.look()

        with hold(40_000_000):
            watch.look()
            with pytest.raises(Invalid, match=r"^roster\.csv needs more memory than the 50 MiB that are allowed; "):
                watch.look(0.5)
