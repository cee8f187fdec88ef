"""Who is who in a roster: names composed from columns, ids for people whom the roster gives no number."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import NamedTuple

from config.clock import EPOCH
from config.tables.kind import Row
from config.texts import compare_form, listed

NAME_PARTS = ("last_name", "suffix", "first_name", "middle_name")
_ROWS_NAMED = 5
_CODE_LENGTH = 80
_BEFORE_ALL = EPOCH.replace(year=1)
_WORD = re.compile("[A-Z0-9]+")


class Person(NamedTuple):
    """A roster's row as far as it says who is meant.

    Args:
        employee_id: As the roster gives it; empty where it gives none.
        hired: The first moment of employment; None where the roster has no date.
        whole: All cells of the row: only rows that agree in every cell are one row written twice.
    """

    number: int
    employee_id: str
    name: str
    hired: datetime | None
    whole: tuple[str, ...]


def name_of(row: Row) -> str:
    """Give a person's name as written, else `Last Suffix, First Middle` composed of the columns that have the parts."""
    if row.text("name"):
        return row.text("name")
    last, suffix, first, middle = (row.text(part) for part in NAME_PARTS)
    family, given = f"{last} {suffix}".strip(), f"{first} {middle}".strip()
    return ", ".join(part for part in (family, given) if part) if last or first else ""


def name_column(row: Row) -> str:
    """Give the column that holds the name, or its first part."""
    return "name" if row.states("name") else "last_name"


def normal_name(name: str) -> str:
    """Give the form in which names are compared: case and blanks do not count, the comma after a surname does."""
    return compare_form(name.replace(",", ", "))


class ReadableCodes:
    """Makes readable codes that nobody has: upper-case ASCII words joined with `-`, then `-2` and so on."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {compare_form(code) for code in taken}
        self._numbers: dict[str, Iterable[int]] = {}

    def make(self, text: str, otherwise: str) -> str:
        """Make a code that no one has yet.

        Args:
            text: What it should read like.
            otherwise: What it reads like where the text has no letter or digit that ASCII has.
        """
        plain = text.replace("'", "").replace("\u2019", "")
        if not plain.isascii():
            plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
        base = "-".join(_WORD.findall(plain.upper()))[:_CODE_LENGTH].strip("-") or otherwise
        code = base
        numbers = self._numbers.setdefault(base, count(2))
        while compare_form(code) in self._taken:
            code = f"{base}-{next(iter(numbers))}"
        self._taken.add(compare_form(code))
        return code


@dataclass(frozen=True)
class Identified:
    """Row number -> employee id of those without a number, or why they cannot be told from others."""

    ids: Mapping[int, str]
    faults: Mapping[int, str]


def identify_people(
    people: Sequence[Person], recorded: Mapping[str, Mapping[datetime | None, Collection[str]]], codes: ReadableCodes
) -> Identified:
    """Say who those without a number are: the same name and hire date are the same person, recorded or new.

    A row without a hire date may be anyone of its name. Ids of new people do not depend on the order of the rows.

    Args:
        people: Everyone in the roster, those with a number included.
        recorded: By name, in the form in which names are compared, and by hire date the ids of employees.
        codes: Makes the ids of new people.
    """
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        by_name[normal_name(person.name)].append(person)
    ids: dict[int, str] = {}
    faults: dict[int, str] = {}
    for name, namesakes in sorted(by_name.items()):
        for hired, same in _by_hire_date(namesakes):
            numbers = [person.number for person in same]
            unsure = [person for person in namesakes if not person.employee_id] if hired is None else same
            known = _known_ids(hired, namesakes, recorded.get(name, {}))
            if len(unsure) > 1 and len({person.whole for person in unsure}) > 1:
                faults |= dict.fromkeys(numbers, _not_told_apart(unsure))
            elif len(known) > 1:
                faults |= dict.fromkeys(numbers, _several_known(known))
            else:
                employee_id = next(iter(known), "") or codes.make(same[0].name, otherwise="EMPLOYEE")
                ids |= dict.fromkeys(numbers, employee_id)
    return Identified(ids, faults)


def corrected_hire_dates(
    people: Sequence[Person],
    recorded: Mapping[str, Mapping[datetime | None, Collection[str]]],
    employed: Callable[[str], bool],
    until: datetime,
) -> dict[str, Mapping[datetime | None, Collection[str]]]:
    """Give the recorded people as `identify_people` takes them, known as well by hire dates that were corrected.

    Of the people of a name the last one whom a roster without numbers does not give with the recorded hire date, and
    the last one in it whose hire date is not recorded, are one person, if that hire date is no news: somebody hired
    since is another one.

    Args:
        people: Everyone in the roster.
        recorded: By name, and by hire date, the ids of employees.
        employed: Says whether an employee works here on the roster's day.
        until: Up to when an earlier list would have had whoever was hired.
    """
    unknown: dict[str, set[datetime]] = defaultdict(set)
    given: dict[str, set[datetime | None]] = defaultdict(set)
    numbered = {person.employee_id for person in people if person.employee_id}
    for person in people:
        name = normal_name(person.name)
        given[name].add(person.hired)
        if not person.employee_id and person.hired is not None and person.hired not in recorded.get(name, {}):
            unknown[name].add(person.hired)
    known = dict(recorded)
    for name, dates in unknown.items():
        lacking = {
            known_id for date, ids in recorded.get(name, {}).items() if date not in given[name] for known_id in ids
        }
        left_over = [known_id for known_id in lacking if known_id not in numbered and employed(known_id)]
        if len(left_over) == len(dates) == 1 and max(dates) <= until:
            known[name] = {**recorded[name], max(dates): left_over}
    return known


def _by_hire_date(namesakes: Iterable[Person]) -> list[tuple[datetime | None, list[Person]]]:
    """Group those without a number, earliest first, those without a date before all."""
    groups: dict[datetime | None, list[Person]] = defaultdict(list)
    for person in namesakes:
        if not person.employee_id:
            groups[person.hired].append(person)
    return sorted(groups.items(), key=lambda group: group[0] or _BEFORE_ALL)


def _known_ids(
    hired: datetime | None, namesakes: Iterable[Person], recorded: Mapping[datetime | None, Collection[str]]
) -> set[str]:
    numbered = {
        person.employee_id for person in namesakes if person.employee_id and (hired is None or person.hired == hired)
    }
    return numbered.union(*(ids for date, ids in recorded.items() if hired is None or date == hired))


def _not_told_apart(people: Sequence[Person]) -> str:
    numbers = [person.number for person in people]
    return (
        f"stands in rows {listed(numbers, _ROWS_NAMED)} with the same hire date or none, so one "
        "person cannot be told from another; add a column employee_id"
    )


def _several_known(known: Iterable[str]) -> str:
    return f"may be any of the employees {', '.join(sorted(known)[:_ROWS_NAMED])}; add a column employee_id"
