"""Places in sorted lists: what comes after a row is told by the row's own values, whatever is added meanwhile."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, or_


class SortKey(NamedTuple):
    """A column by which rows are sorted, and whether the greatest comes first."""

    column: Any
    is_down: bool

    @property
    def in_order(self) -> ColumnElement[Any]:
        """The column as a query sorts by it."""
        ordered: ColumnElement[Any] = self.column.desc() if self.is_down else self.column.asc()
        return ordered


def read_sort(sort: str, last: str) -> list[tuple[str, bool]]:
    """Read names of fields, `-` before one for the other way round; each once, and `last`, which tells rows apart."""
    order = dict[str, bool]()
    for word in filter(None, [*(part.strip() for part in sort.split(",")), last]):
        order.setdefault(word.removeprefix("-"), word.startswith("-"))
    return list(order.items())


def beyond(keys: Sequence[SortKey], values: Sequence[object]) -> ColumnElement[bool]:
    """Say in SQL that a row comes after the one with these values: like it in the first fields, beyond in the next."""
    steps = []
    for place, key in enumerate(keys):
        equal = [before.column == value for before, value in zip(keys[:place], values, strict=False)]
        steps.append(and_(*equal, key.column < values[place] if key.is_down else key.column > values[place]))
    first = keys[0]
    # said as well, so that an index in this order is read from there on
    reached = first.column <= values[0] if first.is_down else first.column >= values[0]
    return and_(reached, or_(*steps))
