"""The command line's door to the answer about look-ups that somebody asks about."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from audit.answer_lookups import Assurance, answer_lookups
from audit.kept import Kept
from audit.live_decisions import LiveDecisions
from audit.logs.find_source import find_source
from audit.lookup_list import read_lookups
from config.clock import local_text
from config.tables.read_file import TableFile, open_table
from config.terminal import notice, say_done, say_lines, terminal_width
from config.text_table import TextColumn, table_lines
from config.texts import counted
from config.work import Installation, Work
from reports.assurance_report import grant_in_words, write_assurance
from reports.legal_basis import VERDICTS_IN_WORDS

_COLUMNS = (
    TextColumn("time"),
    TextColumn("account", folds=True),
    TextColumn("record", folds=True),
    TextColumn("logs"),
    TextColumn("whose account", folds=True),
    TextColumn("answer", folds=True),
    TextColumn("grant", folds=True),
    TextColumn("why", folds=True),
)


def assurance(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The list, CSV or XLSX: time, account and record of each look-up.")],
    source: Annotated[
        str, typer.Option("--source", help="In whose logs they would stand, where the list has no such column.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the answer to this workbook as well, FILE.xlsx.")
    ] = None,
) -> None:
    """Answer a list of look-ups that somebody asks about; nothing of it is kept."""
    installation: Installation = context.obj()
    kept = Kept()
    with installation.read() as work:
        if source:
            find_source(work.session, source)
        asked = read_lookups(work, partial(_open, file), source)
        answered = answer_lookups(work, asked, kept, LiveDecisions(kept.policy))
        rows = _rows(answered, work)
        written = None
        if out is not None:
            with installation.writing_to(out):
                written = write_assurance(work, answered, out)
    say_lines(table_lines(_COLUMNS, rows, width=terminal_width()))
    for sentence in answered.notices:
        notice(sentence)
    if answered.refused:
        notice(f"{counted(len(answered.refused), 'row')} of the list could not be answered:")
        for row in answered.refused:
            notice(row.sentence)
    if written is not None:
        say_done(f"{written.path}: {counted(len(answered.answers), 'look-up')} answered.")


def _open(file: Path, headings: frozenset[str]) -> TableFile:
    return open_table(file, known_headings=headings)


def _rows(answered: Assurance, work: Work) -> list[tuple[str, ...]]:
    return [
        (
            local_text(one.lookup.time, work.zone),
            one.lookup.account,
            one.lookup.record,
            one.presence.in_words,
            one.whose,
            VERDICTS_IN_WORDS[one.verdict],
            grant_in_words(one.grant),
            f"{one.sentence} {one.in_logs}",
        )
        for one in answered.answers
    ]
