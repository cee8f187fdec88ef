"""Which records of a file are which of those that went out to be repaired: by their places, else by their texts.

A repair changes the one thing that was wrong, and most cells of a record stay. A file of which one record is like none
that went out is no repaired file, but another log: then nothing is paired at all.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

# More than half of a record's cells stay: two accesses that have but half of them in common are two.
_LEAST_LIKE = 0.5
_KEY = re.compile(r'"[^"]*"\s*:')  # of JSON, the same in every record
_CELL = re.compile(r'[^\s,;|"{}\[\]]+')
# A record that was cut off begins the repaired one, if it says enough to tell it.
_LEAST_CUT_OFF = 8
_MOST_BY_TEXT = 5_000
_MOST_CANDIDATES, _SELDOM, _LETTERS = 5, 50, 300


def pair_records(texts: Sequence[str], exported: Sequence[str], *, same_name: bool) -> list[int] | None:
    """Give for each text the place of the exported one that it is; None where they are not those that were exported.

    Args:
        texts: A file's records, in their order.
        exported: The records that went out, in their order.
        same_name: The file still has the name under which they went out.
    """
    if not texts or len(texts) > len(exported):
        return None
    if len(texts) == len(exported):
        likeness = sum(map(_likeness, texts, exported)) / len(texts)
        if same_name or likeness > _LEAST_LIKE:
            return list(range(len(texts)))
    return _by_text(texts, exported) if len(texts) <= _MOST_BY_TEXT else None


def _by_text(texts: Sequence[str], exported: Sequence[str]) -> list[int] | None:
    found = _equal_ones(texts, exported)
    taken = set(found.values())
    left = [place for place in range(len(texts)) if place not in found]
    free = [place for place in range(len(exported)) if place not in taken]
    scored = [
        (_likeness(texts[place], exported[other]), _letters_alike(texts[place], exported[other]), -place, -other)
        for place, others in _candidates(left, free, texts, exported)
        for other in others
    ]
    for likeness, _, place, other in sorted(scored, reverse=True):
        if likeness > _LEAST_LIKE and -place not in found and -other not in taken:
            found[-place] = -other
            taken.add(-other)
    return [found[place] for place in range(len(texts))] if len(found) == len(texts) else None


def _equal_ones(texts: Sequence[str], exported: Sequence[str]) -> dict[int, int]:
    places = defaultdict[str, list[int]](list)
    for other in reversed(range(len(exported))):
        places[exported[other]].append(other)
    return {place: places[text].pop() for place, text in enumerate(texts) if places.get(text)}


def _candidates(
    left: Sequence[int], free: Sequence[int], texts: Sequence[str], exported: Sequence[str]
) -> Iterator[tuple[int, list[int]]]:
    """Give for each text those that it may be: ones with seldom cells in common, and those about where it stands."""
    with_cell = defaultdict[str, list[int]](list)
    for other in free:
        for cell in set(_cells(exported[other])):
            with_cell[cell].append(other)
    more = len(free) - len(left)
    for nth, place in enumerate(left):
        common = Counter[int]()
        for cell in set(_cells(texts[place])):
            if len(with_cell[cell]) <= _SELDOM:
                common.update(with_cell[cell])
        nearby = free[nth : nth + min(more, _SELDOM) + 1]
        likely = [other for other, _ in common.most_common(_MOST_CANDIDATES)]
        yield place, list(dict.fromkeys([*likely, *nearby]))


def _likeness(text: str, exported: str) -> float:
    """Say which part of the shorter one's cells both have, from 0 to 1."""
    cut = exported.strip()
    if len(cut) >= _LEAST_CUT_OFF and (text.strip().startswith(cut) or text.strip().endswith(cut)):
        return 1.0
    cells, others = _cells(text), _cells(exported)
    shorter = min(len(cells), len(others))
    return sum((Counter(cells) & Counter(others)).values()) / shorter if shorter else 0.0


def _cells(text: str) -> list[str]:
    return _CELL.findall(_KEY.sub(" ", text))


def _letters_alike(text: str, exported: str) -> float:
    """Say how alike the letters are, where cells do not tell which of several is meant."""
    return SequenceMatcher(None, text[:_LETTERS], exported[:_LETTERS], autojunk=False).ratio()
