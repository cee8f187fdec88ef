"""Take an import back: what stood before stands again, by one new recorded change that can be taken back itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, insert, select, update

from access.import_changes import Change, changes_at
from access.rests_on_import import refuse_what_rests_on
from config.applied_imports import UNDO, AppliedImport, record_import
from config.errors import Conflict, NotFound
from config.remedies import Advice, Remedy
from config.texts import counted

_ROWS_AT_ONCE = 500  # well below the number of values that either database takes in one statement


@dataclass(frozen=True)
class UndoReceipt:
    """What the taking back of an import did, or would do.

    Args:
        undone: The import's number and what it was.
        closed: How many of its rows stand no longer.
        restored: How many rows that it had closed stand again.
        number: That of this change; None where it was not made.
    """

    undone: str
    closed: int
    restored: int
    number: int | None = None

    def __str__(self) -> str:
        """Say the receipt in one line."""
        number = "" if self.number is None else f" Import {self.number}."
        again = counted(self.restored, "earlier row stands", "earlier rows stand")
        return f"{self.undone} is taken back: {self.closed:,} of its rows closed, {again} again.{number}"


def undo_import(session: Session, number: int, *, now: datetime, by: str, dry_run: bool = False) -> UndoReceipt:
    """Restore what stood before an import of tables.

    A row that stands again says which row it brings back, so it is as timely as that was, and decisions are those of
    before the import. What was known in between stays known.

    Raises:
        NotFound: There is no import of that number.
        Conflict: It was taken back already, changed nothing, or a later change rests on it.
    """
    applied = find_import(session, number)
    _refuse_what_was_taken_back(session, applied)
    changes = list(changes_at(session, applied.applied_at))
    # a roster's day alone stands in the way of an older roster
    if not changes and first_of(session, applied).as_of is None:
        raise Conflict(f"Import {number} changed nothing; there is nothing to take back.")
    refuse_what_rests_on(session, number, changes)
    receipt = UndoReceipt(
        f"Import {number} ({applied.kind} {applied.file_name})".replace(" )", ")"),
        closed=sum(len(change.opened) for change in changes),
        restored=sum(len(change.closed) for change in changes),
    )
    if dry_run:
        return receipt
    for change in changes:
        _take_back(session, change, now=now, by=by)
    session.expire_all()  # what the session holds of these rows is out of date
    undo = AppliedImport(
        kind=UNDO,
        file_name=applied.file_name,
        receipt=str(receipt),
        applied_at=now,
        applied_by=by,
        undoes=number,
    )
    return replace(receipt, number=record_import(session, undo))


def find_import(session: Session, number: int) -> AppliedImport:
    """Give an import by its number.

    Raises:
        NotFound: There is none.
    """
    applied = session.get(AppliedImport, number)
    if applied is None:
        raise NotFound(f"There is no import {number}.", remedy=Remedy(Advice.LIST_IMPORTS))
    return applied


def first_of(session: Session, applied: AppliedImport) -> AppliedImport:
    """Give the import that a change takes back, or applies again, or the change itself where it does neither."""
    while applied.undoes is not None:
        applied = find_import(session, applied.undoes)
    return applied


def _refuse_what_was_taken_back(session: Session, applied: AppliedImport) -> None:
    """Refuse a second time: what is to be taken back is then the newest of the changes that took back one another."""
    chain = [applied.number]
    while (later := session.scalar(select(AppliedImport.number).where(AppliedImport.undoes == chain[-1]))) is not None:
        chain.append(later)
    if len(chain) == 1:
        return
    newest = chain[-1]
    if len(chain) % 2 == 0:
        raise Conflict(f"Import {applied.number} was taken back already, by {newest}; take back {newest} to apply it.")
    raise Conflict(f"Import {applied.number} was taken back and applied again by {newest}; take back {newest} instead.")


def _take_back(session: Session, change: Change, *, now: datetime, by: str) -> None:
    connection = session.connection()
    table: Any = change.model
    for rows in _batches(change.opened):
        chosen = table.id.in_([row.id for row in rows])
        connection.execute(update(table).where(chosen).values(superseded_at=now, superseded_by=by))
    for rows in _batches(change.closed):
        connection.execute(insert(table.__table__), [_restored(row, now, by) for row in rows])


def _batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[place : place + _ROWS_AT_ONCE] for place in range(0, len(rows), _ROWS_AT_ONCE))


def _restored(row: Any, now: datetime, by: str) -> dict[str, Any]:  # noqa: ANN401 - a row of any table
    cells = {name: cell for name, cell in row._asdict().items() if name != "id"}
    clocks = {"recorded_at": now, "recorded_by": by, "superseded_at": None, "superseded_by": None}
    return {**cells, **clocks, "restores": row.restores or row.id}
