"""Match the parts of the inventory's work access text against known holders (DOMAIN section 5, "Work access text").

Matching is done anew whenever facts are loaded, so positions and employees imported later count.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from config.texts import compare_form

if TYPE_CHECKING:  # any rows do that have their columns, and the classes take long to load
    from access.models import Employee, Position
    from inventory.models import PartResolution, WorkAccessPart


@dataclass(frozen=True)
class Match:
    """A part names a holder.

    `recorded` are the times of what it rests on, the part and an official's resolution, as the rows given have them.
    """

    part: "WorkAccessPart"
    holder_type: str
    holder: str
    recorded: tuple[Any, ...]


@dataclass(frozen=True)
class Matches:
    """What the parts name, and by series the parts that name no known holder and that no official has resolved."""

    matches: tuple[Match, ...]
    unmatched: Mapping[str, tuple[str, ...]]


class Holders:
    """Finds the holders that a text names.

    Args:
        texts: Those that are asked about, of whom there are far fewer than employees; None = any.
    """

    def __init__(
        self,
        positions: "Iterable[Position]",
        employees: "Iterable[Employee]",
        texts: Iterable[str] | None = None,
    ) -> None:
        self._named: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._named["all employees"].append(("everyone", ""))
        departments = dict[str, None]()
        for position in positions:
            departments.setdefault(position.department)
            for text in {compare_form(position.title), compare_form(position.position_code)}:
                self._named[text].append(("position", position.position_code))
        for department in departments:
            self._named[compare_form(department)].append(("department", department))
        ids = [(one.employee_id, compare_form(one.name)) for one in employees]
        named = [(compare_form(employee_id), name, employee_id) for employee_id, name in ids]
        if texts is not None:
            asked = set(map(compare_form, texts))
            named = [one for one in named if one[0] in asked or one[1] in asked]
        names = Counter(name for _, name, _ in named)
        for form, name, employee_id in named:
            self._named[form].append(("employee", employee_id))
            if names[name] == 1 and name != form:
                self._named[name].append(("employee", employee_id))

    def named(self, text: str) -> list[tuple[str, str]]:
        """Give the (holder type, holder) pairs that a text names; none where it names no known holder."""
        form = compare_form(text)
        return self._named.get(form, []) if form else []


def match_parts(
    parts: "Iterable[WorkAccessPart]",
    resolutions: "Iterable[PartResolution]",
    positions: "Iterable[Position]",
    employees: "Iterable[Employee]",
) -> Matches:
    """Match each part with the holders it names, or with those an official resolved it to."""
    parts = list(parts)
    return match_with(Holders(positions, employees, {part.part for part in parts}), parts, resolutions)


def match_with(holders: Holders, parts: "Iterable[WorkAccessPart]", resolutions: "Iterable[PartResolution]") -> Matches:
    """Match each part likewise, by holders that are at hand."""
    resolved: dict[tuple[str, str], list[PartResolution]] = defaultdict(list)
    for resolution in resolutions:
        resolved[resolution.series, compare_form(resolution.part)].append(resolution)
    matches: list[Match] = []
    unmatched: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        named = [Match(part, *holder, (part.recorded_at,)) for holder in holders.named(part.part)]
        decided = resolved.get((part.series, compare_form(part.part)), [])
        named += [
            Match(part, resolution.holder_type, resolution.holder, (part.recorded_at, resolution.recorded_at))
            for resolution in decided
            if resolution.holder_type
        ]
        matches += named
        if not named and not decided:
            unmatched[part.series].append(part.part)
    return Matches(tuple(matches), {series: tuple(texts) for series, texts in unmatched.items()})
