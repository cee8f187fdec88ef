"""The pairs of key=value that stand in one part of records: each key is a part of its own."""

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from audit.logs.formats.key_values import read_pairs
from audit.logs.profiles.language import Profile
from config.texts import shortened

HEAD = "head"


class PairsWithin:
    """Reads pairs as a profile says; what it does not ask for is left."""

    def __init__(self, profile: Profile) -> None:
        self._part = profile.lines.pairs
        self._between = profile.lines.between
        self._wanted = profile.places()

    def of(
        self, parts: Mapping[str, pa.Array]
    ) -> tuple[Mapping[str, pa.Array | Sequence[str | None]], Mapping[int, str]]:
        """Give the parts of records with those of the pairs, and why a record's pairs cannot be read."""
        if not self._part or self._part not in parts:
            return parts, {}
        given, faults = self.read(parts[self._part].to_pylist())
        return {**given, **parts}, faults

    def read(self, texts: Iterable[str | None]) -> tuple[Mapping[str, Sequence[str | None]], Mapping[int, str]]:
        """Give the values of the keys that the profile asks for in some texts, and why a text cannot be read."""
        columns: dict[str, list[str | None]] = {name: [] for name in self._wanted}
        faults = dict[int, str]()
        for place, text in enumerate(texts):
            found: dict[str, str] = {}
            try:
                head, pairs = read_pairs(text or "", self._between)
                found = {HEAD: head} | dict(pairs)
                if len(found) <= len(pairs):
                    found, fault = _first_of(pairs, columns)
                    found[HEAD] = head
                    if fault:
                        faults[place] = fault
            except ValueError as error:
                faults[place] = str(error)
            for name, column in columns.items():
                column.append(found.get(name))
        return columns, faults


def _first_of(pairs: Sequence[tuple[str, str]], wanted: Mapping[str, object]) -> tuple[dict[str, str], str | None]:
    """Give the first value of each key; and what is wrong where one that is asked for has several."""
    first: dict[str, str] = {}
    for key, value in pairs:
        if first.setdefault(key, value) != value and key in wanted:
            return first, f'has the key "{shortened(key)}" twice, with different values'
    return first, None
