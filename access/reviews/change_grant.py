"""Narrow or end a grant from now on: what it permitted until now stays, on the record and to every audit.

Each change is entered as a row of its kind of file is, and numbered among the imports, by which it is taken back.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from access.change_duty import Decider
from access.find_duty import find_duty
from access.import_kinds import IMPORT_KINDS
from access.reviews.find_review import standing_row
from access.reviews.models import ItemKind, ReviewItem
from access.reviews.narrow_terms import Narrowed
from access.revoke_duty import revoke_duty
from config.applied_imports import AppliedImport, record_import
from config.clock import end_text, utc_text
from config.errors import Conflict
from config.tables.enter_rows import RowsRequest, enter_rows
from config.work import Work

_COLUMNS = {ItemKind.WORK_ACCESS: ("start_date", "end_date"), ItemKind.DUTY: ("start", "end")}


def end_grant(work: Work, item: ReviewItem, *, reason: str, by: Decider) -> int:
    """Let a grant end now, and give the number of that change.

    Raises:
        Conflict: It stands no longer as it did, is over, or rests on a text.
    """
    row = _row(work, item)
    if item.kind == ItemKind.DUTY:
        revoke_duty(work, find_duty(work.session, str(row.id), reach=by.reach), reason=reason, by=by)
        said = f"{item.grant} is revoked: {reason.strip()}"
        return _number(work.session, item, said, now=work.now, by=by.login)
    return _enter(work, item, [_cells(item, row, end=work.now)], row, by)


def narrow_grant(work: Work, item: ReviewItem, narrowed: Narrowed, *, by: Decider) -> int:
    """Let less of a grant be left from now on, and give the number of that change.

    Raises:
        Conflict: It stands no longer as it did, is over, or rests on a text.
    """
    row = _row(work, item)
    if not narrowed.has_other_scope:
        return _enter(work, item, [_cells(item, row, end=narrowed.end)], row, by)
    left = _cells(item, row, start=work.now, end=narrowed.end) | {
        "actions": narrowed.actions,
        "purposes": narrowed.purposes,
        "recorded_at": "",  # what a file says of when the grant was recorded, it does not say of this one
    }
    return _enter(work, item, [_cells(item, row, end=work.now), left], row, by)


def _row(work: Work, item: ReviewItem) -> Any:  # noqa: ANN401 - a row of any of the tables
    row = standing_row(work.session, item)
    if row is None:
        raise Conflict(f"{item.grant} stands no longer as it did at the start; there is nothing to change.")
    if item.kind == ItemKind.TEXT:
        raise Conflict(
            f'{item.grant} rests on the text "{row.part}" in the work access of {row.series}, so it stands while the '
            "text says so; change the text of the series instead."
        )
    if row.end is not None and row.end <= work.now:
        raise Conflict(f"{item.grant} held {end_text(row.end, work.zone)}; it is over, and nothing is left to change.")
    return row


def _enter(work: Work, item: ReviewItem, rows: list[dict[str, str]], row: Any, by: Decider) -> int:  # noqa: ANN401 - a row
    kind = "work-access" if item.kind == ItemKind.WORK_ACCESS else "temporary-duties"
    importer = IMPORT_KINDS[kind](work.session, work.zone)
    receipt = enter_rows(work.session, importer, RowsRequest(kind, item.grant, rows), now=work.now, by=by.login)
    work.session.expire(row)
    if receipt.number is None or row.superseded_at != work.now:
        raise Conflict(
            f"Several statements say just what {item.grant} says, and it is not told which of them is meant; change "
            "one of them first."
        )
    return receipt.number


def _cells(
    item: ReviewItem,
    row: Any,  # noqa: ANN401 - a row of any of the tables
    *,
    start: datetime | None = None,
    end: datetime | None,
) -> dict[str, str]:
    """Write what a row says as a file does, with every column, so that nothing of it is left to be found."""
    starts, ends = _COLUMNS[ItemKind(item.kind)]
    cells = {
        "series": row.series,
        "actions": row.actions,
        "purposes": row.purposes,
        starts: _instant(start or row.start),
        ends: _instant(end),
        "recorded_at": _instant(row.stated_recorded_at),
    }
    if item.kind == ItemKind.DUTY:
        further = ("employee_id", "granted_by", "reason")
        return {**cells, **{name: getattr(row, name) for name in further}, "revoked_at": _instant(row.revoked_at)}
    return {**cells, **{name: getattr(row, name) for name in ("holder_type", "holder", "authority")}}


def _instant(instant: datetime | None) -> str:
    return utc_text(instant) if instant else ""


def _number(session: Session, item: ReviewItem, said: str, *, now: datetime, by: str) -> int:
    applied = AppliedImport(kind="temporary-duties", file_name=item.grant, receipt=said, applied_at=now, applied_by=by)
    return record_import(session, applied)
