"""The wording for a position's description: which not public data the work requires, for what, and nothing beyond."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from access.facts import Access, Facts, PositionFacts
from access.models import Position
from access.read_position import ReachedSeries, reached_series
from access.resolve_grants import action_words
from config.texts import compare_form
from inventory.models import DataSeries

LIMITS = (
    "Access to other not public data is given by a temporary duty, for as long as that work is assigned. Looking at "
    "not public data for another purpose than the work is not authorized, whatever the position (Minn. Stat. 13.055 "
    "subd. 1)."
)


@dataclass(frozen=True)
class PositionWording:
    """What a position's description is to say.

    Args:
        begins: The sentence before the list.
        lines: Each series with its classes, laws, actions and purposes.
    """

    position_code: str
    title: str
    department: str
    begins: str
    lines: Sequence[str]

    @property
    def text(self) -> str:
        """All of it, ready to be copied."""
        return "\n".join([self.begins, *(f"- {line}" for line in self.lines), LIMITS])


def position_wording(
    position: Position | PositionFacts,
    reached: Sequence[ReachedSeries],
    facts: Facts,
    series: Mapping[str, DataSeries],
) -> PositionWording | None:
    """Give the wording of what a position reaches by itself or its department; None where that is nothing not public.

    Args:
        series: What the inventory says, by code.
    """
    lines = dict.fromkeys(
        _line(series[one.code], one.access)
        for one in reached
        if one.through != "every employee" and one.code in series and not facts.series[one.code].public
    )
    if not lines:
        return None
    begins = (
        f"The work assignment of {position.title} ({position.department}) reasonably requires access to the following "
        "not public data (Minn. Stat. 13.05 subd. 5), and to no more of it than each task needs:"
    )
    return PositionWording(position.position_code, position.title, position.department, begins, tuple(lines))


def every_wording(facts: Facts, series: Mapping[str, DataSeries], instant: int) -> Iterator[PositionWording]:
    """Give the wordings of all positions that have one, by department and title.

    Args:
        instant: At which access is in force, in microseconds since 1970 in UTC.
    """
    of_position, of_department = defaultdict[str, list[Access]](list), defaultdict[str, list[Access]](list)
    for access in facts.accesses:
        if access.start <= instant < access.end:
            if access.holder_type == "position":
                of_position[access.holder].append(access)
            elif access.holder_type == "department":
                of_department[compare_form(access.holder)].append(access)
    for position in sorted(facts.positions.values(), key=_in_order):
        given = [*of_position[position.position_code], *of_department[compare_form(position.department)]]
        wording = position_wording(position, reached_series(given, position, lambda *_: True), facts, series)
        if wording is not None:
            yield wording


def access_in_words(access: Access) -> str:
    """Say which actions work access covers, and for which purposes where it lists some."""
    actions = action_words(access.actions)
    purposes = "" if access.purposes == "*" else f" for {access.purposes.replace(';', ', ')}"
    return ("any action" if actions == "*" else actions.replace(";", ", ")) + purposes


def _line(row: DataSeries, access: Access) -> str:
    described = "; ".join(filter(None, (row.classes, row.citations)))
    serves = f", for {row.purpose}" if access.purposes == "*" and row.purpose else ""
    return f"{row.name} ({described or 'class not entered'}): {access_in_words(access)}{serves}"


def _in_order(position: PositionFacts) -> tuple[str, str, str]:
    return compare_form(position.department), compare_form(position.title), position.position_code
