"""Splits the lines of a CSV into its records: each one's cells, its own text, and what is wrong with it."""

import csv
from collections.abc import Iterator
from typing import TypeAlias

# Parts the cells of a record that was split: a text has none, so no cell does.
BETWEEN_CELLS = "\0"
NEVER_CLOSED = "opens a quotation mark that is never closed"
MISPLACED = "has a quotation mark in the middle of a cell"

# A record: its cells, empty where it is not sound; its own text; why it is not sound. A plain tuple, as it is quick.
Split: TypeAlias = tuple[str, str, str | None]

_MOST_LINES = 5_000  # a quotation mark that leaves open for so long was never closed
_MOST_LETTERS = 64 * 1024 * 1024
_LONGEST_CELL = 2**31 - 1


def split_records(lines: Iterator[str], separator: str, width: int = 0) -> Iterator[Split]:
    """Give the records of some lines; blank lines are none.

    Where a record that spans lines is broken, reading goes on with its second line: a stray quotation mark costs one
    line, not what follows it.

    Args:
        lines: Each with its end.
        separator: The letter between cells.
        width: How many cells a record has; empty ones beyond do not count. 0 = as it comes.
    """
    # The limit holds for the whole program, so it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    waiting: list[str] = []  # the next line is the last of these
    while (line := waiting.pop() if waiting else next(lines, None)) is not None:
        text = line.rstrip("\r\n")
        if '"' in text:
            split, others = _split_quoted(line, waiting, lines, separator, width)
            waiting.extend(reversed(others))
            yield split
        elif not width or text.count(separator) == width - 1:
            if text.strip(" "):
                yield text.replace(separator, BETWEEN_CELLS), text, None
        elif text.strip(" "):
            yield _fitted(text.split(separator), text, width)


def _split_quoted(
    line: str, waiting: list[str], lines: Iterator[str], separator: str, width: int
) -> tuple[Split, list[str]]:
    """Split the record that begins with a line.

    Returns:
        The record, and the lines that were taken but are none of it.
    """
    # Some programs write a blank after the separator; a quoted cell may follow it.
    blanks = line.startswith(' "') or f'{separator} "' in line
    taken: list[str] = []
    supply = _supply(line, waiting, lines, taken)
    try:
        cells = next(csv.reader(supply, delimiter=separator, strict=True, skipinitialspace=blanks))
    except csv.Error as error:
        is_open = len(taken) > 1 or "unexpected end" in str(error)
        return ("", _text(taken[:1]), NEVER_CLOSED if is_open else MISPLACED), taken[1:]
    split = _fitted(cells, _text(taken), width)
    if split[2] and len(taken) > 1:
        return ("", _text(taken[:1]), NEVER_CLOSED), taken[1:]
    return split, []


def _supply(line: str, waiting: list[str], lines: Iterator[str], taken: list[str]) -> Iterator[str]:
    """Give a line and those that follow it, noting which were taken."""
    following: str | None = line
    letters = 0
    while following is not None:
        taken.append(following)
        letters += len(following)
        yield following
        if len(taken) == _MOST_LINES or letters > _MOST_LETTERS:
            return
        following = waiting.pop() if waiting else next(lines, None)


def _text(lines: list[str]) -> str:
    return "".join(lines).rstrip("\r\n")


def _fitted(cells: list[str], text: str, width: int) -> Split:
    count = len(cells)
    if not width or count == width:
        return BETWEEN_CELLS.join(cells), text, None
    if count > width and not any(cells[width:]):
        return BETWEEN_CELLS.join(cells[:width]), text, None
    kind = "more" if count > width else "fewer"
    return "", text, f"has {count:,} cells, {kind} than the {width:,} columns"
