"""`thirteen`: arranges the folders' commands; a refusal becomes exit status 1, wrong usage 2."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.doors import DOORS
from app.loading import loading
from app.private_files import private_files
from config.answer import Answer, answering
from config.errors import Invalid, Refusal
from config.terminal import notice, say_refusal

if TYPE_CHECKING:
    from config.work import Installation

_app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,  # plain help, as what draws boxes takes half as long again to load as all the rest
    help="Did this person have a work assignment for this data, then, and why? (Minnesota Statutes, chapter 13)",
)


class _Opener:
    """Opens the installation when a command first asks for it, and closes it when the command has ended.

    Attributes:
        data_dir: The folder that the user named, if any.
        create: Whether the command makes what is missing of it.
    """

    def __init__(self) -> None:
        self.data_dir: Path | None = None
        self.create = False
        self._opened: Installation | None = None

    def __call__(self) -> "Installation":
        if self._opened is None:
            with loading():
                # only here, as help and wrong usage are answered without it
                from app.open_installation import open_installation  # noqa: PLC0415

            self._opened = open_installation(self.data_dir, create=self.create)
        return self._opened

    @property
    def has_changed(self) -> bool:
        return self._opened is not None and bool(self._opened.changes)

    def close(self) -> None:
        if self._opened is not None:
            self._opened.progress.end()
            self._opened.engine.dispose()


@_app.callback()
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
    opener: _Opener = context.obj
    opener.data_dir, opener.create = data_dir, context.invoked_subcommand == "init"
    context.call_on_close(opener.close)


def _checked(arguments: list[str]) -> list[str]:
    """Refuse what no file and no database can keep: bytes that are no letters where the terminal speaks UTF-8."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError as error:
            raise Invalid(
                f'"{argument}" on the command line holds bytes that are no letters in UTF-8; '
                "set the terminal to UTF-8, or rename the file."
            ) from error
    return arguments


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
    opener = _Opener()
    with private_files(), answering() as answer:
        status = _run(opener)
        answer.flush()
        status = status or _say_loss(answer, has_changed=opener.has_changed)
    sys.exit(status)


def _run(opener: _Opener) -> int:
    """Run a command.

    Returns:
        The exit status.
    """
    commands = typer.main.get_group(_app)
    for door in DOORS:
        commands.add_command(door)
    try:
        commands(args=_data_dir_first(_checked(sys.argv[1:])), obj=opener)
    except Refusal as refusal:
        say_refusal(refusal)
        return 1
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def _say_loss(answer: Answer, *, has_changed: bool) -> int:
    """Say that an answer could not be printed, but that the work was done; a reader such as head may have had enough.

    Returns:
        The exit status: work that was done is no failure.
    """
    if answer.lost is None:
        return 0
    if has_changed or answer.tells_of_work:
        done = "record is recorded" if has_changed else "write is written"
        notice(f"The answer cannot be printed ({answer.lost.strerror}); what the command had to {done}.")
        return 0
    if not isinstance(answer.lost, BrokenPipeError):
        notice(f"The answer cannot be printed ({answer.lost.strerror}).")
    return 1
