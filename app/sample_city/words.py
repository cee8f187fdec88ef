"""The words that stand in the logs, each known by a number, so that millions of accesses stay small."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.sample_city.city import City

ACCESS = np.dtype(
    [
        ("time", np.int64),  # an instant in milliseconds
        ("system", np.int8),
        ("account", np.int32),  # this and the following: numbers of words
        ("place", np.int32),
        ("item", np.int32),
        ("action", np.int32),
        ("subject", np.int32),
        ("purpose", np.int32),
        ("workstation", np.int32),
        ("story", np.int32),  # which planted access it is; -1 for an access that is in order
    ]
)
Accesses = NDArray[np.void]

# How each kind of data subject is written, and how many there are.
_SUBJECTS = {
    "none": ("", 1),
    "resident": ("R-{:06d}", 18_000),
    "parcel": ("PID-{:05d}", 9_000),
    "case": ("25-{:06d}", 7_000),
    "business": ("B-{:04d}", 1_500),
    "vehicle": ("VEH-{:05d}", 12_000),
    "vendor": ("V-{:04d}", 2_000),
    "customer": ("C-{:05d}", 11_000),
    "voter": ("VTR-{:05d}", 15_000),
    "applicant": ("APP-{:04d}", 2_500),
    "patron": ("LIB-{:05d}", 10_000),
    "patient": ("PT-{:05d}", 6_000),
}
_ITEMS = 9_000


class Words:
    """Numbers for words, and the runs of numbers from which subjects and items are drawn."""

    def __init__(self, city: City) -> None:
        self._numbers: dict[str, int] = {}
        self.subjects = {
            kind: self._run(form.format(number + 1) for number in range(count))
            for kind, (form, count) in _SUBJECTS.items()
        }
        self.subjects["employee"] = self._run(person.employee_id for person in city.employees)
        self.items = self._run(f"{number + 1:06d}" for number in range(_ITEMS))

    def number(self, word: str) -> int:
        """Give the number of a word."""
        return self._numbers.setdefault(word, len(self._numbers))

    def all(self) -> Sequence[str]:
        """Give all words, each at the place of its number."""
        return list(self._numbers)

    def _run(self, words: Iterable[str]) -> tuple[int, int]:
        """Number new words in a row; give the first number and how many there are."""
        first = len(self._numbers)
        for word in words:
            self.number(word)
        return first, len(self._numbers) - first
