"""Which data series, if any, a log's resource belongs to: shell-style patterns in compare form, the longest wins."""

import fnmatch
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from config.texts import compare_form

PUBLIC = "public"
IGNORE = "ignore"
DIGITS = "0123456789"
_STATES = 4  # of the patterns, as they stand and as they stood at some audit
_WILDCARD = re.compile(r"[*?\[]")


@dataclass(frozen=True)
class _Pattern:
    text: str
    series: str
    beginning: str
    only_begins: bool

    def matches(self, folded: str) -> bool:
        """Say whether a folded resource that has this beginning matches."""
        return self.only_begins or self._expression.match(folded) is not None

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        return re.compile(fnmatch.translate(self.text))  # slow, and most patterns need none

    def precedence(self) -> tuple[int, str]:
        """The longest first; ties go to the one that sorts first (DOMAIN section 3)."""
        return -len(self.text), self.text


class ResourceMap:
    """Finds what a system's resource maps to; built once from all patterns.

    Args:
        patterns: (system, pattern, series' code or `public` or `ignore`) each, in the order of their recording.
    """

    def __init__(self, patterns: Iterable[tuple[str, str, str]]) -> None:
        # by system and literal beginning, so that a resource is tried against few of many patterns
        self._patterns: dict[str, dict[str, list[_Pattern]]] = defaultdict(lambda: defaultdict(list))
        # of patterns that compare as equal, the one that was recorded last stands
        latest = {(compare_form(system), compare_form(text)): series for system, text, series in patterns}
        for (system, folded), series in latest.items():
            wildcard = _WILDCARD.search(folded)
            beginning = folded[: wildcard.start()] if wildcard else folded
            pattern = _Pattern(folded, series, beginning, folded == f"{beginning}*")
            self._patterns[system][beginning].append(pattern)
        self._beginnings = {system: sorted(beginnings) for system, beginnings in self._patterns.items()}
        self._lengths = {
            system: sorted({len(beginning) for beginning in beginnings})
            for system, beginnings in self._patterns.items()
        }

    def series_of(self, system: str, resource: str) -> str | None:
        """Give the series' code, `public` or `ignore` that a resource maps to; None where no pattern matches."""
        key = compare_form(system)
        folded = compare_form(resource)
        found = [
            pattern
            for length in self._lengths.get(key, ())
            if length <= len(folded)
            for pattern in self._patterns[key].get(folded[:length], ())
            if pattern.matches(folded)
        ]
        return min(found, key=_Pattern.precedence).series if found else None

    def number_matters(self, system: str, stem: str) -> bool:
        """Say whether what a resource maps to can depend on the number behind its stem.

        Logs name millions of records that differ only in their number; where it does not matter, the stem is asked
        once.
        """
        key, folded = compare_form(system), compare_form(f"{stem}{DIGITS[0]}")[:-1]
        if folded.endswith(" ") and folded in self._patterns.get(key, ()):
            return True  # without a number, the stem compares without its blank
        shorter = (folded[:length] for length in self._lengths.get(key, ()) if length <= len(folded))
        if any(not one.only_begins for beginning in shorter for one in self._patterns[key].get(beginning, ())):
            return True
        beginnings = self._beginnings.get(key, [])
        for beginning in beginnings[bisect_right(beginnings, folded) :]:  # the longer ones that begin alike follow it
            if not beginning.startswith(folded):
                return False
            if beginning[len(folded)] in DIGITS:
                return True
        return False


@lru_cache(_STATES)
def resource_map(patterns: tuple[tuple[str, str, str], ...]) -> ResourceMap:
    """Give what finds what resources map to; of the same patterns it is made once."""
    return ResourceMap(patterns)
