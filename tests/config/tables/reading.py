"""How tests read a file as a table: all of its rows at once, with their cells by heading."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.errors import Invalid
from config.tables.read_file import TableFile, open_table

KNOWN = ("name", "title", "hire_date")


@dataclass(frozen=True)
class SoundRow:
    """A row that can be taken; columns without a heading are left out."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Fault:
    """A row that cannot, and how it stands in the file."""

    number: int
    reason: str
    source: str


class WholeTable:
    """A table with all its rows."""

    def __init__(self, file: TableFile) -> None:
        self.name, self.headings, self.heading_row, self.notices = (
            *(file.name, file.headings, file.heading_row, file.notices),
        )
        found = list(file.rows())
        self.rows = [SoundRow(row.number, self._cells(row.texts)) for row in found if not row.fault]
        self.faults = [Fault(row.number, row.fault, row.source) for row in found if row.fault]

    def _cells(self, texts: tuple[str, ...]) -> dict[str, str]:
        named = zip(self.headings, texts, strict=True)
        return {heading: text for heading, text in named if heading}


def read_table(path: Path, known_headings: Collection[str] = KNOWN) -> WholeTable:
    """Read a file as a table."""
    return WholeTable(open_table(path, known_headings=known_headings))


def read(path: Path, content: str | bytes) -> WholeTable:
    """Write a file and read it as a table."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table(path)


def refusal(path: Path, content: str | bytes) -> str:
    """Give the sentence with which a file is refused."""
    with pytest.raises(Invalid) as refused:
        read(path, content)
    return str(refused.value)
