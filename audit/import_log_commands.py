"""The command line's door to imports of logs, and to what one would do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from audit.logs.import_log import import_logs
from audit.logs.log_receipt import LogReceipt
from audit.logs.preview_log import Preview, preview_logs
from audit.map_preview import Unmapped, find_unmapped
from config.terminal import notice, say, say_lines
from config.terminal_remedies import say_remedy
from config.texts import counted, listed, shortened
from config.work import Installation
from inventory.queries import the_entity

_SHOWN = 5
_MOST_NAMES = 10
_LONGEST_RAW = 300


def import_log_files(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(help="Log files, plain or packed (gzip, ZIP), folders or patterns of names.", readable=False),
    ],
    source: Annotated[str, typer.Option("--source", help="The source whose logs they are.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be read; keep nothing.")] = False,  # noqa: FBT002 - as typer declares options
    preview: Annotated[int | None, typer.Option("--preview", min=0, help="Show so many records; keep nothing.")] = None,
) -> None:
    """Import access logs; a record that is known already adds nothing."""
    installation: Installation = context.obj()
    with installation.read() as work:
        the_entity(work.session, work.now)  # refuses where there is none yet
    if dry_run or preview is not None:
        _preview(installation, files, source, _SHOWN if preview is None else preview)
        return
    for receipt in import_logs(installation, files, source):
        _notice(receipt)
        say(str(receipt))


def _notice(receipt: LogReceipt) -> None:
    for text in receipt.notices:
        notice(text)
    if receipt.remedy:
        notice(say_remedy(receipt.remedy))


def _preview(installation: Installation, files: list[Path], source: str, most: int) -> None:
    for shown in preview_logs(installation, files, source, most=most):
        with installation.read() as work:
            unmapped = find_unmapped(work.session, shown)
        for text in shown.receipt.notices:
            notice(text)
        say_lines(_lines(shown, unmapped))
    say("Nothing was kept.")


def _lines(shown: Preview, unmapped: Unmapped) -> Iterator[str]:
    yield f"As it would be imported: {shown.receipt}"
    for one in shown.records:
        yield f"  record {one.record:,}: {shortened(one.raw, _LONGEST_RAW)}"
        for name, value in one.fields.items():
            yield f"    {name}: {value or '(empty)'}"
    for name, count in shown.empty.items():
        if count:
            yield f"  {name}: empty in {counted(count, 'record')}"
    yield from _unmapped("accounts", "that no account of the system names", unmapped.accounts)
    yield from _unmapped(
        "of these accounts", "that by their form look like a machine's or the system's", unmapped.machines
    )
    yield from _unmapped("resources", "that no pattern maps to a series", unmapped.resources)


def _unmapped(kind: str, which: str, names: tuple[str, ...]) -> Iterator[str]:
    if names:
        yield f"  {len(names):,} {kind} {which}: {listed([name or '(empty)' for name in names], _MOST_NAMES)}"
