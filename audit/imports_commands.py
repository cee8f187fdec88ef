"""The command line's door to the list of imports, of tables and of logs."""

from collections.abc import Sequence
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlmodel import col, select

from config.applied_imports import AppliedImport
from config.clock import local_text, utc_text
from config.row_layouts import Layout, row_lines
from config.terminal import say_data, say_lines, terminal_width
from config.text_table import TextColumn, table_lines
from config.work import Installation

_HEADINGS = ("number", "applied_at", "applied_by", "kind", "file", "sha256", "receipt", "undoes", "undone_by")


def imports(
    context: typer.Context,
    layout: Annotated[Layout, typer.Option("--format", help="How to write them.")] = Layout.TABLE,
) -> None:
    """List every import that was applied: its number, when, by whom, of which file, and what it did."""
    installation: Installation = context.obj()
    with installation.read() as work:
        listed = work.session.exec(select(AppliedImport).order_by(col(AppliedImport.number))).all()
        zone = work.zone
        rows = [(one, _undone_by(listed, one.number)) for one in listed]
        cells = [_in_words(*row, zone) if layout is Layout.TABLE else _whole(*row) for row in rows]
    if layout is Layout.TABLE:
        say_lines(table_lines(_columns(zone), cells, width=terminal_width()))
    else:
        say_data(row_lines(layout, _HEADINGS, cells, None))


def _undone_by(listed: Sequence[AppliedImport], number: int) -> str:
    return next((str(one.number) for one in listed if one.undoes == number), "")


def _whole(one: AppliedImport, undone_by: str) -> tuple[str, ...]:
    undoes = "" if one.undoes is None else str(one.undoes)
    file = one.file_name, one.file_sha256
    return str(one.number), utc_text(one.applied_at), one.applied_by, one.kind, *file, one.receipt, undoes, undone_by


def _in_words(one: AppliedImport, undone_by: str, zone: ZoneInfo) -> tuple[str, ...]:
    applied = local_text(one.applied_at.replace(microsecond=0), zone)
    undone = f" Taken back by {undone_by}." if undone_by else ""
    return str(one.number), applied, one.applied_by, one.kind, f"{one.receipt}{undone}"


def _columns(zone: ZoneInfo) -> list[TextColumn]:
    return [
        TextColumn("number", right=True),
        TextColumn(f"applied\n({zone.key})", folds=True),
        TextColumn("by", folds=True),
        TextColumn("kind", folds=True),
        TextColumn("what it did", folds=True),
    ]
