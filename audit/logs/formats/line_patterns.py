"""Regular expressions with named groups over many texts at once, by an engine that never takes long.

RE2 (as Arrow has it) looks at each letter of a text once for all that an expression could mean: no expression of a
profile can hold an import up. What it cannot promise that of (a look ahead, a reference back) it refuses.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# A group of a pattern, with the backslashes before it: after an odd number of them it is none.
_GROUP = re.compile(r"(?<!\\)((?:\\\\)*)\(\?P?<(\w+)>")


class Matched(NamedTuple):
    """What some patterns made of texts: the text of each group, null where there is none, and which texts they fit."""

    groups: Mapping[str, pa.Array]
    fits: "np.ndarray[tuple[int], np.dtype[np.bool_]]"


class LinePatterns:
    """Patterns that are tried in turn; each must fit the whole of a text.

    Args:
        wanted: The groups whose texts are asked for, as each costs time; None = all.

    Raises:
        ValueError: A pattern is none.
    """

    def __init__(self, patterns: Sequence[str], wanted: Collection[str] | None = None) -> None:
        for pattern in patterns:
            check_groups(pattern)
        asked = patterns if wanted is None else [_with_groups(pattern, wanted) for pattern in patterns]
        self._patterns = [rf"\A(?s:{pattern})\z" for pattern in asked]

    def match(self, texts: pa.Array) -> Matched:
        """Give the parts of each text by the first pattern that fits it."""
        groups: dict[str, pa.Array] = {}
        left = np.arange(len(texts))
        fits = np.zeros(len(texts), np.bool_)
        for pattern in self._patterns:
            found = pc.extract_regex(texts if len(left) == len(texts) else texts.take(pa.array(left)), pattern)
            does_fit = found.is_valid().to_numpy(zero_copy_only=False)
            fits[left[does_fit]] = True
            spread = _spread(left, does_fit, len(texts))
            for name, part in zip(_names(found), found.flatten(), strict=True):
                column = part if spread is None else part.take(spread)
                groups[name] = pc.coalesce(groups[name], column) if name in groups else column
            left = left[~does_fit]
            if not len(left):
                break
        return Matched(groups, fits)


def _spread(
    rows: "np.ndarray[tuple[int], np.dtype[np.int64]]", does_fit: "np.ndarray[tuple[int], np.dtype[np.bool_]]", of: int
) -> pa.Array | None:
    """Give for each text the place of its match among those that were tried, null where it has none; None = its own."""
    if len(rows) == of and does_fit.all():
        return None
    places = np.zeros(of, np.int64)
    has_place = np.zeros(of, np.bool_)
    places[rows[does_fit]] = np.flatnonzero(does_fit)
    has_place[rows[does_fit]] = True
    return pa.array(places, mask=~has_place)


def found_in(texts: pa.Array, pattern: str) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Say in which texts a pattern finds something."""
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = pc.match_substring_regex(texts, pattern).to_numpy(
        zero_copy_only=False
    )
    return found


def keys_in(texts: pa.Array, pattern: str) -> list[tuple[str, ...] | None]:
    """Give what a pattern's groups find in each text; None where it finds nothing."""
    found = pc.extract_regex(texts, pattern)
    groups = zip(*(part.to_pylist() for part in found.flatten()), strict=True)
    return [key if is_there else None for key, is_there in zip(groups, found.is_valid().to_pylist(), strict=True)]


def check_groups(pattern: str) -> tuple[str, ...]:
    """Give the names of a pattern's groups.

    Raises:
        ValueError: It is no pattern, has no group, a group without a name, or two of one name.
    """
    try:
        names = _names(pc.extract_regex(pa.array([""]), pattern))
    except pa.ArrowInvalid as error:
        message = str(error)
        if "unnamed groups" in message:
            raise ValueError("a group has no name; write (?P<name>…), or (?:…) where none is needed") from error
        raise ValueError(message.removeprefix("Invalid regular expression: ")) from error
    if not names:
        raise ValueError("it has no named group; write (?P<name>…) around what is to be a part")
    if len(set(names)) < len(names):
        raise ValueError("two groups have one name")
    return names


def check_pattern(pattern: str) -> None:
    """Check a pattern that only has to find something.

    Raises:
        ValueError: It is none.
    """
    try:
        pc.match_substring_regex(pa.array([""]), pattern)
    except pa.ArrowInvalid as error:
        raise ValueError(str(error).removeprefix("Invalid regular expression: ")) from error


def _with_groups(pattern: str, wanted: Collection[str]) -> str:
    """Give a pattern that fits what it did, with no more groups than are wanted; as it is where that is not sure."""
    given = check_groups(pattern)
    if tuple(found[2] for found in _GROUP.finditer(pattern)) != given:
        return pattern  # what looks like a group is none: it stands among letters in brackets
    less = _GROUP.sub(lambda found: found[0] if found[2] in wanted else f"{found[1]}(?:", pattern)
    try:
        left = _names(pc.extract_regex(pa.array([""]), less))
    except pa.ArrowInvalid:
        return pattern
    return less if left == tuple(name for name in given if name in wanted) else pattern


def _names(found: pa.Array) -> tuple[str, ...]:
    return tuple(found.type.field(place).name for place in range(found.type.num_fields))
