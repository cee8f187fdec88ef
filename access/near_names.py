"""Which known name a new one may have been meant for: `POLCE` for `POLICE`, but not `CLERK II` for `CLERK I`."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from config.texts import compare_form

_ALIKE = 0.84  # of 1
_LOOKED_AT = 8
_PART = 3
_GRADE = re.compile(r"[ivx]+|[a-z]|\d+\w{0,2}|[a-z]?\d+[a-z]?")
_WORD = re.compile(r"\w+")
# What stands in few rows of a file, beside what stands in many.
_RARE, _TIMES = 2, 25


class KnownNames:
    """Names among which the nearest to another is found quickly, however many there are."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {compare_form(name): name for name in names}
        self._by_part: dict[str, list[str]] = defaultdict(list)
        for form in self._names:
            for part in _parts(form):
                self._by_part[part].append(form)

    def __contains__(self, name: str) -> bool:
        """Say whether a name is known, however its letters are cased."""
        return compare_form(name) in self._names

    def nearest(self, name: str) -> str:
        """Give the known name for which another may have been meant; empty where none is near."""
        form = compare_form(name)
        shared = Counter(known for part in _parts(form) for known in self._by_part.get(part, ()))
        shared.pop(form, None)
        near = [(_likeness(form, known), known) for known, _ in shared.most_common(_LOOKED_AT)]
        likeness, known = max(near, default=(0.0, ""))
        return self._names[known] if likeness >= _ALIKE else ""


def slips_of_the_pen(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Give the names of a file that stand there once or twice and differ in one letter from one that many rows have.

    Args:
        counts: How often each name stands in the file.

    Returns:
        Such a name, and the frequent one.
    """
    frequent = KnownNames(name for name, count in counts.items() if count >= _TIMES)
    rare = sorted(name for name, count in counts.items() if count <= _RARE)
    found = ((name, frequent.nearest(name)) for name in rare)
    return [(name, near) for name, near in found if near and _is_slip(compare_form(name), compare_form(near))]


def _parts(form: str) -> set[str]:
    padded = f" {form} "
    return {padded[place : place + _PART] for place in range(len(padded) - _PART + 1)}


def _likeness(form: str, known: str) -> float:
    """Say how alike two names are, from 0 to 1; names that differ in a grade or number are two."""
    words, others = _WORD.findall(form), _WORD.findall(known)
    differing = (Counter(words) - Counter(others)) + (Counter(others) - Counter(words))
    if all(_GRADE.fullmatch(word) for word in differing):
        return 0.0 if differing else 1.0
    if _is_slip(form, known):
        return 1.0
    matcher = SequenceMatcher(None, form, known, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def _is_slip(form: str, known: str) -> bool:
    """Say whether one letter of one word is wrong, missing, too many, or has changed places with the next."""
    words, others = form.split(), known.split()
    pairs = [(word, other) for word, other in zip(words, others, strict=False) if word != other]
    return len(words) == len(others) and len(pairs) == 1 and _one_letter_apart(*pairs[0])


def _one_letter_apart(word: str, other: str) -> bool:
    if min(len(word), len(other)) < _PART:
        return False
    first = next((place for place, letters in enumerate(zip(word, other, strict=False)) if len(set(letters)) > 1), None)
    place = min(len(word), len(other)) if first is None else first
    rest, rest_of_other = word[place:], other[place:]
    return (
        rest[1:] in (rest_of_other, rest_of_other[1:])
        or rest_of_other[1:] == rest
        or (rest[1:2] + rest[:1] + rest[2:]) == rest_of_other
    )
