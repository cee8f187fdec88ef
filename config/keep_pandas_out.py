"""Lets pyarrow do without pandas, which it loads when it is first given anything but its own.

That takes as long as all else that a command loads, and what we give pyarrow is never of pandas. Who uses pandas still
loads it, before or after.
"""

import sys
from threading import get_ident

import pyarrow as pa


class _NotForMe:
    """Finds no pandas for the thread that made it; others may be loading it just then."""

    def __init__(self) -> None:
        self._thread = get_ident()

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        if name == "pandas" and get_ident() == self._thread:
            raise ModuleNotFoundError("Not loaded for pyarrow.", name=name)


def keep_pandas_out() -> None:
    """Let pyarrow find out, which it does once, that it is to do without pandas; unless that is loaded already."""
    if "pandas" in sys.modules:
        return
    finder = _NotForMe()
    sys.meta_path.insert(0, finder)
    try:
        pa.array([None])
    finally:
        sys.meta_path.remove(finder)
