"""How tests wait for what another process does: until it is so, and not for ever."""

import time
from collections.abc import Callable

_SECONDS = 60


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait until a condition holds; where it does not in a long time, that is the failure."""
    deadline = time.monotonic() + _SECONDS
    while not is_so():
        assert time.monotonic() < deadline, f"{is_so.__name__} did not come true"
        time.sleep(0.02)
