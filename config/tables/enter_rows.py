"""Enter some rows of a kind of file without a file: read, compared, checked and recorded as an import's are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from config.applied_imports import AppliedImport, record_import
from config.errors import Conflict, InvalidFields
from config.memory import MemoryWatch
from config.settings import Settings
from config.tables.compare import Outcome
from config.tables.facts import StatedTable
from config.tables.find_columns import find_columns
from config.tables.kind import Importer
from config.tables.options import AS_IT_IS, ImportOptions
from config.tables.plan import ImportPlan, plan_import
from config.tables.read_file import table_of_rows
from config.tables.read_rows import ReadFile, read_rows
from config.tables.receipt import Receipt, make_receipt
from config.tables.record_plans import record_plans
from config.tables.refused_rows import RefusedRow
from config.texts import shortened

WHOLE_ROW = "row"  # the place of a fault that is of no one column
_MEMORY_LIMIT_MB: int = Settings.model_fields["memory_limit_mb"].default


@dataclass(frozen=True)
class RowsRequest:
    """Rows that are to be entered.

    Args:
        kind: Of file, as on the command line.
        about: Whom or what they are about, as the list of imports names it.
        rows: Each by our columns; a column that is left out leaves what stands, an empty cell clears it.
        instead_of: The row of a table in whose place the one row that is entered is to stand.
        options: The importer is made with the same.
        is_new: They only add to what stands.
    """

    kind: str
    about: str
    rows: Sequence[Mapping[str, str]]
    instead_of: tuple[StatedTable[Any], int] | None = None
    options: ImportOptions = AS_IT_IS
    is_new: bool = False


def enter_rows(session: Session, importer: Importer, request: RowsRequest, *, now: datetime, by: str) -> Receipt:
    """Enter rows, all of them, and list that as an import, by whose number it can be taken back.

    Returns:
        The receipt; without a number where the record says all of this already, and nothing was changed.

    Raises:
        InvalidFields: A row cannot be taken; by column, or where there are several rows by number (from 1) and column.
        Conflict: What is new would change what stands.
    """
    importer.begin(now)
    watch = MemoryWatch(request.kind, _MEMORY_LIMIT_MB)
    table = table_of_rows(shortened(request.about, 255), request.rows)
    read = read_rows(table, importer, find_columns(table, importer.columns, {}, {}))
    _refuse(list(read.refused.values()), len(request.rows))
    plan = _plan(importer, read, request, watch)
    receipt = make_receipt(plan, importer, request.options, dry_run=False)
    _refuse(receipt.refused, len(request.rows))
    if plan.plans.change_nothing:
        return receipt
    if request.is_new and any(plan_of_table.closed for _, plan_of_table in plan.plans.each()):
        raise Conflict(f"Something stands of {table.name} that this would change; change that one instead.")
    record_plans(session, plan.plans, now=now, by=by)
    applied = AppliedImport(
        kind=request.kind,
        file_name=shortened(request.about, 255),
        receipt=str(receipt),
        applied_at=now,
        applied_by=by,
    )
    return replace(receipt, number=record_import(session, applied))


def _plan(importer: Importer, read: ReadFile, request: RowsRequest, watch: MemoryWatch) -> ImportPlan:
    if request.instead_of is None:
        return plan_import(importer, read, watch.look, replace_others=request.options.replace)
    table, row_id = request.instead_of
    (stated,) = read.stated[table].facts
    standing = importer.current(table)
    if standing.facts[list(standing.ids).index(row_id)] == stated:
        return plan_import(importer, read, watch.look)
    before = importer.leave_out(table, row_id)
    plan = plan_import(importer, read, watch.look)
    of_table = plan.plans.of(table)
    of_table.closed[row_id] = before
    if of_table.opened:
        of_table.replaced[0] = row_id
    return replace(plan, outcomes=dict.fromkeys(read.taken, Outcome.CHANGED))


def _refuse(refused: Sequence[RefusedRow], rows: int) -> None:
    if refused:
        raise InvalidFields({_place(one, rows): _sentence(one) for one in refused})


def _place(refused: RefusedRow, rows: int) -> str:
    column = refused.column or WHOLE_ROW
    return column if rows == 1 else f"{refused.number}/{column}"


def _sentence(refused: RefusedRow) -> str:
    reason = refused.reason
    text = f'"{shortened(refused.value)}" {reason}' if refused.value else f"{reason[:1].upper()}{reason[1:]}"
    return f"{text}."
