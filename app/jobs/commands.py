"""The command line's door to workers."""

from typing import Annotated

import typer

from app.jobs.kinds import BRIEF
from app.jobs.work import ending_with_standard_input, work
from config.locks import in_use
from config.service_log import start_log
from config.terminal import notice
from config.work import Installation


def do_jobs(
    context: typer.Context,
    until_input_ends: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--until-input-ends", help="Stop when standard input ends.", hidden=True)
    ] = False,
    brief: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--brief", help="Gather notices and send mails alone, which then wait for no long job.")
    ] = False,
    until_none_waits: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--until-none-waits", help="End when no job waits any more.")
    ] = False,
) -> None:
    """Do jobs, one after the other, until Ctrl-C; the one under way then goes back into the queue."""
    installation: Installation = context.obj()
    start_log(installation.settings.log_level)
    kinds = BRIEF if brief else None
    with in_use(installation.settings):
        if until_none_waits:
            work(installation, until_none_waits=True, kinds=kinds)
            return
        if not until_input_ends:
            notice("Waiting for jobs (Ctrl-C ends it).")
            work(installation, kinds=kinds)
            return
        with ending_with_standard_input():
            work(installation, kinds=kinds)
