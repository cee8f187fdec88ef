"""`thirteen`: arranges the folders' commands; a refusal becomes exit status 1, wrong usage 2."""

import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

import access.commands
import audit.commands
import inventory.commands
import reports.commands
from app.data_folder import open_data_folder
from app.demo import demo
from config.errors import Invalid, Refusal
from config.settings import Settings
from config.terminal import say_refusal, who_asks
from config.work import Installation
from inventory.queries import entity_zone

cli = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Did this person have a work assignment for this data, then, and why? (Minnesota Statutes, chapter 13)",
)
for door in (inventory.commands, access.commands, audit.commands, reports.commands):
    cli.registered_commands.extend(door.commands.registered_commands)
cli.add_typer(access.commands.import_commands, name="import")
access.commands.import_commands.command("log")(audit.commands.import_log_files)
cli.add_typer(audit.commands.source_commands, name="source")
cli.command("demo")(demo)


@cli.callback()
def thirteen(
    context: typer.Context,
    data_dir: Annotated[
        Path | None,
        typer.Option(
            "--data-dir", readable=False, help="Folder of all state (THIRTEEN_DATA_DIR; default ./thirteen-data)."
        ),
    ] = None,
) -> None:
    """Choose the data folder; it is opened only when a command asks for it."""
    try:
        settings = Settings() if data_dir is None else Settings(data_dir=data_dir)
    except ValidationError as error:
        faults = [f"THIRTEEN_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors()]
        raise Invalid(f"A setting in the environment cannot be used: {'; '.join(faults)}.") from error
    context.obj = _opener(context, settings, create=context.invoked_subcommand == "init")


def _opener(context: typer.Context, settings: Settings, *, create: bool) -> Callable[[], Installation]:
    @cache
    def open_once() -> Installation:
        engine = open_data_folder(settings, create=create)
        context.call_on_close(engine.dispose)
        return Installation(settings, engine, who_asks(), entity_zone)

    return open_once


def _data_dir_first(arguments: list[str]) -> list[str]:
    """Let `--data-dir` stand anywhere on the line, before the command or behind it."""
    for place, argument in enumerate(arguments):
        if argument == "--data-dir" and place + 1 < len(arguments):
            return [*arguments[place : place + 2], *arguments[:place], *arguments[place + 2 :]]
        if argument.startswith("--data-dir="):
            return [argument, *arguments[:place], *arguments[place + 1 :]]
    return arguments


def main() -> None:
    """Run the command line."""
    try:
        cli(args=_data_dir_first(sys.argv[1:]))
    except Refusal as refusal:
        say_refusal(refusal)
        sys.exit(1)
    except BrokenPipeError:
        # the reader of a pipe, such as head, had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
