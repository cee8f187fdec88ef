"""Record what a person answered in place, by the import of its kind: the same checks, and a number to undo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from access.import_kinds import importer_of
from config.tables.enter_rows import RowsRequest, enter_rows
from config.tables.options import AS_IT_IS
from config.tables.receipt import Receipt
from config.work import Installation, Work


@dataclass(frozen=True)
class AnsweredRow:
    """A row of a kind of file, its cells by our columns, and the name under which it is listed among the imports.

    Args:
        further: Rows that were answered with it.
    """

    kind: str
    cells: Mapping[str, str]
    name: str
    further: Sequence[Mapping[str, str]] = ()


def import_row(installation: Installation, work: Work, row: AnsweredRow, *, by: str) -> Receipt:
    """Import a row, and those answered with it; the receipt has no number where the record says just this already.

    Raises:
        InvalidFields: A cell cannot be taken; a fault that is of no one cell is under `WHOLE_ROW`.
    """
    seen = partial(installation.seen_resources, work.session, installation.settings)
    importer = importer_of(row.kind, work, AS_IT_IS, seen)
    request = RowsRequest(row.kind, row.name, [row.cells, *row.further])
    return enter_rows(work.session, importer, request, now=work.now, by=by)
