"""Pages of long lists: so many things from a place on, and the cursor at which the next ones begin."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel
from sqlalchemy import ColumnElement, Select
from sqlmodel import Session

from config.errors import Invalid
from config.keyset import SortKey, beyond, read_sort

T = TypeVar("T")
_MOST = 1_000

Cursor = Annotated[str, Query(description="The `next` of the page before; empty for the first page.", max_length=2_000)]
Limit = Annotated[int, Query(ge=1, le=_MOST, description="How many things a page holds at most.")]
Sort = Annotated[str, Query(description="Fields in whose order to list, `-` before one for the other way round.")]


class Listed(BaseModel, Generic[T]):
    """A page of a list; `next` is the cursor of the page that follows, null where this is the last one."""

    items: list[T]
    next: str | None


@dataclass(frozen=True)
class Ordered:
    """A field by which a list can be sorted: its column, and its value in a row."""

    column: ColumnElement[object]
    value: Callable[[object], object]


def list_page(
    session: Session,
    chosen: "Select[T]",
    fields: dict[str, Ordered],
    *,
    cursor: str,
    limit: int,
    sort: str,
    last: str,
) -> tuple[Sequence[T], str | None]:
    """Give a page of what a query chooses, and the cursor of the next one; what is added meanwhile shifts nothing.

    Args:
        fields: By which one may sort, by their names.
        sort: As asked for; empty = by `last`.
        last: The field that tells any two rows apart, by which equal ones are sorted.

    Raises:
        Invalid: A field is none of these, or the cursor is none.
    """
    order = read_sort(sort, last)
    unknown = next((name for name, _ in order if name not in fields), None)
    if unknown is not None:
        raise Invalid(f'"{unknown}" is no field to sort by; the fields are {", ".join(fields)}.')
    keys = [SortKey(fields[name].column, is_down) for name, is_down in order]
    if cursor:
        chosen = chosen.where(beyond(keys, read_cursor(cursor, len(keys))))
    chosen = chosen.order_by(*(key.in_order for key in keys))
    # of a query for one thing each row is that thing, of one for columns a row with their names
    rows: list[Any] = [row[0] if len(row) == 1 else row for row in session.execute(chosen.limit(limit + 1))]
    if len(rows) <= limit:
        return rows, None
    return rows[:limit], write_cursor([fields[name].value(rows[limit - 1]) for name, _ in order])


def write_cursor(values: Sequence[object]) -> str:
    """Write the values of a page's last row as the cursor of the next page."""
    plain = [["t", value.isoformat()] if isinstance(value, datetime) else ["v", value] for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def read_cursor(cursor: str, count: int) -> list[object]:
    """Read the values of a cursor.

    Raises:
        Invalid: It is none of a list that is sorted by so many fields.
    """
    try:
        plain = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        values = [datetime.fromisoformat(value) if kind == "t" else value for kind, value in plain]
    except (binascii.Error, UnicodeDecodeError, ValueError, TypeError):
        values = []
    if len(values) != count or any(not isinstance(value, (str, int, float, datetime)) for value in values):
        raise Invalid("The cursor is none of this list in this order; ask for the first page anew.")
    return values
