"""The command line's door to imports of logs."""

from pathlib import Path
from typing import Annotated

import typer

from audit.logs.import_log import import_logs
from config.terminal import notice, say
from config.terminal_remedies import say_remedy
from config.work import Installation
from inventory.queries import the_entity


def import_log_files(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Log files, plain or gzip.", readable=False)],
    source: Annotated[str, typer.Option("--source", help="The source whose logs they are.")],
) -> None:
    """Import access logs; a record that is known already adds nothing."""
    installation: Installation = context.obj()
    with installation.read() as work:
        the_entity(work.session, work.now)  # refuses where there is none yet
    for receipt in import_logs(installation, files, source):
        for text in receipt.notices:
            notice(text)
        if receipt.remedy:
            notice(say_remedy(receipt.remedy))
        say(str(receipt))
