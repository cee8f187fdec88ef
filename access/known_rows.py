"""Rows of the record as they were known at an instant, as plain tuples for what is worked out of many of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Integer, Table, TextualSelect, bindparam, text
from sqlalchemy.types import TypeEngine
from sqlmodel import Session

from config.database import Recorded, UtcDateTime, UtcMicroseconds, table_of


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

    def of(self, model: type[Recorded], *, by: str = "") -> list[Any]:
        """Give the rows that stood, in the order of their recording.

        Args:
            by: The column that says whom or what a row is about: others than asked for are left out.
        """
        return self._load(model, by, "t.recorded_at <= :at AND (t.superseded_at IS NULL OR t.superseded_at > :at)")

    def superseded(self, model: type[Recorded], *, by: str = "") -> list[Any]:
        """Give the rows that stood before, and no longer then."""
        return self._load(model, by, "t.superseded_at <= :at")

    def _load(self, model: type[Recorded], by: str, condition: str) -> list[Any]:
        wanted = getattr(self._about, by) if by and self._about else ""
        if wanted:
            condition = f"{condition} AND t.{by} = :wanted"
        asked = _asked(table_of(model), condition).bindparams(bindparam("at", self._at, UtcDateTime()))
        if wanted:
            asked = asked.bindparams(wanted=wanted)
        return list(self._session.execute(asked).all())  # the result itself would give them one by one


def _asked(table: Table, condition: str) -> TextualSelect:
    """Ask for rows by a text of our own: to make it of expressions takes as long as to read some thousand rows."""
    columns = [column for column in table.columns if column.name not in _NOT_ASKED]
    said = ", ".join(f't."{column.name}"' for column in columns)
    # a row that brings back another has its name, and said what it says when that was recorded
    text_of_all = f"""
        SELECT {said}, coalesce(t.restores, t.id), coalesce(first.recorded_at, t.recorded_at)
        FROM {table.name} t LEFT JOIN {table.name} first ON first.id = t.restores
        WHERE {condition} ORDER BY coalesce(t.restores, t.id)
    """  # noqa: S608 - our own names
    read = [Column(column.name, _read_as(column.type)) for column in columns]
    return text(text_of_all).columns(*read, Column("id", Integer()), Column("recorded_at", UtcMicroseconds()))


def _read_as(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return UtcMicroseconds() if isinstance(kind, UtcDateTime) else kind


_NOT_ASKED = {"id", "recorded_at", "recorded_by", "superseded_by", "restores"}
