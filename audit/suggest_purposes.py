"""Suggests which described purposes people meant by what they typed; nothing counts before a person accepts it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from access.rules import normal_purpose
from audit.logs.detecting.told_values import kind_of_text

_MOST = 3
# Below it, of a hundred, two texts have little in common.
_LEAST_SCORE = 75
# A text as short as this fits into nearly every other.
_SHORTEST = 3


@dataclass(frozen=True)
class Suggestion:
    """A purpose that may be meant, in compare form, and how near it is: 100 = the same words."""

    purpose: str
    score: int


def the_nearest(found: Sequence[Suggestion]) -> Suggestion | None:
    """Give the one that is nearer than all others, and can be accepted as it is; None where several are as near."""
    return found[0] if found and all(one.score < found[0].score for one in found[1:]) else None


def suggest_purposes(typed: str, described: Collection[str]) -> Sequence[Suggestion]:
    """Give the described purposes nearest to a text, the nearest first; none where none is near, or the text says none.

    Args:
        described: Purposes in compare form.
    """
    form = normal_purpose(typed)
    if len(form) < _SHORTEST or kind_of_text(form):
        return ()
    found = process.extract(form, sorted(described), scorer=fuzz.WRatio, score_cutoff=_LEAST_SCORE, limit=_MOST)
    return [Suggestion(purpose, round(score)) for purpose, score, _ in found]
