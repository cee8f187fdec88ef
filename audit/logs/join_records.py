"""Records that tell of one use of something, such as a handle of Windows: which are the access, and which not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from audit.logs.profiles.read_times import ReadTimes
from audit.logs.profiles.sql import BEGINS, ENDS
from audit.logs.read_fields import Fields

# Uses that are open at once; of more, the oldest are taken for ended.
_MOST_OPEN = 200_000


@dataclass
class Joined:
    """How many records begin a use, end one, or tell again of an access in it; and how many uses had no access."""

    begin: int = 0
    end: int = 0
    again: int = 0
    unused: int = 0

    @property
    def records(self) -> int:
        """How many records are no accesses, as they were joined."""
        return self.begin + self.end + self.again


class Joiner:
    """Joins the records of one file, batch by batch.

    Args:
        mean: Gives the actions of ours that some raw ones mean.
    """

    def __init__(self, mean: Callable[[Sequence[str]], Sequence[str]]) -> None:
        self.joined = Joined()
        self._mean = mean
        self._meanings: dict[str, str] = {}
        self._open: dict[str, set[tuple[str, str, str]]] = {}
        self._opening = ""

    def join(
        self, fields: Fields, times: ReadTimes, passed: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    ) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Mark the records of a batch that are passed over, those among them that only tell again of an access.

        Args:
            passed: Those that the profile's conditions pass over.
        """
        if fields.join is None:
            return passed
        self._opening = self._opening or _first_role(times)
        marked, left_out = passed.copy(), passed | times.unread
        for place, (role, key) in enumerate(zip(*(column.to_pylist() for column in fields.join.columns), strict=True)):
            if role:
                self._mark(role, key)
            elif key in self._open and not left_out[place]:
                marked[place] = self._is_told(key, fields, place)
        return marked

    def finish(self) -> Joined:
        """Give what was joined, when all batches were."""
        self.joined.unused += sum(not told for told in self._open.values())
        self._open.clear()
        return self.joined

    def _mark(self, role: str, key: str) -> None:
        if role == BEGINS:
            self.joined.begin += 1
        else:
            self.joined.end += 1
        told = self._open.pop(key, None)
        self.joined.unused += told is not None and not told
        if role == self._opening and key:
            self._open[key] = set()
            if len(self._open) > _MOST_OPEN:
                self._open.pop(next(iter(self._open)))

    def _is_told(self, key: str, fields: Fields, place: int) -> bool:
        action, account, resource = (fields.texts[kind][place].as_py() for kind in ("action", "account", "resource"))
        if action not in self._meanings:
            (self._meanings[action],) = self._mean([action])
        texts = self._meanings[action], account, resource
        told = self._open[key]
        is_told = texts in told
        self.joined.again += is_told
        told.add(texts)
        return is_told


def _first_role(times: ReadTimes) -> str:
    """Give which role comes first in the file: some exports have the newest records first."""
    known = times.instants[~times.unread]
    return ENDS if len(known) > 1 and known[-1] < known[0] else BEGINS
