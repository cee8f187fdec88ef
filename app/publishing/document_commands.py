"""The command line's door to the documents that an attorney edits."""

from pathlib import Path
from typing import Annotated

import typer

from config.terminal import say_done
from config.texts import counted
from config.work import Installation
from reports.documents.make_document import DOCUMENTS, make_document
from reports.documents.write_docx import write_docx


def document(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=f"One of: {', '.join(DOCUMENTS)}.")],
    out: Annotated[Path, typer.Option("--out", help="The document to write, FILE.docx.")],
) -> None:
    """Draft a policy, or the texts for position descriptions, for an attorney to edit."""
    installation: Installation = context.obj()
    with installation.read() as work:
        made, now = make_document(work, name), work.clock
    with installation.writing_to(out):
        write_docx(out, made, produced_at=now)
    is_or_are = "is" if made.open_points == 1 else "are"
    say_done(
        f"{out}: {made.title}. {counted(made.open_points, 'passage')} {is_or_are} marked to be entered or checked."
    )
