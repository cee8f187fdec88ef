"""Find in the texts of series the full names of employees, as a published inventory names none of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from config.texts import compare_form
from reports.inventory_versions.inventory_copy import CopiedSeries

_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 2  # of a full name; one word alone may mean anything


def find_names(series: Iterable[CopiedSeries], names: Iterable[str]) -> dict[str, Sequence[str]]:
    """Give, by the code of a series, the names that stand in its texts as whole words; series without are missing."""
    by_first = defaultdict[str, list[tuple[list[str], str]]](list)
    for name in names:
        words = _words(name)
        if len(words) >= _FEWEST_WORDS:
            by_first[words[0]].append((words, name))
    found = dict[str, Sequence[str]]()
    for one in series:
        texts = (one.name, one.description, one.classification, one.citation, one.work_access)
        named = {name for text in texts for name in _names_in(_words(text), by_first)}
        if named:
            found[one.code] = sorted(named)
    return found


def _names_in(words: list[str], by_first: dict[str, list[tuple[list[str], str]]]) -> Iterable[str]:
    for place, word in enumerate(words):
        if word in by_first:
            yield from (name for parts, name in by_first[word] if words[place : place + len(parts)] == parts)


def _words(text: str) -> list[str]:
    return _WORD.findall(compare_form(text))
