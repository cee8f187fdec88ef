"""The command line's door to imports of tables."""

import functools
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from access.import_kinds import IMPORT_KINDS, importer_of
from config.clock import read_date
from config.errors import Invalid
from config.row_layouts import Layout
from config.tables.change_lines import change_lines
from config.tables.heading_mapping import read_columns
from config.tables.import_file import ImportRequest, import_table
from config.tables.options import ImportOptions, refuse_meaningless
from config.tables.say_receipt import say_receipt
from config.terminal import notice, say_data
from config.work import Installation


def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV or XLSX file.", readable=False)],
    dry_run: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--dry-run", help="Show what would change; record nothing.")
    ] = False,
    skip_bad_rows: Annotated[  # noqa: FBT002 - an option of the command line
        bool,
        typer.Option("--skip-bad-rows", help="Import the good rows; write the others to a rejects file."),
    ] = False,
    rejects: Annotated[
        Path | None,
        typer.Option(
            "--rejects",
            readable=False,
            help="That file, FILE.csv; else a new one next to the imported file. None that is there is written over.",
        ),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--columns",
            help='"their heading=our column", remembered for this kind; or "our column=\'constant\'". May be repeated.',
        ),
    ] = None,
    replace: Annotated[  # noqa: FBT002 - an option of the command line
        bool,
        typer.Option(
            "--replace", help="The file is the whole truth about whom or what it names; what it lacks is withdrawn."
        ),
    ] = False,
    as_of: Annotated[str | None, typer.Option("--as-of", help="The day on which a roster was complete.")] = None,
    partial: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--partial", help="The roster does not hold everybody: nobody is missing.")
    ] = False,
    layout: Annotated[
        Layout, typer.Option("--format", help="How a dry run writes what would change; all of it in csv and json.")
    ] = Layout.TABLE,
    yes: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--yes", help="It is meant, however much it changes.")
    ] = False,
) -> None:
    """Import a file of the kind that the command is named for."""
    installation: Installation = context.obj()
    kind = str(context.info_name)
    options = ImportOptions(replace, _read_day(as_of), partial, yes)
    if layout is not Layout.TABLE and not dry_run:
        raise Invalid("--format is for --dry-run, which lists what would change; leave it out.")
    refuse_meaningless(kind, IMPORT_KINDS[kind].takes, options)
    names = [column.name for column in IMPORT_KINDS[kind].columns]
    memory = installation.settings.memory_limit_mb
    said = read_columns(columns or [], names)
    request = ImportRequest(
        *(kind, file, said.mapping, dry_run, skip_bad_rows, memory, options),
        constants=said.constants,
        rejects=None if dry_run else rejects,
    )
    installation.progress.step(f"Importing {file.name}")
    with installation.writing_to(rejects or file), installation.read() if dry_run else installation.change() as work:
        seen = functools.partial(installation.seen_resources, work.session, installation.settings)
        importer = importer_of(kind, work, options, seen)
        receipt, refused = import_table(work.session, importer, request, now=work.now, by=work.by)
    if layout is Layout.TABLE:
        say_receipt(receipt, refused, dry_run=dry_run)
    else:
        say_data(change_lines(receipt, layout))
        notice(f"{receipt} Dry run: nothing was recorded.")
    if dry_run and receipt.refused and not skip_bad_rows:
        raise Invalid(f"{len(receipt.refused):,} rows would be refused; correct them, or use --skip-bad-rows.")


def _read_day(text: str | None) -> date | None:
    """Read the day of an option.

    Raises:
        Invalid: It is none.
    """
    try:
        return None if text is None else read_date(text)
    except ValueError as error:
        raise Invalid(f'--as-of "{text}" cannot be read; expected {error}.') from error
