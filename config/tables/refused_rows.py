"""Rows that an import does not take, as data that a door, a page or a file can show; their sentence is made here."""

import csv
import errno
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from config.errors import Conflict
from config.texts import shortened


@dataclass(frozen=True)
class RefusedRow:
    """A row that was not taken, and why.

    Args:
        file: Its name, with the sheet where a workbook has several.
        number: The row's, as the person sees it.
        column: The column at fault, by our name; empty where the row as a whole is.
        heading: The file's heading of that column; empty where it has none.
        value: The cell's text.
        reason: Completes the sentence, without a full stop.
        cells: The row's cells by the file's headings; none where they cannot be told apart.
        source: The row as it stands in the file, where it has no cells.
        may_correct: It could be taken if the file replaced what stands of its subject.
    """

    file: str
    number: int
    column: str
    heading: str
    value: str
    reason: str
    cells: tuple[str, ...] = ()
    source: str = ""
    may_correct: bool = False

    @property
    def sentence(self) -> str:
        """Say why the row was not taken: file, row, column, value and what is wrong."""
        place = f"{self.file}, row {self.number}"
        if not self.heading:
            return f"{place}: {f'{self.column} ' if self.column else ''}{self.reason}."
        shown = f'"{shortened(self.value)}" ' if self.value else ""
        return f"{place}, column {shortened(self.heading)}: {shown}{self.reason}."


def rejects_beside(path: Path) -> Path:
    """Give the file for the refused rows of a file where the user names none."""
    return path.with_name(f"{path.stem}.rejects.csv")


def write_refused_rows(target: Path, headings: Sequence[str], refused: Sequence[RefusedRow]) -> Path:
    """Write a file's refused rows, with their reasons, so that they can be mended and imported.

    Args:
        target: Where they are written.
        headings: Those of the file that was imported; empty ones are left out, and the cells under them.
        refused: The rows, in the file's order.

    Raises:
        Conflict: The file cannot be written; nothing of it is left.
    """
    partial = target.with_name(f".{target.name}.partial")
    named = [place for place, heading in enumerate(headings) if heading]
    try:
        with partial.open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.writer(file)
            writer.writerow([*(headings[place] for place in named), "refused row", "refused because", "refused text"])
            for row in refused:
                cells = [row.cells[place] if row.cells else "" for place in named]
                writer.writerow([*cells, row.number, row.sentence, row.source])
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise Conflict(_not_written(target, error)) from error
    return target


def _not_written(target: Path, error: OSError) -> str:
    if error.errno == errno.ENAMETOOLONG:
        return (
            f"The refused rows cannot be written next to {shortened(target.name)}: that name is too long. Nothing was "
            "imported; give the file a shorter name and import it again."
        )
    return (
        f"The refused rows cannot be written to {shortened(str(target), 500)} ({error.strerror}). Nothing was "
        "imported; copy the file to a folder that can be written to, and import it from there."
    )
