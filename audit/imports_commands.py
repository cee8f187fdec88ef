"""The command line's door to the list of imports, of tables and of logs, and to taking one back."""

import shutil
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlmodel import col, select

from access.undo_import import undo_import
from audit.logs.undo_logs import is_of_log, undo_logs
from config.applied_imports import AppliedImport
from config.clock import local_text, utc_text
from config.plain_lines import Line, csv_lines, json_lines
from config.terminal import say, say_data
from config.text_table import TextColumn, table_lines
from config.work import Installation

_HEADINGS = ("number", "applied_at", "applied_by", "kind", "file", "sha256", "receipt", "undoes", "undone_by")


class Layout(StrEnum):
    """How imports are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def imports(
    context: typer.Context,
    layout: Annotated[Layout, typer.Option("--format", help="How to write them.")] = Layout.TABLE,
) -> None:
    """List every import that was applied: its number, when, by whom, of which file, and what it did."""
    installation: Installation = context.obj()
    with installation.read() as work:
        listed = work.session.exec(select(AppliedImport).order_by(col(AppliedImport.number))).all()
        rows, zone = _lines(listed), work.zone
        applied = [local_text(one.applied_at.replace(microsecond=0), zone) for one in listed]
    if layout is Layout.TABLE:
        _say_table(rows, applied, zone)
    else:
        say_data(json_lines(rows) if layout is Layout.JSON else csv_lines(_HEADINGS, rows))


def _lines(listed: Sequence[AppliedImport]) -> list[Line]:
    undone_by = {one.undoes: one.number for one in listed if one.undoes is not None}
    return [
        {
            "number": one.number,
            "applied_at": utc_text(one.applied_at),
            "applied_by": one.applied_by,
            "kind": one.kind,
            "file": one.file_name,
            "sha256": one.file_sha256,
            "receipt": one.receipt,
            "undoes": one.undoes,
            "undone_by": undone_by.get(one.number),
        }
        for one in listed
    ]


def _say_table(rows: list[Line], applied: list[str], zone: ZoneInfo) -> None:
    columns = [
        TextColumn("number", right=True),
        TextColumn(f"applied\n({zone.key})", folds=True),
        TextColumn("by", folds=True),
        TextColumn("kind", folds=True),
        TextColumn("what it did", folds=True),
    ]
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    cells = [
        [str(row["number"]), when, str(row["applied_by"]), str(row["kind"]), _what_it_did(row)]
        for row, when in zip(rows, applied, strict=True)
    ]
    for line in table_lines(columns, cells, width=width):
        say(line)


def _what_it_did(row: Line) -> str:
    undone = f" Taken back by {row['undone_by']}." if row["undone_by"] else ""
    return f"{row['receipt']}{undone}"


def undo(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The import's number, as thirteen imports lists it.")],
    dry_run: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--dry-run", help="Show what would stand again; record nothing.")
    ] = False,
) -> None:
    """Take an import back: what stood before it stands again, and what was known in between stays known."""
    installation: Installation = context.obj()
    with installation.read() if dry_run else installation.change() as work:
        if is_of_log(work.session, number):
            receipt = str(undo_logs(work, number, dry_run=dry_run))
        else:
            receipt = str(undo_import(work.session, number, now=work.now, by=work.by, dry_run=dry_run))
    say(f"{receipt}{' Dry run: nothing was recorded.' if dry_run else ''}")
