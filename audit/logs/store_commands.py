"""The command line's door to what was kept of logs: records that cannot be read, and whether the files are whole."""

from pathlib import Path
from typing import Annotated

import typer

from audit.logs.export_rejects import export_rejects
from audit.logs.keeping.compact_store import compact_store
from audit.logs.verify_store import verify_store
from config.terminal import say, say_done
from config.texts import counted
from config.work import Installation
from inventory.queries import the_entity


def rejects(
    context: typer.Context,
    source: Annotated[str, typer.Option("--source", help="The source whose unreadable records are wanted.")],
    out: Annotated[Path, typer.Option("--out", help="A new file; they are written letter for letter.")],
) -> None:
    """Write a source's unreadable records to a file, to be repaired and imported again."""
    installation: Installation = context.obj()
    with installation.read() as work:
        the_entity(work.session, work.now)
    with installation.writing_to(out):
        exported = export_rejects(installation.change, source, out)
    if exported.files:
        written = counted(exported.records, "unreadable record")
        say_done(
            f"{written} written to {', '.join(map(str, exported.files))}. Correct them "
            "there, or delete those that are not to be repaired, and import the file again under any name."
        )
    else:
        say(f"No record of {source} waits for repair; nothing was written.")


def compact(
    context: typer.Context,
    source: Annotated[str, typer.Option("--source", help="Of this source alone (default: of each).")] = "",
    drop_replaced: Annotated[  # noqa: FBT002 - an option of the command line
        bool,
        typer.Option(
            "--drop-replaced",
            help="Remove the files that are replaced at once; else they stay for THIRTEEN_REPLACED_FILES_DAYS.",
        ),
    ] = False,
) -> None:
    """Put the small files of imported logs together, one a month of each source; what they hold stays as it is."""
    say(str(compact_store(context.obj(), source=source, drop_at_once=drop_replaced)))


def verify(context: typer.Context) -> None:
    """Digest every file of the imported logs, and hold it to the receipt of its import."""
    say(verify_store(context.obj()))
