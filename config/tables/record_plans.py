"""Record what an import changes: a change closes one row and opens another."""

from datetime import datetime
from itertools import chain, islice
from typing import Any

from sqlmodel import Session, insert, update

from config.tables.facts import Plans

_CLOSED_AT_ONCE = 500  # well below the number of values that either database takes in one statement
_OPENED_AT_ONCE = 10_000


def record_plans(session: Session, plans: Plans, *, now: datetime, by: str) -> None:
    """Record what changes: superseded rows are closed at the instant at which the new ones are recorded."""
    connection = session.connection()
    for table, plan in plans.each():
        columns: Any = table.model
        closed = iter(plan.closed)
        while ids := list(islice(closed, _CLOSED_AT_ONCE)):
            chosen = columns.id.in_(ids)
            connection.execute(update(columns).where(chosen).values(superseded_at=now, superseded_by=by))
        # each has all that a fact states, the empty too: rows of other columns would be other statements
        opened = (
            {**fact._asdict(), "recorded_at": now, "recorded_by": by}
            for fact in chain(plan.opened.facts, plan.unstated.values())
        )
        while rows := list(islice(opened, _OPENED_AT_ONCE)):
            connection.execute(insert(columns.__table__), rows)
    session.expire_all()  # what the session holds of these rows is out of date
