"""Lists of rows of the record over JSON: as of a day, as known then, page by page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Annotated, Any, TypeVar

from fastapi import Depends
from pydantic import BaseModel
from sqlalchemy import ColumnElement, or_, select

from config.recorded import Recorded, known_at, table_of
from config.web.as_of import AsOf, AsOfText, KnownAtText, read_as_of
from config.web.paging import Cursor, Limit, Listed, Ordered, Sort, list_page
from config.work import Work

Row = TypeVar("Row", bound=Recorded)
View = TypeVar("View", bound=BaseModel)


@dataclass(frozen=True)
class Wanted:
    """Which part of a list is wanted, in what order, and by which clocks."""

    as_of: str
    known_at: str
    cursor: str
    limit: int
    sort: str


def _wanted(
    as_of: AsOfText = "", known_at: KnownAtText = "", cursor: Cursor = "", limit: Limit = 100, sort: Sort = ""
) -> Wanted:
    return Wanted(as_of, known_at, cursor, limit, sort)


WantedDep = Annotated[Wanted, Depends(_wanted)]


def list_rows(
    work: Work,
    wanted: Wanted,
    model: type[Row],
    view: Callable[[Row], View],
    filters: Mapping[str, str | None],
    *conditions: ColumnElement[bool],
) -> Listed[View]:
    """List rows of a table; where a day is asked for, those that hold at some moment of it.

    Args:
        filters: By field, what it has to be; None = whatever it is. By these fields one may sort.
        conditions: Further ones, such as whom the one who asks may know of.

    Raises:
        Invalid: A date, the cursor or a field to sort by cannot be used.
    """
    columns = table_of(model).c
    day = read_as_of(work, wanted.as_of, wanted.known_at)
    chosen = select(model).where(known_at(model, day.known_at or work.now), *conditions)
    for name, text in filters.items():
        if text is not None:
            chosen = chosen.where(columns[name] == text)
    if wanted.as_of and "start" in columns:
        chosen = chosen.where(*_during(columns, day))
    fields = {name: Ordered(columns[name], attrgetter(name)) for name in (*filters, "id")}
    rows, further = list_page(
        work.session, chosen, fields, cursor=wanted.cursor, limit=wanted.limit, sort=wanted.sort, last="id"
    )
    return Listed(items=[view(row) for row in rows], next=further)


def _during(columns: Any, day: AsOf) -> list[ColumnElement[bool]]:  # noqa: ANN401 - the columns of any table
    starts, ends = columns.start, columns.end
    return [or_(starts.is_(None), starts < day.end), or_(ends.is_(None), ends > day.start)]
