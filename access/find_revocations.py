"""Find which temporary duties were revoked, by whom, and until when they had been planned."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from access.facts import Revocation
from access.models import TemporaryDuty
from config.clock import microseconds
from config.database import known_at


def find_revocations(session: Session, at: datetime) -> dict[str, Revocation]:
    """Give the revocations known at an instant, by the id of the grant; where one came after the end, it is none.

    Who revoked a duty is who recorded the first of its versions that says so; a duty that was brought back keeps that.
    """
    revoked = session.exec(
        select(TemporaryDuty).where(known_at(TemporaryDuty, at), col(TemporaryDuty.revoked_at) < col(TemporaryDuty.end))
    ).all()
    if not revoked:
        return {}
    earlier: dict[tuple[Any, ...], dict[datetime, TemporaryDuty]] = defaultdict(dict)
    brought_back: dict[int | None, TemporaryDuty] = {}
    before = select(TemporaryDuty).where(col(TemporaryDuty.revoked_at).is_not(None), TemporaryDuty.recorded_at <= at)
    for row in session.exec(before.order_by(col(TemporaryDuty.id))):
        if row.superseded_at is not None:
            earlier[_said(row)][row.superseded_at] = brought_back[row.id] = row
    return {
        f"temporary-duty:{row.restores or row.id}": Revocation(
            _first(brought_back.get(row.restores, row), earlier[_said(row)]).recorded_by,
            microseconds(row.revoked_at or row.end),
            microseconds(row.end),
        )
        for row in revoked
    }


def _said(row: TemporaryDuty) -> tuple[Any, ...]:
    return row.employee_id, row.series, row.start, row.revoked_at


def _first(row: TemporaryDuty, earlier: dict[datetime, TemporaryDuty]) -> TemporaryDuty:
    """Go back from version to version as long as each followed upon the one before."""
    while (before := earlier.get(row.recorded_at)) is not None and before.id < row.id:
        row = before
    return row
