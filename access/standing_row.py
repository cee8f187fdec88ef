"""Find the row of a table that stands under the number by which grants and addresses name it."""

from typing import Any

from sqlmodel import Session, func, select

from config.errors import NotFound
from config.recorded import current
from config.tables.facts import StatedTable


def standing_row(session: Session, table: StatedTable[Any], number: int, *conditions: Any) -> Any:  # noqa: ANN401 - a row
    """Give the row of a table that stands under a number.

    Raises:
        NotFound: None does, or none of which one may know.
    """
    columns: Any = table.model
    # a row that brings back another is known by its number
    named = func.coalesce(columns.restores, columns.id) == number
    found = session.exec(select(columns).where(named, current(columns), *conditions)).first()
    if found is None:
        raise NotFound(f"Nothing stands here under the number {number}; a change gives a row another number.")
    return found
