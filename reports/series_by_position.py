"""Which positions may do what with which series, in short: one row a series, one column a position."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from access.facts import Access, Facts, PositionFacts
from access.rules import ACTIONS, ALL_ACTIONS
from config.clock import microseconds
from inventory.models import DataSeries
from reports.grants_in_words import classes_in_words
from reports.sheets import Column, ColumnKind, Sheet

_POSITIONS_ON_A_SHEET = 60
_LETTERS = dict(zip(ACTIONS, "VSCMDPEH", strict=False))  # `other` has none: only `*` covers it
_LEGEND = ", ".join(f"{letter} {action}" for action, letter in _LETTERS.items())
_HOW_TO_READ = (
    f"What the position's holders may do: {_LEGEND}, * any action; with a small p, only for listed purposes. "
    "What every employee may do stands in its own column. What is given to one employee alone, and for which purposes, "
    "is in the sheet “Access in full”."
)


def series_by_position(facts: Facts, series: Sequence[DataSeries], as_of: datetime) -> Iterator[Sheet]:
    """Lay out the matrix, on as many sheets as the positions need; those that no work access names are left out."""
    cells = _Cells(facts, microseconds(as_of))
    left_out = f"Positions that no work access names are left out: {len(facts.positions) - len(cells.positions):,}."
    for first in range(0, max(len(cells.positions), 1), _POSITIONS_ON_A_SHEET):
        yield _sheet(cells, cells.positions[first : first + _POSITIONS_ON_A_SHEET], series, left_out)


def _sheet(cells: "_Cells", positions: Sequence[PositionFacts], series: Sequence[DataSeries], left_out: str) -> Sheet:
    return Sheet(
        title="Series by position",
        heading="Data series by position",
        notes=[_HOW_TO_READ, left_out],
        columns=[
            Column("Series", 30, ColumnKind.WRAPPED),
            Column("Classes", 14, ColumnKind.WRAPPED),
            Column("Every employee", 10),
            *(Column(f"{one.department}: {one.title} ({one.position_code})", 14) for one in positions),
        ],
        rows=[
            (
                f"{row.name} ({row.code})",
                classes_in_words(row),
                cells.of_everyone(row.code),
                *(cells.of_position(row.code, one) for one in positions),
            )
            for row in series
        ],
        empty="The inventory has no data series yet.",
        frozen_columns=1,
    )


class _Cells:
    """Says in short what positions may do with a series at an instant."""

    def __init__(self, facts: Facts, instant: int) -> None:
        self._held: dict[tuple[str, str, str], list[Access]] = defaultdict(list)
        in_force = [one for one in facts.accesses if one.start <= instant < one.end]
        for access in in_force:
            self._held[access.series, access.holder_type, _key(access)].append(access)
        named = {(access.holder_type, _key(access)) for access in in_force}
        self.positions: list[PositionFacts] = sorted(
            (
                one
                for one in facts.positions.values()
                if ("position", one.position_code) in named or ("department", one.department.casefold()) in named
            ),
            key=lambda one: (one.department.casefold(), one.title.casefold(), one.position_code),
        )

    def of_everyone(self, series: str) -> str:
        return self._in_short(self._held.get((series, "everyone", ""), []))

    def of_position(self, series: str, position: PositionFacts) -> str:
        own = self._held.get((series, "position", position.position_code), [])
        return self._in_short([*own, *self._held.get((series, "department", position.department.casefold()), [])])

    def _in_short(self, accesses: Sequence[Access]) -> str:
        for_any = for_some = 0
        for access in accesses:
            if access.purposes == "*":
                for_any |= access.actions
            else:
                for_some |= access.actions
        return " ".join(filter(None, [_letters(for_any), _letters(for_some & ~for_any, "p")]))


def _key(access: Access) -> str:
    """Give the form in which holders compare: departments case-folded, as positions may spell one in two ways."""
    return access.holder.casefold() if access.holder_type == "department" else access.holder


def _letters(mask: int, mark: str = "") -> str:
    """Give the letters of actions; `*` where they are all."""
    if mask == ALL_ACTIONS:
        return f"*{mark}"
    return " ".join(f"{letter}{mark}" for place, letter in enumerate(_LETTERS.values()) if mask >> place & 1)
