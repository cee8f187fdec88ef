"""Find our columns among a file's headings: what the user said of a heading comes before our own reading of it."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from config.errors import Invalid
from config.remedies import Advice, Remedy
from config.tables.grid import fold_heading
from config.tables.kind import OurColumn
from config.tables.read_file import TableFile
from config.texts import compare_form, listed, shortened

_NAMED_HEADINGS = 40
_NAMED_UNUSED = 20
# A note in brackets explains a heading, unless it says that the column holds a number of the thing.
_NOTE = re.compile(r"\((?!\s*(?:id|no|nr|nbr|num|number|code|#)\b)[^()]*\)", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class FoundColumns:
    """Where our columns stand in a file.

    Args:
        heading_of: Our column -> the file's heading.
        places: Our column -> the index of the file's column; behind them those of the constants.
        notices: What was kept out.
        constants: What each row says in the columns behind the file's own.
    """

    heading_of: Mapping[str, str]
    places: Mapping[str, int]
    notices: tuple[str, ...]
    constants: tuple[str, ...] = ()


def known_headings(columns: Sequence[OurColumn], mapping: Mapping[str, str]) -> set[str]:
    """Give every heading that an import understands, the user's mapped ones included, in all usual spellings."""
    names = {name for column in columns for name in (column.name, *column.also)} | set(mapping)
    return names | {re.sub(r"[\s_\-]+", "", name) for name in names}


def find_columns(
    table: TableFile, columns: Sequence[OurColumn], mapping: Mapping[str, str], constants: Mapping[str, str]
) -> FoundColumns:
    """Find our columns in a table.

    Args:
        table: The file.
        columns: Those of the kind of import.
        mapping: What the user said: their heading -> our column.
        constants: The same: our column -> what each row says there, whatever stands in the file.

    Raises:
        Invalid: A needed column is missing, or two headings are said to mean one column.
    """
    heading_of = _said_columns(table, mapping)
    said = {fold_heading(heading) for heading in mapping}
    exact, loose = _ranks(columns, fold_heading), _ranks(columns, _bare)
    understood = []
    for heading in table.headings:
        rank = exact.get(fold_heading(heading)) or loose.get(_bare(heading))
        if rank is not None and fold_heading(heading) not in said:
            understood.append((rank, heading))
    for (_, column), heading in sorted(understood, key=lambda found: found[0]):
        heading_of.setdefault(column, heading)
    heading_of = {column: heading for column, heading in heading_of.items() if column not in constants}
    there = heading_of.keys() | constants.keys()
    missing = [
        column.name for column in columns if column.needed and column.name not in there and column.unless not in there
    ]
    if missing:
        raise Invalid(
            f"{table.name} has no column for {', '.join(missing)}. {_headings_there_are(table)}",
            remedy=Remedy(Advice.MAP_HEADING, about=missing[0]),
        )
    heading_of = {column.name: heading_of[column.name] for column in columns if column.name in heading_of}
    places = {column: table.headings.index(heading) for column, heading in heading_of.items()}
    places |= {column: len(table.headings) + place for place, column in enumerate(constants)}
    unused = _unused_headings(table, heading_of.values())
    return FoundColumns(heading_of, places, unused, tuple(constants.values()))


def refuse_absent_headings(table: TableFile, said: Collection[str]) -> None:
    """Refuse what the user said of a heading that the file does not have.

    Raises:
        Invalid: There is such a heading.
    """
    headings = {fold_heading(heading) for heading in table.headings}
    absent = [heading for heading in said if fold_heading(heading) not in headings]
    if absent:
        raise Invalid(f'{table.name} has no heading "{shortened(absent[0])}". {_headings_there_are(table)}')


def _said_columns(table: TableFile, mapping: Mapping[str, str]) -> dict[str, str]:
    folded = {fold_heading(heading): column for heading, column in mapping.items()}
    heading_of: dict[str, str] = {}
    for heading in table.headings:
        column = folded.get(fold_heading(heading))
        if column is None:
            continue
        if column in heading_of:
            raise Invalid(
                f'{table.name}: both "{shortened(heading_of[column])}" and "{shortened(heading)}" were said to be '
                f"{column}.",
                remedy=Remedy(Advice.MAP_HEADING, about=column),
            )
        heading_of[column] = heading
    return heading_of


def _ranks(columns: Sequence[OurColumn], form: Callable[[str], str]) -> dict[str, tuple[int, str]]:
    """Give our column of each heading that we understand, and its rank among those that mean it, 0 the likeliest."""
    ranks: dict[str, tuple[int, str]] = {}
    for column in columns:
        for rank, name in enumerate((column.name, *column.also)):
            ranks.setdefault(form(name), (rank, column.name))
    return ranks


def _bare(heading: str) -> str:
    """Give a heading's letters and digits alone, without notes in brackets."""
    return _NO_LETTERS.sub("", compare_form(_NOTE.sub(" ", heading).replace("#", " number ")))


def _headings_there_are(table: TableFile) -> str:
    named = [heading for heading in table.headings if heading]
    return f"Its headings (row {table.heading_row}) are: {listed(named, _NAMED_HEADINGS) or 'none'}."


def _unused_headings(table: TableFile, used: Collection[str]) -> tuple[str, ...]:
    unused = [heading for heading in table.headings if heading and heading not in used]
    return (f"Columns kept out, as nothing here is called so: {listed(unused, _NAMED_UNUSED)}.",) if unused else ()
