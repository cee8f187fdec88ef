"""Find which temporary duties were revoked, by whom, and until when they had been planned."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import TextualSelect, bindparam, column, text

from access.facts import Revocation
from config.database import Reader, UtcDateTime, UtcMicroseconds

_COLUMNS = ("id", "restores", "employee_id", "series", "recorded_by")
_TIMES = ("start", "end", "revoked_at", "recorded_at", "superseded_at")


def find_revocations(reader: Reader, at: datetime) -> dict[str, Revocation]:
    """Give the revocations known at an instant, by the id of the grant; where one came after the end, it is none.

    Who revoked a duty is who recorded the first of its versions that says so; a duty that was brought back keeps that.
    """
    revoked = reader.execute(_REVOKED, {"at": at}).all()
    if not revoked:
        return {}
    earlier: dict[tuple[Any, ...], dict[int, Any]] = defaultdict(dict)
    brought_back: dict[int | None, Any] = {}
    for row in reader.execute(_EVER_REVOKED, {"at": at}):
        if row.superseded_at is not None:
            earlier[_said(row)][row.superseded_at] = brought_back[row.id] = row
    return {
        f"temporary-duty:{row.restores or row.id}": Revocation(
            _first(brought_back.get(row.restores, row), earlier[_said(row)]).recorded_by, row.revoked_at, row.end
        )
        for row in revoked
    }


def _asked(condition: str) -> TextualSelect:
    """Ask for temporary duties by their names in the database, as their class takes long to load."""
    said = ", ".join(f'"{name}"' for name in (*_COLUMNS, *_TIMES))
    asked = text(f"SELECT {said} FROM temporary_duties WHERE recorded_at <= :at AND {condition} ORDER BY id")  # noqa: S608 - our own names
    read = (*map(column, _COLUMNS), *(column(name, UtcMicroseconds()) for name in _TIMES))
    return asked.bindparams(bindparam("at", type_=UtcDateTime())).columns(*read)


_REVOKED = _asked('(superseded_at IS NULL OR superseded_at > :at) AND revoked_at < "end"')
_EVER_REVOKED = _asked("revoked_at IS NOT NULL")


def _said(row: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a row of _asked
    return row.employee_id, row.series, row.start, row.revoked_at


def _first(row: Any, earlier: dict[int, Any]) -> Any:  # noqa: ANN401 - the same
    """Go back from version to version as long as each followed upon the one before."""
    while (before := earlier.get(row.recorded_at)) is not None and before.id < row.id:
        row = before
    return row
