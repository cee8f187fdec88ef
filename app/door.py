"""A command of `thirteen` by its name and help; the function behind it is loaded only when it is asked for."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from app.loading import loading

_HELP = "--help"


class Door(TyperCommand):
    """A command by its name, its help and the function behind it, which is loaded when the command is asked for."""

    def __init__(self, name: str, opens: str, in_words: str, *, more: str = "", takes_signs: bool = False) -> None:
        """Make a command.

        Args:
            opens: The function, as "module:function".
            in_words: What the command does, in a sentence.
            more: What gives more help on the command by its name, as "module:function".
            takes_signs: Whether what begins with a - and is no option is an argument.
        """
        super().__init__(name, help=in_words, rich_markup_mode=None)
        self._opens = opens
        self._more = more
        self._settings = {"ignore_unknown_options": takes_signs}

    def get_short_help_str(self, limit: int = 0) -> str:  # noqa: ARG002 - as the overridden one
        """Give the help whole where commands are listed: a sentence that is cut off explains nothing."""
        return self.help or ""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:  # noqa: ANN401 - as the overridden one
        """Load the command; from here on it stands in the place of this one."""
        loaded = typer.Typer(add_completion=False, rich_markup_mode=None)
        with loading():
            more = _function(self._more)(self.name) if self._more and _HELP in args else None
            loaded.command(self.name, help=self.help, epilog=more, context_settings=self._settings)(
                _function(self._opens)
            )
            return typer.main.get_command(loaded).make_context(info_name, args, parent=parent, **extra)


class Group(TyperGroup):
    """Commands under one name, that are listed by it alone."""

    def __init__(self, name: str, in_words: str, *commands: Door) -> None:
        """Make a group.

        Args:
            in_words: What its commands are about, in a sentence.
        """
        super().__init__(name=name, help=in_words, commands=commands, no_args_is_help=True, rich_markup_mode=None)

    def get_short_help_str(self, limit: int = 0) -> str:  # noqa: ARG002 - as the overridden one
        """Give the help whole, as a command does."""
        return self.help or ""


def _function(name: str) -> Any:  # noqa: ANN401 - any function
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)
