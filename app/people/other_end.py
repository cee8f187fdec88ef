"""A statement of work access with another last day."""

from access.models import WorkAccess
from app.people.asked_access import WorkAccessBody
from config.clock import edge_text
from config.errors import InvalidFields
from config.work import Work


def with_other_end(work: Work, row: WorkAccess, end: str, reason: str = "") -> WorkAccessBody:
    """Give the statement with another last day.

    Raises:
        InvalidFields: None is given.
    """
    if not end.strip():
        raise InvalidFields({"end": "Give the last day on which it holds."})
    start = edge_text(row.start, work.zone, is_end=False) if row.start else ""
    purposes = [] if row.purposes == "*" else row.purposes.split(";")
    return WorkAccessBody(
        series=row.series,
        holder_type=row.holder_type,
        holder=row.holder,
        actions=row.actions.split(";"),
        purposes=purposes,
        start=start,
        end=end,
        authority=row.authority,
        reason=reason,
    )
