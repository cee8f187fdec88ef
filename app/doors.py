"""The commands of `thirteen` as they are listed; what one needs is loaded only when it is asked for."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from app.loading import loading


class Door(TyperCommand):
    """A command by its name, its help and the function behind it, which is loaded when the command is asked for."""

    def __init__(self, name: str, opens: str, in_words: str, *, takes_signs: bool = False) -> None:
        """Make a command.

        Args:
            opens: The function, as "module:function".
            in_words: What the command does, in a sentence.
            takes_signs: Whether what begins with a - and is no option is an argument.
        """
        super().__init__(name, help=in_words)
        self._opens = opens
        self._settings = {"ignore_unknown_options": takes_signs}

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:  # noqa: ANN401 - as the overridden one
        """Load the command; from here on it stands in the place of this one."""
        module, _, function = self._opens.partition(":")
        loaded = typer.Typer(add_completion=False)
        with loading():
            loaded.command(self.name, help=self.help, context_settings=self._settings)(
                getattr(import_module(module), function)
            )
            return typer.main.get_command(loaded).make_context(info_name, args, parent=parent, **extra)


KINDS = (
    *("inventory", "positions", "employees", "assignments", "roster", "accounts", "work-access"),
    *("temporary-duties", "officers", "officer-duties", "resources"),
)
_IMPORT = "access.import_commands:import_file"
DOORS = (
    Door("init", "inventory.commands:init", "Set up the entity in a new data folder."),
    Door("entity", "inventory.commands:entity", "Show how the entity is described, or change what is given."),
    Door("go-live", "inventory.commands:live", "From now on, grants entered late count as late."),
    TyperGroup(
        name="import",
        help="Import a file; KIND says what it holds.",
        no_args_is_help=True,
        commands=[
            *(
                Door(
                    kind,
                    "access.import_commands:import_file",
                    f"Import {kind.replace('-', ' ')} from a CSV or XLSX file.",
                )
                for kind in KINDS
            ),
            Door(
                "log",
                "audit.logs.import_commands:import_log_files",
                "Import access logs; a record that is known already adds nothing.",
            ),
        ],
    ),
    Door(
        "resolve-access",
        "access.commands:resolve_access",
        "Say who is meant by a part of a work access text that names no known holder, or that it adds nobody.",
    ),
    Door("catalogue", "inventory.commands:catalogue", "Search the statutory catalogue that ships with the product."),
    TyperGroup(
        name="source",
        help="Systems whose access logs are imported.",
        no_args_is_help=True,
        commands=[
            Door("add", "audit.logs.commands:add", "Set up a source of access logs, or change it."),
            Door("profiles", "audit.logs.commands:profiles", "List the profiles that ship with the product."),
        ],
    ),
    Door(
        "rejects",
        "audit.logs.commands:rejects",
        "Write a source's unreadable records to a file, to be repaired and imported again.",
    ),
    Door("verify", "audit.logs.commands:verify", "Hold every file of the imported logs to the receipt of its import."),
    Door("audit", "audit.commands:audit", "Decide the accesses, cross-examine the decisions, write findings."),
    Door("findings", "audit.finding_commands:findings", "List the findings that stand."),
    Door("note", "audit.finding_commands:note", "Note on findings what was learnt, or move them to another status."),
    Door(
        "explain",
        "audit.explain_commands:explain_access",
        "Did this person have a work assignment for this data, then, and why?",
    ),
    Door("report", "reports.commands:report", "Write a workbook that can be handed on as it is."),
    Door(
        "decisions",
        "reports.commands:decisions",
        "Write every access with its verdict, its reason and the grant it rests on.",
    ),
    TyperGroup(
        name="official",
        help="Who may use the service.",
        no_args_is_help=True,
        commands=[
            Door("add", "app.officials.commands:add", "Let a person use the service."),
            Door("list", "app.officials.commands:list_officials", "List who may use the service."),
            Door("disable", "app.officials.commands:disable", "Let an official use the service no longer."),
            Door("role", "app.officials.commands:role", "Give an official roles, or take some.", takes_signs=True),
            Door("password", "app.officials.commands:password", "Give an official a new password."),
            Door("token", "app.officials.commands:token", "Make a token for another system; it is printed once."),
        ],
    ),
    Door("serve", "app.serve:serve", "Run the service: pages for officials, jobs and schedule, until Ctrl-C."),
    Door("work", "app.jobs.commands:do_jobs", "Do jobs beside a running service, until Ctrl-C."),
    Door(
        "demo",
        "app.demo:demo",
        "Make a sample city, run the whole main job on it, and compare what was planted with what was found.",
    ),
)
