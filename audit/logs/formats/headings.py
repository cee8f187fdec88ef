"""Finds a CSV's headings: the line that names its columns, the letter between its cells, and what the profile needs."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from audit.logs.formats.log_file import LogFile
from audit.logs.formats.resemblance import what_it_looks_like
from audit.logs.formats.split_records import Splitter
from audit.logs.profiles.language import NEEDED, Profile, is_there, places
from config.errors import Invalid
from config.remedies import Advice, Remedy
from config.texts import compare_form, counted, shortened

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_LINES_SEARCHED = 1000
_MOST_ABOVE = 50
_SEPARATOR_STATED = re.compile(r'"?sep=(.)"?\s*$', re.IGNORECASE)
_OF_PROGRAMS = re.compile(r'"?sep=.?"?\s*$|#TYPE\b', re.IGNORECASE)
_MOST_SHOWN = 40
_HEADING, _LONGEST_HEADING = re.compile(r"[^\W\d]"), 80


@dataclass(frozen=True)
class Headings:
    """A CSV's columns.

    Args:
        names: Of all columns in their order, each once.
        forms: What they are compared by, each once.
        separator: The letter between cells.
        quote: The letter around cells that hold one; empty where none means that.
        text: The line that names them; empty where the profile does.
        header: The same with what must stand above it so that it is found.
        lines: How many lines it takes up, with those above it.
        found: Place in a record, as the profile names it -> the column's number from 0.
        notices: What was noticed, one sentence each.
    """

    names: tuple[str, ...]
    forms: tuple[str, ...]
    separator: str
    quote: str
    text: str
    header: str
    lines: int
    found: dict[str, int]
    notices: tuple[str, ...]


def find_headings(log: LogFile, profile: Profile) -> Headings:
    """Find the headings of a log for a profile.

    Raises:
        Invalid: There is none, or what the profile needs is missing or there twice.
    """
    beginning = log.beginning(_LINES_SEARCHED)
    table = profile.table
    above = max(table.above, _lines_of_programs(beginning))
    letters = [table.separator or _stated_separator(beginning)] if above or table.separator else list(_SEPARATORS)
    letters = letters if letters[0] else list(_SEPARATORS)
    if profile.columns:
        return _stated(beginning, profile, letters, above)
    tried = [_find(beginning, letter, profile, above) for letter in letters]
    best = max(tried, key=lambda one: (len(one.found), len(one.names)))
    if not best.text:
        raise Invalid(f"{log.name} is empty; there is nothing to import. Check the export.")
    unnamed = tuple(_unnamed(beginning, best))
    if not best.found:
        _refuse_what_it_is_instead(log, beginning, best)
    _refuse_what_is_missing(log, best, profile, unnamed)
    _refuse_what_is_there_twice(log, best, profile)
    notices = (*best.notices, *unnamed, *_notices(best, profile))
    forms = _each_once(tuple(map(compare_form, best.names)))
    return replace(best, names=_each_once(best.names), forms=forms, notices=notices)


def has_needed(profile: Profile, has: Callable[[str], bool]) -> bool:
    """Say whether columns suffice for a profile: for the fields that every access needs, and to tell what is one."""
    specs = [*(profile.fields[name] for name in NEEDED), *(one.field for one in profile.conditions())]
    return all(is_there(spec, has) for spec in specs)


def _lines_of_programs(beginning: Sequence[str]) -> int:
    """Count the lines at the beginning that programs write for programs: which letter parts cells, what type it is."""
    return next((count for count, line in enumerate(beginning) if not _OF_PROGRAMS.match(line)), 0)


def _stated_separator(beginning: Sequence[str]) -> str:
    found = _SEPARATOR_STATED.match(beginning[0])
    return found[1] if found else ""


def _stated(beginning: list[str], profile: Profile, letters: Sequence[str], above: int) -> Headings:
    count, columns, quote = len(profile.columns), profile.columns, _quote_of(profile)
    first = {letter: _first_cells(beginning[above:], letter, quote) for letter in letters}
    least = profile.table.least or count
    fitting = next((letter for letter in letters if least <= len(first[letter][0]) <= count), letters[0])
    cells, _, lines = first[fitting]
    is_named = [compare_form(cell) for cell in cells] == [compare_form(name) for name in columns]
    if above:
        line_above, _, _ = _first_cells(beginning[above - 1 : above], fitting, quote)
        columns = _in_order(profile, line_above, len(cells))
    found = {name: place for place, name in enumerate(columns)}
    end = above + lines if is_named else above
    return Headings(columns, columns, fitting, quote, "", _whole(beginning[:end]), end, found, ())


def _in_order(profile: Profile, named: Sequence[str], count: int) -> tuple[str, ...]:
    """Give a profile's columns in the order in which a line above the records names most of them.

    Those that it does not name stand behind, as many as records have cells. As the profile has them, where the line
    names others.
    """
    stated = {compare_form(name): name for name in profile.columns}
    forms = [compare_form(name) for name in named]
    behind = [name for form, name in stated.items() if form not in forms]
    behind = behind[max(0, len(behind) - count + len(forms)) :] if count > len(forms) else []
    columns = *(stated.get(form, name) for form, name in zip(forms, named, strict=True)), *behind
    has_all = {*profile.places()} <= {*columns} and len(columns) == count == len({*columns})
    return columns if has_all else profile.columns


def _find(beginning: list[str], letter: str, profile: Profile, above: int) -> Headings:
    """Find the first line that names all that is needed; where none does, give the first line."""
    first = _try(beginning, letter, profile, above)
    if has_needed(profile, first.found.__contains__):
        return first
    for line in range(above + 1, min(len(beginning), above + _MOST_ABOVE)):
        tried = _try(beginning, letter, profile, line)
        if has_needed(profile, tried.found.__contains__):
            tried = tried if above else replace(tried, header=tried.text)  # they are found by themselves
            text = shortened("".join(beginning[above:line]).strip(), _MOST_SHOWN)
            said = f"{counted(line - above, 'line')} above the headings, taken for no record: {text}"
            return replace(tried, notices=(said,))
    return first


def _try(beginning: list[str], letter: str, profile: Profile, above: int) -> Headings:
    names, text, lines = _first_cells(beginning[above:], letter, _quote_of(profile))
    exact, folded = dict[str, int](), dict[str, int]()
    for place, name in enumerate(names):
        exact.setdefault(name, place)
        folded.setdefault(compare_form(name), place)
    found = {name: exact.get(name, folded.get(compare_form(name))) for name in profile.places()}
    there = {name: place for name, place in found.items() if place is not None}
    end = above + lines
    header = _whole(beginning[:end]) if above else text
    return Headings(names, names, letter, _quote_of(profile), text, header, end, there, ())


def _whole(lines: Sequence[str]) -> str:
    return "".join(lines).rstrip("\r\n")


def _quote_of(profile: Profile) -> str:
    return "" if profile.table.quote == "none" else profile.table.quote


def _first_cells(lines: list[str], separator: str, quote: str) -> tuple[tuple[str, ...], str, int]:
    """Give the first record's cells, trimmed, its text, and how many lines it and what stands above it take up."""
    splitter = Splitter(separator, quote=quote)
    cells, text, _ = next(splitter.split(lines), ([""], "", None))
    return tuple(cell.strip() for cell in cells), text, len(lines) - splitter.lines_left


def _unnamed(beginning: list[str], headings: Headings) -> Iterator[str]:
    """Say which columns have no heading, but hold something."""
    for place, name in enumerate(headings.names):
        if name:
            continue
        records = Splitter(headings.separator, quote=headings.quote).split(beginning[headings.lines :])
        cells = (cells[place].strip() for cells, _, _ in records if len(cells) > place)
        if any(cells):
            # which texts is not said, as they may be about people
            yield (
                f"Column {place + 1} has no heading, but holds texts; if a field is to be read from it, name it in the "
                "first line of the file."
            )


def _refuse_what_it_is_instead(log: LogFile, beginning: list[str], headings: Headings) -> None:
    looks = what_it_looks_like(beginning, "csv", headings.separator)
    if looks:
        raise Invalid(
            f"{log.name} looks like {looks}, and has none of the columns that are read. Nothing of it was imported; "
            "check that it is a log of this source, and the source's format."
        )


def _refuse_what_is_missing(log: LogFile, headings: Headings, profile: Profile, unnamed: Sequence[str]) -> None:
    has = headings.found.__contains__
    needed = [(f"the {name}", profile.fields[name]) for name in NEEDED]
    needed += [("which records are accesses", condition.field) for condition in profile.conditions()]
    missing = [(" or ".join(places(spec)), what) for what, spec in needed if not is_there(spec, has)]
    if not missing:
        return
    shown = [name for name in headings.names if name][:_MOST_SHOWN]
    if profile.is_plain():
        lacks = ", ".join(f'"{column}"' for column, _ in missing)
        remedy, check = Remedy(Advice.GIVE_PROFILE), ""
    else:
        lacks = "; and ".join(f'"{column}", which tells {what}' for column, what in missing)
        remedy, check = None, " Check that this is a log of the source, or correct the source's profile."
    if not all(_may_name(name) for name in shown):
        # what a record says of people is not to stand in a sentence
        says = "names no columns; it looks like a record"
    elif shown:
        says = f"names {', '.join(shown)}"
    else:
        says = f"names none that can be told apart: {shortened(headings.text)}"
    said = " ".join([f"{says}.", *unnamed])
    raise Invalid(f"{log.name} has no column {lacks}. Its first line {said}{check}", remedy=remedy)


def _may_name(text: str) -> bool:
    """Say whether a text may name a column, as those do that begin with a letter and are not long."""
    return len(text) <= _LONGEST_HEADING and _HEADING.match(text.lstrip("#$@_([ ")) is not None


def _refuse_what_is_there_twice(log: LogFile, headings: Headings, profile: Profile) -> None:
    folded = [compare_form(name) for name in headings.names]
    for name in profile.places():
        if headings.names.count(name) > 1 or (name not in headings.names and folded.count(compare_form(name)) > 1):
            raise Invalid(f'{log.name} has the column "{name}" more than once; remove or rename all but one.')


def _notices(headings: Headings, profile: Profile) -> Iterator[str]:
    if headings.separator not in {",", profile.table.separator}:
        yield f"The cells are separated by {_spoken(headings.separator)}, not by commas; they were read so."
    if profile.is_plain():
        unread = [name for place, name in enumerate(headings.names) if name and place not in headings.found.values()]
        if unread:
            more = f" and {len(unread) - _MOST_SHOWN:,} more" if len(unread) > _MOST_SHOWN else ""
            yield f"No field is read from the columns {', '.join(unread[:_MOST_SHOWN])}{more}."
        return
    for name, spec in profile.fields.items():
        if not is_there(spec, headings.found.__contains__):
            lacking = " or ".join(places(spec))
            yield (
                f"There is no column {lacking}; the {name} of each access stays empty. If the log has it under another "
                "heading, name that in the source's profile."
            )


def _spoken(separator: str) -> str:
    return _SEPARATORS.get(separator, f'"{separator}"')


def _each_once(names: Sequence[str]) -> tuple[str, ...]:
    """Give unnamed columns a name, and further columns of one name a number."""
    seen = dict[str, int]()
    unique = []
    for place, name in enumerate(names, 1):
        seen[name] = seen.get(name, 0) + 1
        unique.append(name if name and seen[name] == 1 else f"{name} (column {place})")
    return tuple(unique)
