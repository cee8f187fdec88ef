"""Which positions may do what with which series, in short: one page a department, with its own positions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd

from access.facts import Access, Facts, PositionFacts
from access.rules import ACTIONS, ALL_ACTIONS
from config.clock import microseconds
from config.texts import compare_form
from inventory.models import DataSeries
from reports.grants_in_words import classes_in_words
from reports.series_texts import name_of
from reports.sheets import CellValue, Column, ColumnKind, Sheet

_MOST_POSITIONS = 7  # beside one another on a page
_LETTERS = dict(zip(ACTIONS, "VSCMDPEH", strict=False))  # `other` has none: only `*` covers it
_LEGEND = ", ".join(f"{letter} {action}" for action, letter in _LETTERS.items())
_HOW_TO_READ = (
    f"What a position's holders may do: {_LEGEND}, * any action; with a small p, only for listed purposes. "
    "Series that none of the positions reaches are left out, and so are positions that reach none. What every employee "
    "may do is on the sheet “Every employee”; what is given to one person alone, and for which purposes, is on the "
    "sheet “Access in full”."
)
_ABOUT_EVERYBODY = f"What everyone who is employed may do: {_LEGEND}, * any action; p, only for listed purposes."
_Cells = Mapping[tuple[str, str], str]  # by series and position


def series_by_position(facts: Facts, series: Sequence[DataSeries], as_of: datetime) -> Iterator[Sheet]:
    """Lay out what every employee may do, then the matrix of each department; what would be empty is left out."""
    in_force = [one for one in facts.accesses if one.start <= microseconds(as_of) < one.end]
    yield _everybody(in_force, series, facts.zone)
    cells = _cells(in_force, facts)
    named = {code for _, code in cells}
    positions = sorted((facts.positions[code] for code in named), key=_in_order)
    for department in dict.fromkeys(compare_form(one.department) for one in positions):
        own = [one for one in positions if compare_form(one.department) == department]
        for first in range(0, len(own), _MOST_POSITIONS):
            yield _sheet(own[first : first + _MOST_POSITIONS], cells, series, facts.zone)


def _in_order(position: PositionFacts) -> tuple[str, str, str]:
    return compare_form(position.department), compare_form(position.title), position.position_code


def _everybody(in_force: Sequence[Access], series: Sequence[DataSeries], zone: ZoneInfo) -> Sheet:
    given = defaultdict(list)
    for access in in_force:
        if access.holder_type == "everyone":
            given[access.series].append(access)
    return Sheet(
        title="Every employee",
        heading="Data series that every employee may reach",
        notes=[_ABOUT_EVERYBODY],
        columns=[
            Column("Series", 60, ColumnKind.WRAPPED),
            Column("Classes", 20, ColumnKind.WRAPPED),
            Column("Every employee", 12),
        ],
        rows=[_row(row, [_in_short(given[row.code])], zone) for row in series if row.code in given],
        empty="No series is given to every employee.",
        landscape=False,
    )


def _cells(in_force: Sequence[Access], facts: Facts) -> _Cells:
    """Say in short what positions may do with series; only pairs with anything to say are there."""
    of_department = defaultdict(list)
    for position in facts.positions.values():
        of_department[compare_form(position.department)].append(position.position_code)
    given = defaultdict(list)
    for access in in_force:
        holders = {"position": [access.holder], "department": of_department[compare_form(access.holder)]}
        for code in holders.get(access.holder_type, ()):
            given[access.series, code].append(access)
    shorts = {pair: _in_short(accesses) for pair, accesses in given.items() if pair[1] in facts.positions}
    return {pair: short for pair, short in shorts.items() if short}


def _sheet(positions: Sequence[PositionFacts], cells: _Cells, series: Sequence[DataSeries], zone: ZoneInfo) -> Sheet:
    department, codes = positions[0].department, [one.position_code for one in positions]
    rows = [(series_code, code, short) for (series_code, code), short in cells.items() if code in codes]
    matrix = pd.DataFrame(rows, columns=["series", "position", "short"]).pivot_table(
        index="series", columns="position", values="short", aggfunc="first", fill_value=""
    )
    shorts = {str(code): row.tolist() for code, row in zip(matrix.index, matrix[codes].to_numpy(), strict=True)}
    return Sheet(
        title=department,
        heading=f"{department}: data series by position",
        notes=[_HOW_TO_READ],
        columns=[
            Column("Series", 50, ColumnKind.WRAPPED),
            Column("Classes", 26, ColumnKind.WRAPPED),
            *(Column(f"{one.title}\n({one.position_code})", 13, ColumnKind.WRAPPED) for one in positions),
        ],
        rows=[_row(row, shorts[row.code], zone) for row in series if row.code in shorts],
        empty="",
        frozen_columns=1,
    )


def _row(row: DataSeries, shorts: Sequence[str], zone: ZoneInfo) -> tuple[CellValue, ...]:
    return _named(row, zone), classes_in_words(row), *shorts


def _named(row: DataSeries, zone: ZoneInfo) -> str:
    return f"{name_of(row, zone)} ({row.code})"


def _in_short(accesses: Sequence[Access]) -> str:
    for_any = for_some = 0
    for access in accesses:
        if access.purposes == "*":
            for_any |= access.actions
        else:
            for_some |= access.actions
    return " ".join(filter(None, [_letters(for_any), _letters(for_some & ~for_any, "p")]))


def _letters(mask: int, mark: str = "") -> str:
    """Give the letters of actions; `*` where they are all."""
    if mask == ALL_ACTIONS:
        return f"*{mark}"
    return " ".join(f"{letter}{mark}" for place, letter in enumerate(_LETTERS.values()) if mask >> place & 1)
