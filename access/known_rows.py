"""Rows of the record as they were known at an instant, as plain tuples for what is worked out of many of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, type_coerce
from sqlmodel import Session, select

from config.database import UtcDateTime, UtcMicroseconds, known_at


@dataclass(frozen=True)
class About:
    """One series, and one employee or all, where nothing else is asked for: facts about others are left out.

    Args:
        employee_id: Empty = all.
        with_names: What maps the names in logs, logins and patterns, is asked for as well.
    """

    employee_id: str
    series: str
    with_names: bool = False


class KnownRows:
    """Loads rows known at an instant as plain tuples with their times in microseconds, which is quick."""

    def __init__(self, session: Session, at: datetime, about: About | None) -> None:
        self._session = session
        self._at = at
        self._about = about

    def of(self, model: Any, *, by: str = "") -> list[Any]:  # noqa: ANN401 - rows of any table
        """Give the rows that stood, in the order of their recording.

        Args:
            by: The column that says whom or what a row is about: others than asked for are left out.
        """
        return self._load(model, by, known_at(model, self._at))

    def superseded(self, model: Any, *, by: str = "") -> list[Any]:  # noqa: ANN401 - the same
        """Give the rows that stood before, and no longer then."""
        table = model.__table__
        return self._load(model, by, table.c.superseded_at.is_not(None) & (table.c.superseded_at <= self._at))

    def _load(self, model: Any, by: str, condition: ColumnElement[bool]) -> list[Any]:  # noqa: ANN401 - the same
        table = model.__table__
        columns = [_read(column) for column in table.columns if column.name not in _NOT_ASKED]
        # a row that brings back another has its name, and said what it says when that was recorded
        first = table.alias("first")
        known_by = func.coalesce(table.c.restores, table.c.id)
        said_at = func.coalesce(first.c.recorded_at, table.c.recorded_at, type_=table.c.recorded_at.type)
        columns += [known_by.label("id"), type_coerce(said_at, UtcMicroseconds()).label("recorded_at")]
        together = table.outerjoin(first, first.c.id == table.c.restores)
        asked = select(*columns).select_from(together).where(condition).order_by(known_by)
        if by and self._about:
            wanted = {"employee_id": self._about.employee_id, "series": self._about.series}[by]
            asked = asked.where(table.c[by] == wanted) if wanted else asked
        return list(self._session.execute(asked).all())  # the result itself would give them one by one


def _read(column: Any) -> Any:  # noqa: ANN401 - a column of any kind
    is_instant = isinstance(column.type, UtcDateTime)
    return type_coerce(column, UtcMicroseconds()).label(column.name) if is_instant else column


_NOT_ASKED = {"id", "recorded_at", "recorded_by", "superseded_by", "restores"}
