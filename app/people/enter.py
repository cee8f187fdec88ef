"""Enters something about people or their access, as a file of its rows would, and says what came of it."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Path
from pydantic import BaseModel, Field
from sqlmodel import col, select

from access.import_kinds import IMPORT_KINDS
from config.errors import Conflict, InvalidFields
from config.recorded import current
from config.tables.enter_rows import RowsRequest, enter_rows
from config.tables.facts import StatedTable
from config.tables.options import AS_IT_IS, ImportOptions
from config.tables.receipt import receipt_in_lines
from config.work import Work

V = TypeVar("V", bound=BaseModel)
# by which a row is named in an address; no database counts farther
RowId = Annotated[int, Path(ge=1, le=2**31 - 1)]


class Entered(BaseModel, Generic[V]):
    """What stands now, and what came of entering it."""

    item: V
    number: int | None = Field(
        description="Of this change in the list of imports, by which it can be taken back; null where nothing changed."
    )
    said: list[str] = Field(description="What was noticed, and the receipt.")


class Entry(BaseModel):
    """Rows that are to be entered.

    Args:
        about: Whom or what they are about, as the list of imports names it.
        rows: By column of the file; what is None is left as it stands.
        fields: By column of the file, the field of the request that holds it, where that has another name.
    """

    kind: str
    about: str
    rows: list[dict[str, str | None]]
    fields: dict[str, str] = {}


def enter(
    work: Work,
    entry: Entry,
    *,
    by: str,
    instead_of: tuple[StatedTable[Any], int] | None = None,
    options: ImportOptions = AS_IT_IS,
    is_new: bool = False,
) -> tuple[int | None, list[str]]:
    """Enter rows, and give the number of that change, None where nothing changed, with what is said of it.

    Args:
        instead_of: The row of a table in whose place the one that is entered is to stand.
        is_new: They only add to what stands.

    Raises:
        InvalidFields: A field cannot be taken.
        Conflict: What is new would change what stands, or says just this already.
    """
    rows = [{column: text for column, text in row.items() if text is not None} for row in entry.rows]
    lost = {column for row in rows for column, text in row.items() if "\x00" in text}
    if lost:
        raise InvalidFields(
            {entry.fields.get(column, column): "No text may hold the NUL character." for column in lost}
        )
    request = RowsRequest(entry.kind, entry.about, rows, instead_of, options, is_new)
    importer = IMPORT_KINDS[entry.kind](work.session, work.zone, options)
    try:
        receipt = enter_rows(work.session, importer, request, now=work.now, by=by)
    except InvalidFields as refusal:
        raise InvalidFields(_by_field(refusal.faults, entry.fields)) from refusal
    if is_new and receipt.number is None:
        raise Conflict("The record says just this already; nothing was changed.")
    return receipt.number, list(receipt_in_lines(receipt))


def entered_row(work: Work, table: StatedTable[Any], otherwise: Any = None) -> Any:  # noqa: ANN401 - a row
    """Give the row that was entered now; where nothing changed, the one that stands."""
    columns: Any = table.model
    chosen = select(columns).where(col(columns.recorded_at) == work.now, current(columns)).order_by(columns.id)
    return work.session.exec(chosen).first() or otherwise


def _by_field(faults: Mapping[str, str], fields: Mapping[str, str]) -> dict[str, str]:
    return {_field(place, fields): fault for place, fault in faults.items()}


def _field(place: str, fields: Mapping[str, str]) -> str:
    """Give the field of a column; of one of several rows, "3/column", that of the third thing of its list."""
    number, _, column = place.rpartition("/")
    field = fields.get(column, column)
    return field.format(number=int(number or 1) - 1)


def joined(words: Sequence[str]) -> str:
    """Write words as a cell holds several."""
    return ";".join(words)
