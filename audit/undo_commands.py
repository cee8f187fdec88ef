"""The command line's door to taking an import back, of a table or of logs."""

from typing import Annotated

import typer

from access.undo_import import undo_import
from audit.logs.undo_logs import is_of_log, undo_logs
from config.terminal import say
from config.work import Installation


def undo(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The import's number, as thirteen imports lists it.")],
    dry_run: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--dry-run", help="Show what would stand again; record nothing.")
    ] = False,
) -> None:
    """Take an import back: what stood before it stands again, and what was known in between stays known.

    Here it is done at once, also where findings that stand will read otherwise: a terminal knows no second official.
    """
    installation: Installation = context.obj()
    with installation.read() if dry_run else installation.change() as work:
        if is_of_log(work.session, number):
            receipt = str(undo_logs(work, number, dry_run=dry_run))
        else:
            receipt = str(undo_import(work.session, number, now=work.now, by=work.by, dry_run=dry_run))
    say(f"{receipt}{' Dry run: nothing was recorded.' if dry_run else ''}")
