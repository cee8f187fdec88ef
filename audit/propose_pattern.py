"""Propose a pattern for a resource that maps to nothing: the whole folder where others of it do so too."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from audit.list_unmapped import UnmappedName
from config.texts import compare_form
from inventory.bracket_patterns import literal_pattern

_FOLDER = re.compile(r"^(.*[/\\.:#])[^/\\.:#]+$", re.DOTALL)
_SHORTEST = 3  # a shorter beginning says nothing about what begins so
_BEYOND = "\U0010ffff"


@dataclass(frozen=True)
class Proposal:
    """A pattern, and what of the resources that map to nothing it would match."""

    pattern: str
    resources: int
    accesses: int


class Proposals:
    """Proposes patterns for some of the resources that map to nothing.

    Args:
        resources: All that map to nothing.
    """

    def __init__(self, resources: Sequence[UnmappedName]) -> None:
        self._sorted = sorted((compare_form(one.stem or one.name), one) for one in resources)
        self._forms = [form for form, _ in self._sorted]

    def of(self, resource: UnmappedName) -> Proposal:
        """Propose a pattern for one of them: as narrow as serves the others of its folder too."""
        stem = resource.stem or resource.name
        folder = _FOLDER.match(stem)
        if folder and len(folder[1]) >= _SHORTEST:
            proposal = self._beginning(folder[1])
            if proposal.resources > resource.names:
                return proposal
        if resource.names > 1:
            return self._beginning(stem)
        return Proposal(literal_pattern(stem), 1, resource.accesses)

    def _beginning(self, beginning: str) -> Proposal:
        form = compare_form(f"{beginning}x")[:-1]
        first, beyond = bisect_left(self._forms, form), bisect_left(self._forms, f"{form}{_BEYOND}")
        matched = [one for _, one in self._sorted[first:beyond]]
        return Proposal(
            f"{literal_pattern(beginning)}*", sum(one.names for one in matched), sum(one.accesses for one in matched)
        )
