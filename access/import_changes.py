"""What an import did to the tables of the record, found by its instant: no two changes of one record have the same."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlmodel import Session, select

from access.recorded_tables import RECORDED_TABLES
from config.applied_imports import AppliedImport
from config.clock import utc_text
from config.recorded import Recorded, current


@dataclass(frozen=True)
class Change:
    """What an import did to one table: its rows as they are recorded, with all their columns."""

    model: type[Recorded]
    opened: Sequence[Any]
    closed: Sequence[Any]

    @cached_property
    def opened_ids(self) -> Collection[int]:
        """The ids of the rows that it opened."""
        return {row.id for row in self.opened}


def changes_at(session: Session, at: datetime) -> Iterator[Change]:
    """Give what was changed at an instant, table by table."""
    for model in RECORDED_TABLES:
        columns: Any = model
        opened = _rows(session, model, columns.recorded_at == at)
        closed = _rows(session, model, columns.superseded_at == at)
        if opened or closed:
            yield Change(model, opened, closed)


def current_rows(session: Session, model: type[Recorded]) -> Sequence[Any]:
    """Give the rows of a table that stand, with all their columns."""
    return _rows(session, model, current(model))


def change_in_words(session: Session, at: datetime, by: str) -> str:
    """Name the change that was made at an instant: an import by its number, any other by when and by whom."""
    applied = session.exec(select(AppliedImport).where(AppliedImport.applied_at == at)).first()
    if applied is None:
        return f"the change that {by} made at {utc_text(at)}"
    return f"import {applied.number} ({' '.join(filter(None, (applied.kind, applied.file_name)))})"


def _rows(session: Session, model: Any, condition: Any) -> Sequence[Any]:  # noqa: ANN401 - any table
    table = model.__table__
    # asked of the connection, as a session makes an object of its own of every row
    return session.connection().execute(select(table).where(condition).order_by(table.c.id)).all()
