"""The command line's door to imports of tables and to work access."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from access.import_kinds import IMPORT_KINDS, importer_of
from access.resolve_part import PartRequest, resolve_part
from config.errors import Invalid
from config.tables.heading_mapping import read_mapping
from config.tables.import_file import ImportRequest, Receipt, import_table
from config.terminal import notice, say
from config.work import Installation


def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV or XLSX file.", readable=False)],
    dry_run: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--dry-run", help="Show what would change; record nothing.")
    ] = False,
    skip_bad_rows: Annotated[  # noqa: FBT002 - an option of the command line
        bool,
        typer.Option("--skip-bad-rows", help="Import the good rows; write the others to a rejects file next to it."),
    ] = False,
    columns: Annotated[
        list[str] | None,
        typer.Option("--columns", help='"their heading=our column"; remembered for this kind. May be repeated.'),
    ] = None,
) -> None:
    """Import a file of the kind that the command is named for."""
    installation: Installation = context.obj()
    kind = str(context.info_name)
    names = [column.name for column in IMPORT_KINDS[kind].columns]
    memory = installation.settings.memory_limit_mb
    request = ImportRequest(kind, file, read_mapping(columns or [], names), dry_run, skip_bad_rows, memory)
    installation.progress.step(f"Importing {file.name}")
    with installation.read() if dry_run else installation.change() as work:
        seen = partial(installation.seen_resources, work.session, installation.settings)
        importer = importer_of(kind, work.session, work.zone, seen)
        receipt, rejects = import_table(work.session, importer, request, now=work.now, by=work.by)
    _say_receipt(receipt, rejects, dry_run=dry_run)
    if dry_run and receipt.refused and not skip_bad_rows:
        raise Invalid(f"{len(receipt.refused):,} rows would be refused; correct them, or use --skip-bad-rows.")


def _say_receipt(receipt: Receipt, rejects: Path | None, *, dry_run: bool) -> None:
    for text in receipt.notices:
        notice(text)
    for refused in receipt.refused[:50]:
        notice(f"  {refused.sentence}")
    say(f"{receipt}{' Dry run: nothing was recorded.' if dry_run else ''}")
    if rejects is not None:
        say(f"The refused rows are in {rejects}; correct them there and import that file.")


def resolve_access(
    context: typer.Context,
    series: Annotated[str, typer.Option("--series", help="Code or exact name of the data series.")],
    part: Annotated[str, typer.Option("--part", help="The part of its work access text, as written there.")],
    holders: Annotated[
        list[str] | None, typer.Option("--to", help="Position, department or employee that is meant. May be repeated.")
    ] = None,
    dismiss: Annotated[bool, typer.Option("--dismiss", help="It adds nobody.")] = False,  # noqa: FBT002 - an option
) -> None:
    """Say who is meant by a part of a work access text that names no known holder, or that it adds nobody."""
    if bool(holders) == dismiss:
        raise Invalid("Give either --to, once for each holder that is meant, or --dismiss.")
    installation: Installation = context.obj()
    with installation.change() as work:
        request = PartRequest(series, part, tuple(holders or ()))
        resolved = resolve_part(work.session, request, now=work.now, by=work.by)
        said = f'"{resolved[0].part}" of {resolved[0].series}'
    say(f"{said} {'adds nobody' if dismiss else f'means {len(resolved)} holders'}; recorded.")
