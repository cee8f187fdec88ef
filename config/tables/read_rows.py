"""Find our columns in a table and read what each row states; no row is lost, a refused one keeps its reason."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from config.database import Recorded
from config.errors import Invalid
from config.tables.grid import fold_heading
from config.tables.kind import Column, Contradiction, Fact, Importer, Row, RowRefused
from config.tables.read_file import Table

_NAMED_HEADINGS = 40
_NAMED_UNUSED = 20
_SHOWN = 80
# PostgreSQL's index takes 2,704 bytes of a row, and a character is up to four.
_LONGEST_KEY = 500
# A note in brackets explains a heading, unless it says that the column holds a number of the thing.
_NOTE = re.compile(r"\((?!\s*(?:id|no|nr|nbr|num|number|code|#)\b)[^()]*\)", re.IGNORECASE)


@dataclass(frozen=True)
class ReadFile:
    """A table that was read.

    Args:
        heading_of: Our column -> the file's heading.
        rows: By number, by our columns.
        stated: Row number -> what it states.
        refused: Row number -> why it is not taken, a sentence that names file, row, column and value.
        notices: What was noticed, one sentence each.
    """

    table: Table
    heading_of: Mapping[str, str]
    rows: Mapping[int, Row]
    stated: Mapping[int, Sequence[Fact]]
    refused: Mapping[int, str]
    notices: tuple[str, ...]

    def sentence(self, contradiction: Contradiction) -> str:
        """Say why a row is not taken: file, row, column, value and what is wrong."""
        return _sentence(self.table, self.heading_of, self.rows[contradiction.number], contradiction)


def known_headings(columns: Sequence[Column], mapping: Mapping[str, str]) -> set[str]:
    """Give every heading that an import understands, the user's mapped ones included, in all usual spellings."""
    names = {name for column in columns for name in (column.name, *column.also)} | set(mapping)
    return names | {re.sub(r"[\s_\-]+", "", name) for name in names}


def read_rows(table: Table, importer: Importer, mapping: Mapping[str, str]) -> ReadFile:
    """Read what each row of a table states; a row that cannot be taken is kept with its reason.

    What the user said of a heading (their heading -> our column) comes before our own reading of it.

    Raises:
        Invalid: A needed column is missing, or two headings are said to mean one column.
    """
    heading_of = _find_columns(table, importer.columns, mapping)
    empty_as = {column.name: column.empty_as for column in importer.columns if column.empty_as}
    rows = {row.number: _row(row.number, row.cells, heading_of, empty_as) for row in table.rows}
    stated, faults = _read_each(importer, rows.values())
    refused = {fault.number: f"{table.name}, row {fault.number}: {fault.sentence}" for fault in table.faults}
    refused |= {fault.number: _sentence(table, heading_of, rows[fault.number], fault) for fault in faults}
    notices = (*table.notices, *_unused_headings(table, heading_of.values()), *importer.notices())
    return ReadFile(table, heading_of, rows, stated, refused, notices)


def _find_columns(table: Table, columns: Sequence[Column], mapping: Mapping[str, str]) -> dict[str, str]:
    heading_of = _said_columns(table, mapping)
    said = {fold_heading(heading) for heading in mapping}
    exact, loose = _places(columns, fold_heading), _places(columns, _bare)
    understood = []
    for heading in table.headings:
        place = exact.get(fold_heading(heading)) or loose.get(_bare(heading))
        if place is not None and fold_heading(heading) not in said:
            understood.append((place, heading))
    for (_, column), heading in sorted(understood, key=lambda one: one[0]):
        heading_of.setdefault(column, heading)
    missing = [
        column.name
        for column in columns
        if column.needed and column.name not in heading_of and column.unless not in heading_of
    ]
    if missing:
        raise Invalid(_missing_columns(table, missing))
    return {column.name: heading_of[column.name] for column in columns if column.name in heading_of}


def _said_columns(table: Table, mapping: Mapping[str, str]) -> dict[str, str]:
    folded = {fold_heading(heading): column for heading, column in mapping.items()}
    heading_of: dict[str, str] = {}
    for heading in table.headings:
        column = folded.get(fold_heading(heading))
        if column is None:
            continue
        if column in heading_of:
            raise Invalid(
                f'{table.name}: both "{heading_of[column]}" and "{heading}" were said to be {column}. '
                f'Say which one is meant with --columns "their heading={column}".'
            )
        heading_of[column] = heading
    return heading_of


def _places(columns: Sequence[Column], form: Callable[[str], str]) -> dict[str, tuple[int, str]]:
    """Give our column of each heading that we understand, and its place among those that mean it, 0 the likeliest."""
    places: dict[str, tuple[int, str]] = {}
    for column in columns:
        for place, name in enumerate((column.name, *column.also)):
            places.setdefault(form(name), (place, column.name))
    return places


def _bare(heading: str) -> str:
    """Give a heading's letters and digits alone, without notes in brackets."""
    return re.sub(r"[\W_]+", "", _NOTE.sub(" ", heading).replace("#", " number ")).casefold()


def _missing_columns(table: Table, missing: Sequence[str]) -> str:
    headings = ", ".join([heading for heading in table.headings if heading][:_NAMED_HEADINGS]) or "none"
    return (
        f"{table.name} has no column for {', '.join(missing)}. "
        f"Its headings (row {table.heading_row}) are: {headings}. "
        f'Say which one is meant with --columns "their heading={missing[0]}".'
    )


def _row(
    number: int, cells: Mapping[str, str], heading_of: Mapping[str, str], empty_as: Mapping[str, Collection[str]]
) -> Row:
    ours = {column: cells[heading] for column, heading in heading_of.items()}
    for column, texts in empty_as.items():
        if ours.get(column, "").casefold() in texts:
            ours[column] = ""
    return Row(number, ours, tuple(cells.values()))


def _read_each(
    importer: Importer, rows: Collection[Row]
) -> tuple[dict[int, Sequence[Fact]], Collection[Contradiction]]:
    faults = {row.number: fault for row in rows if (fault := _empty_needed_cell(row, importer.columns))}
    seen_whole = importer.look_over([row for row in rows if row.number not in faults])
    faults |= {fault.number: fault for fault in seen_whole}
    stated: dict[int, Sequence[Fact]] = {}
    for row in rows:
        if row.number in faults:
            continue
        try:
            facts = importer.read(row)
            _refuse_long_keys(facts)
        except RowRefused as refusal:
            faults[row.number] = Contradiction(row.number, refusal.column, str(refusal))
        else:
            stated[row.number] = facts
    return stated, faults.values()


@cache
def _indexed_columns(model: type[Recorded]) -> list[str]:
    stated: Any = model
    return [column.name for column in stated.__table__.columns if column.index]


def _refuse_long_keys(facts: Sequence[Fact]) -> None:
    """Refuse ids, codes and names that are longer than every database's index holds.

    Raises:
        RowRefused: One of them is.
    """
    for fact in facts:
        for name in _indexed_columns(fact.model):
            value = getattr(fact, name, None)
            if isinstance(value, str) and len(value) > _LONGEST_KEY:
                raise RowRefused(name, f"has {len(value):,} characters; shorten it to {_LONGEST_KEY} at most")


def _empty_needed_cell(row: Row, columns: Sequence[Column]) -> Contradiction | None:
    for column in columns:
        if column.needed and not (column.unless and row.states(column.unless)):
            try:
                row.needed(column.name)
            except RowRefused as refusal:
                return Contradiction(row.number, refusal.column, str(refusal))
    return None


def _sentence(table: Table, heading_of: Mapping[str, str], row: Row, fault: Contradiction) -> str:
    place = f"{table.name}, row {fault.number}"
    if fault.column not in heading_of:
        return f"{place}: {fault.column} {fault.sentence}."
    value = row.text(fault.column)
    shown = f'"{value[:_SHOWN]}{"…" if len(value) > _SHOWN else ""}" ' if value else ""
    return f"{place}, column {heading_of[fault.column]}: {shown}{fault.sentence}."


def _unused_headings(table: Table, used: Collection[str]) -> list[str]:
    unused = [heading for heading in table.headings if heading and heading not in used]
    if not unused:
        return []
    more = f" and {len(unused) - _NAMED_UNUSED} more" if len(unused) > _NAMED_UNUSED else ""
    return [f"Columns kept out, as nothing here is called so: {', '.join(unused[:_NAMED_UNUSED])}{more}."]
