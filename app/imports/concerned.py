"""Whom and what a change of the record is about, and so which findings it may make read otherwise."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from access.import_changes import Change


class Concerned(NamedTuple):
    """The employees, data series and sources that some rows name."""

    people: set[str]
    series: set[str]
    sources: set[str]


def concerned_by(changes: Iterable[Change]) -> Concerned:
    """Give what is named where something was changed."""
    found = Concerned(set(), set(), set())
    for row in (row for change in changes for row in (*change.opened, *change.closed)):
        for names, name in zip(found, (person_of(row), _series(row), getattr(row, "source", "")), strict=True):
            names.add(str(name))
    return Concerned(*(names - {""} for names in found))


def person_of(row: Any) -> str:  # noqa: ANN401 - a row of any table
    """Give the id of the employee whom a row is about; empty where it names none."""
    if getattr(row, "holder_type", "") == "employee":
        return str(row.holder)
    return str(getattr(row, "employee_id", ""))


def _series(row: Any) -> str:  # noqa: ANN401 - a row of any table
    is_series = hasattr(row, "code") and hasattr(row, "classes")
    return str(row.code) if is_series else str(getattr(row, "series", ""))
