"""The command line's door to templates of files."""

from pathlib import Path
from typing import Annotated

import typer

from access.import_kinds import IMPORT_KINDS
from access.write_template import write_template
from config.terminal import say_done


def template(
    kind: Annotated[str, typer.Argument(help=f"One of: {', '.join(IMPORT_KINDS)}.", metavar="KIND")],
    out: Annotated[Path, typer.Option("--out", help="The workbook to write, FILE.xlsx.")],
) -> None:
    """Write an empty workbook of a kind of file, with its columns, what they mean, and pick lists."""
    write_template(kind, out)
    say_done(f"{out}: fill the sheet {kind}, and import it.")
