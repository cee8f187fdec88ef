"""Watches that work which is held in memory stays within what the settings allow."""

import os
from pathlib import Path

from config.errors import Invalid
from config.remedies import Advice, Remedy

_STATUS = Path("/proc/self/statm")
_MEBIBYTE = 1024 * 1024


class MemoryWatch:
    """Refuses work that comes to need more memory than allowed; what the program held before it began is not counted.

    Args:
        what: What is worked on, to begin a sentence with.
        limit_mb: Mebibytes that the work may hold.
    """

    def __init__(self, what: str, limit_mb: int) -> None:
        self._what = what
        self._limit_mb = limit_mb
        self._before = _resident_bytes()

    def look(self, share: float = 1) -> None:
        """Look how much is held now; where the system does not tell, nothing is refused.

        Args:
            share: How much of what is allowed may be held at this point of the work.

        Raises:
            Invalid: It is more.
        """
        if _resident_bytes() - self._before > share * self._limit_mb * _MEBIBYTE:
            raise Invalid(
                f"{self._what} needs more memory than the {self._limit_mb:,} MiB that are allowed; it can be split "
                "into several files.",
                remedy=Remedy(Advice.RAISE_MEMORY_LIMIT),
            )


def _resident_bytes() -> int:
    try:
        pages = _STATUS.read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
