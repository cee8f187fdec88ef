"""To which months and sources an auditor is limited: what is found and decided beyond them is not there for them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from config.errors import Invalid

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_MOST_MONTHS = 1_200


@dataclass(frozen=True)
class Limits:
    """The months, as YYYY-MM in the entity's zone, and the sources that an official may read of; none named = all."""

    months: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Say whether anything is beyond them."""
        return bool(self.months or self.sources)

    def admit(self, month: str, sources: Iterable[str]) -> bool:
        """Say whether what is of a month and of some sources, all of them, may be read."""
        return self.admit_month(month) and all(map(self.admit_source, sources))

    def admit_month(self, month: str) -> bool:
        """Say whether what is of a month may be read."""
        return not self.months or month in self.months

    def admit_source(self, source: str) -> bool:
        """Say whether what is of a source may be read."""
        return not self.sources or source in self.sources

    def __str__(self) -> str:
        """Say them in words; empty where there are none."""
        months = f"months {', '.join(sorted(self.months))}" if self.months else ""
        sources = f"sources {', '.join(sorted(self.sources))}" if self.sources else ""
        return " and ".join(filter(None, (months, sources)))


UNLIMITED = Limits()


def limited_in_words(limits: Limits) -> str:
    """Give the end of a sentence that says to what an official is limited; empty where to nothing."""
    return f", of {limits} alone" if limits else ""


def read_months(texts: Iterable[str]) -> list[str]:
    """Read months as a person names them: `2025-03`, or from one to another, `2025-01..2025-06`.

    Raises:
        Invalid: One is no month, or its end comes before its beginning.
    """
    months = list[str]()
    for text in texts:
        first, _, last = text.strip().partition("..")
        last = last or first
        if not (_MONTH.fullmatch(first) and _MONTH.fullmatch(last)) or last < first:
            raise Invalid(f'"{text}" names no months; write 2025-03, or 2025-01..2025-06 for several.')
        months += _from_to(first, last)
        if len(months) > _MOST_MONTHS:
            raise Invalid(f'"{text}" names more months than anybody audits; at most {_MOST_MONTHS:,} are named.')
    return list(dict.fromkeys(months))


def _from_to(first: str, last: str) -> list[str]:
    begins, ends = (int(text[:4]) * 12 + int(text[5:]) - 1 for text in (first, last))
    if ends - begins >= _MOST_MONTHS:
        ends = begins + _MOST_MONTHS  # one too many, which is refused
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(begins, ends + 1)]
