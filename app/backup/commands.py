"""The command line's door to making a backup."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.backup.make_backup import make_backup
from config.terminal import say, say_done
from config.texts import counted

if TYPE_CHECKING:
    from config.work import Installation

_GIGABYTE = 1_000_000_000


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write; one that is there is replaced.", metavar="FILE")],
) -> None:
    """Write everything into one file, while the service runs."""
    installation: Installation = context.obj()
    receipt = make_backup(installation, file)
    say_done(
        f"Wrote {receipt.path}: the record as of {receipt.taken_at} and {counted(receipt.files, 'file')} of the data "
        f"folder, {_size(receipt.bytes)}."
    )
    say("It holds not-public data and no settings. Keep it as safe as the data folder.")


def _size(count: int) -> str:
    return f"{count / 1e9:,.1f} GB" if count >= _GIGABYTE else f"{count / 1e6:,.1f} MB"
