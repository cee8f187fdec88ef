"""The command line's door to watched folders."""

from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Annotated

import typer

from audit.logs.watched_folder import take_watched
from config.errors import NotFound
from config.locks import in_use
from config.terminal import notice, say, say_lines
from config.work import Installation

_SECONDS_BETWEEN_LOOKS = 10


def watch(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Option("--folder", help="It holds a folder for each source (default: THIRTEEN_WATCHED_DIR)."),
    ] = None,
    once: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--once", help="Take what is there, and end; with status 1 if any is refused.")
    ] = False,
) -> None:
    """Import the files that are put into the folders of sources, until Ctrl-C."""
    installation: Installation = context.obj()
    if folder is not None:
        installation = replace(installation, settings=installation.settings.model_copy(update={"watched_dir": folder}))
    if once:
        taken = take_watched(installation)
        say_lines(taken.said or ["There is no file to be taken."])
        if taken.refused:
            raise typer.Exit(1)
        return
    with in_use(installation.settings):
        _keep_watching(installation)


def _keep_watching(installation: Installation) -> None:
    """Look again and again; a folder that is not there for now is told once."""
    notice(f"Watching {installation.settings.watched_dir} (Ctrl-C ends it).")
    never, told = Event(), list[str]()
    while True:
        try:
            said = take_watched(installation).said
        except NotFound as refusal:
            if installation.settings.watched_dir is None:
                raise
            said = [str(refusal)]
        for line in said:
            if line not in told:
                say(line)
        told = said
        never.wait(_SECONDS_BETWEEN_LOOKS)
