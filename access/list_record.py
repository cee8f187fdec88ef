"""List rows of the record as texts: the same in a table, in CSV and in JSON."""

from collections.abc import Iterable, Sequence
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
    reading = Reading(work, request.start, end, request.known_at or work.now)
    headings = tuple(column.name for column in listing.columns)
    rows = list(_rows(request.kind, reading, work.zone))
    if request.match:
        rows = _matching(rows, compare_form(request.match))
    return Listed((listing.named, *headings) if listing.grant else headings, rows)


def _matching(rows: Iterable[tuple[str, ...]], wanted: str) -> list[tuple[str, ...]]:
    form = cache(compare_form)  # the same cells stand in many rows
    return [row for row in rows if any(wanted in form(cell) for cell in row)]


def _rows(kind: str, reading: Reading, zone: ZoneInfo) -> Iterable[tuple[str, ...]]:
    """Read the rows, and make their cells column by column, as there can be many."""
    listing = LISTINGS[kind]
    rows = list(listing.rows(reading))
    columns = [_cells(column, rows, reading, zone) for column in listing.columns]
    if listing.grant:
        columns.insert(0, [f"{listing.grant}:{row.restores or row.id}" for row in rows])
    return zip(*columns, strict=True)


def _cells(column: ListedColumn, rows: Sequence[Any], reading: Reading, zone: ZoneInfo) -> list[str]:
    values = map(attrgetter(column.field or column.name), rows)
    if column.cell is Cell.TEXT:
        return list(map(str, values))
    if column.cell in _NAMED:
        names: dict[str, str] = getattr(reading, _NAMED[column.cell])
        return [names.get(value, "") for value in values]

    @cache  # the dates of a table repeat
    def edge(instant: datetime | None) -> str:
        return "" if instant is None else edge_text(instant, zone, is_end=column.cell is Cell.END)

    return list(map(edge, values))


_NAMED = {Cell.EMPLOYEE: "employees", Cell.POSITION: "positions", Cell.SERIES: "series"}
