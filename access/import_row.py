"""Record one row that a person answered in place, by the import of its kind: the same checks, and a number to undo."""

import csv
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from access.import_kinds import importer_of
from config.errors import InvalidFields
from config.tables.import_file import ImportRequest, import_table
from config.tables.options import AS_IT_IS
from config.tables.receipt import Receipt
from config.work import Installation, Work

WHOLE_ROW = "row"


@dataclass(frozen=True)
class AnsweredRow:
    """A row of a kind of file, its cells by our columns, and the name under which it is listed among the imports."""

    kind: str
    cells: Mapping[str, str]
    name: str


def import_row(installation: Installation, work: Work, row: AnsweredRow, *, by: str) -> Receipt:
    """Import one row.

    Raises:
        InvalidFields: A cell cannot be taken; a fault that is of no one cell is under `WHOLE_ROW`.
        Invalid: As in an import.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"{row.name}.csv")
        with file.open("w", encoding="utf-8", newline="") as text:
            csv.writer(text).writerows([row.cells, row.cells.values()])
        refused = _import(installation, work, ImportRequest(row.kind, file, {}, dry_run=True), by).refused
        if refused:
            raise InvalidFields({one.column or WHOLE_ROW: _sentence(one.value, one.reason) for one in refused})
        return _import(installation, work, ImportRequest(row.kind, file, {}), by)


def _import(installation: Installation, work: Work, request: ImportRequest, by: str) -> Receipt:
    seen = partial(installation.seen_resources, work.session, installation.settings)
    importer = importer_of(request.kind, work, AS_IT_IS, seen)
    return import_table(work.session, importer, request, now=work.now, by=by)[0]


def _sentence(value: str, reason: str) -> str:
    text = f'"{value}" {reason}' if value else f"{reason[:1].upper()}{reason[1:]}"
    return f"{text}."
