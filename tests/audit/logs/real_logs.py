"""Logs of real products, each with the profile that reads it and what must come of it; `docs/formats.md` shows them.

A row stands in the table of its family: `real_documents.py`, `real_lines.py` or `real_xml.py`. Where the number of
records differs from what the log's own description says, its note explains why.
`python -m tests.audit.logs.write_formats_page` writes the page anew.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Came(NamedTuple):
    """What becomes of a log's records: how many are read, added, known already, unreadable, and passed over."""

    read: int
    added: int
    known: int
    unreadable: int
    passed_over: int


class RealLog(NamedTuple):
    """A log and what comes of it where nothing was imported before.

    Args:
        profile: The name of the profile that ships.
        log: The file, below the folder of logs; or a pattern of files that are imported together.
        actors: How many accounts are named, compared without case.
        first: The time of the first access in UTC, empty where there is none; `last`, of the last.
        note: What a reader of the table should know: why records are unreadable or passed over, and how they were
            counted.
        named: The name by which a copy is imported, where the log's own lacks the day or year that its records lack.
    """

    profile: str
    log: str
    came: Came
    actors: int
    first: str
    last: str
    note: str = ""
    named: str = ""

    def row(self) -> str:
        """Give the row of the log in the documentation's table."""
        came = self.came
        known = f"{came.known:,}" if came.known else ""
        numbers = [f"{came.read:,}", f"{came.added:,}", known, f"{came.passed_over:,}", f"{came.unreadable:,}"]
        file = f"`{self.log}`" + (f" as `{self.named}`" if self.named else "")
        cells = [file, f"`{self.profile}`", *numbers, f"{self.actors:,}", self.first, self.last, self.note]
        return f"| {' | '.join(cells)} |"


def rows(logs: Sequence[RealLog]) -> str:
    """Give the table of some logs, in the order of their names."""
    heads = "file", "profile", "records", "events", "again", "filtered", "rejected", "actors", "first", "last", "why"
    lines = [f"| {' | '.join(heads)} |", f"| {' | '.join(['---'] * len(heads))} |"]
    return "\n".join([*lines, *(log.row() for log in sorted(logs, key=lambda one: (one.log, one.profile)))])
