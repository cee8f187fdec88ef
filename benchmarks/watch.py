"""Tells how long the parts of a measured process take."""

import time


class Watch:
    """Tells how many seconds have passed since it was last asked."""

    def __init__(self) -> None:
        self._last = time.perf_counter()

    def lap(self) -> float:
        """Give the seconds since the last lap."""
        before, self._last = self._last, time.perf_counter()
        return self._last - before
