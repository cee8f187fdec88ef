"""Withdraw one grant, or what a text was said to mean: it is taken as never having been so, but stays known."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, func, select

from access.import_changes import change_in_words
from access.stated import ASSIGNMENTS, OFFICER_DUTIES, PURPOSES, TEMPORARY_DUTIES, WORK_ACCESS
from config.applied_imports import WITHDRAW, AppliedImport, record_import
from config.errors import Conflict, Invalid, NotFound
from config.recorded import current
from config.remedies import Advice, Remedy
from config.tables.facts import StatedTable
from config.tables.in_words import rest_in_words, subject_in_words
from inventory.models import WorkAccessPart

_OF_WORK_ACCESS = "work-access"
_TABLES: Mapping[str, StatedTable[Any]] = {
    _OF_WORK_ACCESS: WORK_ACCESS,
    "temporary-duty": TEMPORARY_DUTIES,
    "officer-duty": OFFICER_DUTIES,
    "assignment": ASSIGNMENTS,
    "purpose": PURPOSES,
}
_OF_TEXT = "inventory"


def withdraw_grant(
    session: Session, grant: str, *, reason: str, zone: ZoneInfo, now: datetime, by: str
) -> AppliedImport:
    """Withdraw a grant, and enter that in the list of imports, by whose number it can be taken back.

    Args:
        grant: As decisions, explanations, reports and lists name it, such as `work-access:12`, or `purpose:12`.
        reason: Why it was never so; it is kept.
        zone: In which its period is said.

    Raises:
        NotFound: There is no such grant.
        Invalid: The reason is empty.
        Conflict: It stands no longer, or rests on a text of the inventory.
    """
    if not reason.strip():
        raise Invalid("Say why the grant was never so; the reason is kept.")
    table, row = _named(session, grant)
    row.superseded_at, row.superseded_by = now, by
    said = f"{subject_in_words(table, row, zone)}: {rest_in_words(table, row, zone)}"
    receipt = f"{grant} ({said}) is withdrawn: {reason.strip().rstrip('.')}."
    applied = AppliedImport(kind=WITHDRAW, file_name=grant, receipt=receipt, applied_at=now, applied_by=by)
    record_import(session, applied)
    return applied


def series_of_grant(session: Session, grant: str) -> str:
    """Give the code of the series that a grant which stands is of.

    Raises:
        NotFound: There is no such grant.
        Conflict: It stands no longer, rests on a text of the inventory, or is no grant of one series.
    """
    _, row = _named(session, grant)
    series = getattr(row, "series", "*")
    if series == "*":
        raise Conflict(f"{grant} is no grant of one series, so what rests on it cannot be told beforehand.")
    return str(series)


def number_of_work_access(grant: str) -> int | None:
    """Give the number of a statement of work access of a grant's name; None where it names another kind of grant."""
    kind, _, number = grant.strip().partition(":")
    is_number = number.isascii() and number.isdecimal() and len(number) < 10  # noqa: PLR2004 - what an id can be
    return int(number) if kind == _OF_WORK_ACCESS and is_number else None


def _named(session: Session, grant: str) -> tuple[StatedTable[Any], Any]:
    """Give the row of a grant that stands, and its table."""
    kind, _, number = grant.strip().partition(":")
    if kind == _OF_TEXT:
        _refuse_text(session, grant, number)
    table = _TABLES.get(kind)
    if table is None or not number.isascii() or not number.isdecimal():
        known = ", ".join(f"{name}:12" for name in _TABLES)
        raise NotFound(f'"{grant}" names no grant; they are named as decisions and lists name them, such as {known}.')
    return table, _standing(session, table, grant, int(number))


def _standing(session: Session, table: StatedTable[Any], grant: str, number: int) -> Any:  # noqa: ANN401 - a grant's row
    columns: Any = table.model
    named = func.coalesce(columns.restores, columns.id) == number  # a row that brings back another has its name
    rows = session.exec(select(columns).where(named).order_by(columns.id)).all()
    if not rows:
        raise NotFound(f"There is no grant {grant}.")
    row = rows[-1]
    if row.superseded_at is not None:
        by = change_in_words(session, row.superseded_at, row.superseded_by)
        raise Conflict(f"{grant} stands no longer: {by} changed or withdrew it.")
    return row


def _refuse_text(session: Session, grant: str, number: str) -> None:
    columns: Any = WorkAccessPart
    named = func.coalesce(columns.restores, columns.id) == (int(number) if number.isdecimal() else -1)
    part = session.exec(select(WorkAccessPart).where(named, current(WorkAccessPart))).first()
    if part is None:
        raise NotFound(f"There is no grant {grant}.")
    raise Conflict(
        f'{grant} rests on the text "{part.part}" in the work access of {part.series}, so it stands while the text '
        "says so.",
        remedy=Remedy(Advice.WITHDRAW_BY_TEXT, about=part.series),
    )
