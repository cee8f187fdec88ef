"""The command line's door to bringing a backup back; apart from that of making one, which has to load less."""

from pathlib import Path
from typing import Annotated

import typer

from app.backup.restore_backup import RestoreReceipt, restore_backup
from app.open_installation import read_settings
from config.terminal import say, say_done, show_progress
from config.texts import counted


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="What thirteen backup wrote.", metavar="FILE")],
    yes: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--yes", help="Also where an installation of the same entity stands; it is kept beside.")
    ] = False,
) -> None:
    """Bring back everything of a backup, or nothing."""
    settings, progress = read_settings(context.obj.data_dir), show_progress()
    try:
        receipt = restore_backup(settings, file, progress, replace=yes)
    finally:
        progress.end()
    _say(receipt, settings.data_dir)


def _say(receipt: RestoreReceipt, data_dir: Path) -> None:
    about = receipt.about
    say_done(
        f"Brought back {about.entity or 'an installation without an entity'} as of {about.taken_at} into {data_dir}: "
        f"the record and {counted(receipt.files, 'file')}, each as its digest says."
    )
    if receipt.was_older:
        say("The record was of an earlier version of this program, and was upgraded.")
    if receipt.kept_in is not None:
        say(f"What stood there before is kept in {receipt.kept_in}; remove it when nobody needs it any more.")
    say("What was recorded or imported after that time is not in it; import those logs again.")
