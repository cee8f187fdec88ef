"""The command line's door to making a backup."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.backup.make_backup import make_backup
from app.backup.sizes import size_text
from config.terminal import say, say_done
from config.texts import counted

if TYPE_CHECKING:
    from config.work import Installation


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write; one that is there is replaced.", metavar="FILE")],
) -> None:
    """Write everything into one file, while the service runs."""
    installation: Installation = context.obj()
    receipt = make_backup(installation, file)
    say_done(
        f"Wrote {receipt.path}: the record as of {receipt.taken_at} and {counted(receipt.files, 'file')} of the data "
        f"folder, {size_text(receipt.bytes)}."
    )
    say("It holds not-public data and no settings. Keep it as safe as the data folder.")
