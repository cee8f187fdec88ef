"""The command line's door to imports of grants: as those of other files, and with what they would mean beforehand."""

import dataclasses
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from access.import_commands import import_file
from access.import_kinds import IMPORT_KINDS
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
from config.row_layouts import Layout
from config.tables.heading_mapping import read_columns
from config.tables.import_file import ImportRequest, import_table
from config.tables.options import ImportOptions
from config.terminal import say
from config.work import Installation, Work


def import_grants(
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
    preview: Annotated[  # noqa: FBT002
        bool,
        typer.Option("--preview", help="Dry run, and besides say what it would mean by the accesses of 90 days."),
    ] = False,
    yes: Yes = False,  # noqa: FBT002
) -> None:
    """Import a file of the kind that the command is named for."""
    import_file(
        context,
        file,
        dry_run=dry_run or preview,
        skip_bad_rows=skip_bad_rows,
        rejects=rejects,
        columns=columns,
        replace=replace,
        as_of=as_of,
        partial=partial,
        layout=layout,
        yes=yes,
    )
    if preview:
        kind = str(context.info_name)
        said = read_columns(columns or [], [column.name for column in IMPORT_KINDS[kind].columns])
        options = ImportOptions(replace, None, partial=False, yes=yes)
        request = ImportRequest(
            kind, file, said.mapping, skip_bad_rows=skip_bad_rows, options=options, constants=said.constants
        )
        with TemporaryDirectory() as folder:
            _weigh(context.obj(), dataclasses.replace(request, rejects=Path(folder) / "rejects.csv"))


def _weigh(installation: Installation, request: ImportRequest) -> None:
    from audit.kept import Kept  # noqa: PLC0415 - what decides takes long to load, and an import needs none of it
    from audit.meaning_in_words import open_sentences  # noqa: PLC0415
    from audit.weigh_change import ChangeOfGrants, weigh_change  # noqa: PLC0415

    def find(work: Work) -> ChangeOfGrants:
        importer = IMPORT_KINDS[request.kind](work.session, work.zone, request.options)
        return ChangeOfGrants(None, lambda: import_table(work.session, importer, request, now=work.now, by=work.by))

    meaning = weigh_change(installation, Kept(), find)
    with installation.read() as work:
        zone = work.zone
    for sentence in open_sentences(meaning, zone):
        say(sentence)
