"""List rows of the record as texts: the same in a table, in CSV and in JSON."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from access.list_reading import Reading
from access.listings import LISTINGS, Cell, ListedColumn
from config.clock import MOMENT, edge_text
from config.errors import NotFound
from config.known_then import check_has_come
from config.texts import compare_form
from config.work import Work


@dataclass(frozen=True)
class ListRequest:
    """What is to be listed.

    Args:
        kind: One of `LISTINGS`.
        start: Rows in force at some moment from then on,
        end: up to, not including, this one; not later than `start` = at `start` itself.
        match: Rows of which a cell contains this text, in the form in which texts compare; empty = all.
        known_at: As it was known here then; None = now.
    """

    kind: str
    start: datetime
    end: datetime
    match: str = ""
    known_at: datetime | None = None


@dataclass(frozen=True)
class Listed:
    """Rows as texts, under their headings."""

    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def list_record(work: Work, request: ListRequest) -> Listed:
    """List rows of one kind; dates are in the entity's zone, and an end that is one is the last day.

    Raises:
        NotFound: There is no such kind.
        Invalid: What is asked of has not come yet.
    """
    check_has_come(request.known_at, work.now)
    if request.kind not in LISTINGS:
        raise NotFound(f'There is no listing of "{request.kind}"; there are {", ".join(LISTINGS)}.')
    listing = LISTINGS[request.kind]
    end = max(request.end, request.start + MOMENT)
    reading = Reading(work.session, work.settings, request.start, end, request.known_at or work.now)
    headings = tuple(column.name for column in listing.columns)
    rows = _rows(request.kind, reading, work.zone)
    wanted = compare_form(request.match)
    matching = [row for row in rows if any(wanted in compare_form(cell) for cell in row)] if wanted else list(rows)
    return Listed(("grant", *headings) if listing.grant else headings, matching)


def _rows(kind: str, reading: Reading, zone: ZoneInfo) -> Iterator[tuple[str, ...]]:
    listing = LISTINGS[kind]
    cells_of = [_cell_of(column, reading, zone) for column in listing.columns]
    for row in listing.rows(reading):
        cells = tuple(cell_of(row) for cell_of in cells_of)
        yield (f"{listing.grant}:{row.restores or row.id}", *cells) if listing.grant else cells


def _cell_of(column: ListedColumn, reading: Reading, zone: ZoneInfo) -> Callable[[Any], str]:
    """Give what makes a column's cell of a row."""
    value_of = attrgetter(column.field or column.name)
    if column.cell is Cell.TEXT:
        return lambda row: str(value_of(row))
    if column.cell in _NAMED:
        names: dict[str, str] = getattr(reading, _NAMED[column.cell])
        return lambda row: names.get(value_of(row), "")

    @cache  # the dates of a table repeat
    def edge(instant: datetime | None) -> str:
        return "" if instant is None else edge_text(instant, zone, is_end=column.cell is Cell.END)

    return lambda row: edge(value_of(row))


_NAMED = {Cell.EMPLOYEE: "employees", Cell.POSITION: "positions", Cell.SERIES: "series"}
