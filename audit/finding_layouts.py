"""Findings as a table to be read, and whole, as rows for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from zoneinfo import ZoneInfo

from audit.views import FindingView
from config.clock import utc_text
from config.shown_text import shown
from config.text_table import TextColumn, table_lines
from config.texts import counted

_ALL_COLUMNS = 120  # letters that a line needs for every column


HEADINGS = tuple(field.name for field in fields(FindingView))
_whole = attrgetter(*HEADINGS)


def whole_rows(findings: Sequence[FindingView]) -> list[tuple[object, ...]]:
    """Give all of each finding under `HEADINGS`, for programs; instants are ISO 8601 in UTC."""
    return [tuple(map(_plain, _whole(finding))) for finding in findings]


def finding_table(findings: Sequence[FindingView], zone: ZoneInfo, width: int | None) -> Iterator[str]:
    """Give a table and what it does not show.

    Args:
        zone: In which times are shown.
        width: Of the terminal; None where it is none, and no line needs to be folded.
    """
    narrow = width is not None and width < _ALL_COLUMNS
    columns = [
        TextColumn("month"),
        TextColumn("who", folds=True),
        TextColumn("what", folds=True),
        TextColumn("reason", folds=True),
        TextColumn("events", right=True),
        *([] if narrow else [TextColumn(f"last\n({zone.key})")]),
        TextColumn("status", folds=True),
        TextColumn("key"),
    ]
    rows = [_cells(finding, zone, narrow=narrow) for finding in findings]
    # what few findings have stands in a column only where some have it
    for heading, cells in (
        ("difference", [finding.difference for finding in findings]),
        ("last note", [shown(finding.last_note) for finding in findings]),
    ):
        if any(cells):
            columns.append(TextColumn(heading, folds=True))
            rows = [[*row, cell] for row, cell in zip(rows, cells, strict=True)]
    yield from table_lines(columns, rows, width=width)
    if narrow:
        yield f"A terminal of {_ALL_COLUMNS} columns shows the last access too."
    found = counted(len(findings), "finding")
    yield f"{found}. What is found is possible unauthorized access; people decide what it was."


def _plain(value: object) -> object:
    return utc_text(value) if isinstance(value, datetime) else value


def _cells(finding: FindingView, zone: ZoneInfo, *, narrow: bool) -> list[str]:
    last = [] if narrow else [f"{finding.last.astimezone(zone):%Y-%m-%d %H:%M}"]
    status = f"{finding.status} (grew by {finding.grown:,})" if finding.grown else finding.status
    cells = [
        finding.month,
        finding.who,
        finding.what,
        finding.reason,
        f"{finding.events:,}",
        *last,
        status,
        finding.key,
    ]
    return [shown(cell) for cell in cells]  # before it is measured, as a letter may become several
