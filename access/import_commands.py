"""The command line's door to imports of tables."""

import functools
from datetime import date
from pathlib import Path

import typer

from access.import_kinds import IMPORT_KINDS, importer_of
from access.import_option_commands import (
    AsOf,
    ChangesLayout,
    Columns,
    DryRun,
    Partial,
    Rejects,
    Replace,
    SkipBadRows,
    TableFile,
    Yes,
)
from config.clock import read_date
from config.errors import Invalid
from config.row_layouts import Layout
from config.tables.change_lines import change_lines
from config.tables.heading_mapping import read_columns
from config.tables.import_file import ImportRequest, import_table
from config.tables.options import ImportOptions, refuse_meaningless
from config.tables.receipt import Receipt
from config.tables.say_receipt import say_receipt
from config.terminal import notice, say_data
from config.texts import counted
from config.work import Installation


def import_file(
    context: typer.Context,
    file: TableFile,
    dry_run: DryRun = False,  # noqa: FBT002 - an option of the command line, as those below
    skip_bad_rows: SkipBadRows = False,  # noqa: FBT002
    rejects: Rejects = None,
    columns: Columns = None,
    replace: Replace = False,  # noqa: FBT002
    as_of: AsOf = None,
    partial: Partial = False,  # noqa: FBT002
    layout: ChangesLayout = Layout.TABLE,
    yes: Yes = False,  # noqa: FBT002
) -> None:
    """Import a file of the kind that the command is named for."""
    installation: Installation = context.obj()
    kind, options = str(context.info_name), ImportOptions(replace, _read_day(as_of), partial, yes)
    if layout is not Layout.TABLE and not dry_run:
        raise Invalid("--format is for --dry-run, which lists what would change; leave it out.")
    refuse_meaningless(kind, IMPORT_KINDS[kind].takes, options)
    said = read_columns(columns or [], [column.name for column in IMPORT_KINDS[kind].columns])
    memory = installation.settings.memory_limit_mb
    request = ImportRequest(
        *(kind, file, said.mapping, dry_run, skip_bad_rows, memory, options),
        constants=said.constants,
        rejects=None if dry_run else rejects,
    )
    receipt, refused = _import(installation, request, beside=rejects or file)
    if layout is Layout.TABLE:
        say_receipt(receipt, refused, dry_run=dry_run)
    else:
        say_data(change_lines(receipt, layout))
        notice(f"{receipt} Dry run: nothing was recorded.")
    if dry_run and receipt.refused and not skip_bad_rows:
        rows = counted(len(receipt.refused), "row")
        raise Invalid(f"{rows} would be refused; correct them, or use --skip-bad-rows.")


def _import(installation: Installation, request: ImportRequest, *, beside: Path) -> tuple[Receipt, Path | None]:
    """Import the file, or see what that would do.

    Args:
        beside: Where a rejects file is written.
    """
    installation.progress.step(f"Importing {request.path.name}")
    opening = installation.read() if request.dry_run else installation.change()
    with installation.writing_to(beside), opening as work:
        seen = functools.partial(installation.seen_resources, work.session, installation.settings)
        importer = importer_of(request.kind, work, request.options, seen)
        return import_table(work.session, importer, request, now=work.now, by=work.by)


def _read_day(text: str | None) -> date | None:
    """Read the day of an option.

    Raises:
        Invalid: It is none.
    """
    try:
        return None if text is None else read_date(text)
    except ValueError as error:
        raise Invalid(f'--as-of "{text}" cannot be read; expected {error}.') from error
