"""Writes tables of one length, whatever their kind, that fit together: people, positions, and what they may reach."""

import csv
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

_POSITIONS, _DEPARTMENTS, _SERIES = 400, 20, 500
_FIRST_NAMES = (
    "Ada",
    "Bao",
    "Carmen",
    "Dmitri",
    "Elin",
    "Farah",
    "Gus",
    "Hodan",
    "Ingrid",
    "Juan",
    "Kia",
    "Lars",
    "Mai",
)
_LAST_NAMES = ("Berg", "Chavez", "Dahl", "Erickson", "Fox", "Garcia", "Hassan", "Ito", "Johnson", "Keita", "Lee")
_SYSTEM = "cityhub"
Row: TypeAlias = tuple[object, ...]


def write_tables(folder: Path, rows: int) -> dict[str, Path]:
    """Write a CSV file of each kind.

    Args:
        rows: How many rows each has but those of positions and the inventory, to which the others refer.

    Returns:
        The path of each kind's file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = {kind: folder / f"{kind}.csv" for kind in _KINDS}
    for kind, (headings, row, fixed) in _KINDS.items():
        with paths[kind].open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(headings.split())
            writer.writerows(_rows(row, fixed or rows))
    return paths


def _rows(row: Callable[[int], Row], count: int) -> Iterable[Row]:
    return (row(number) for number in range(count))


def _position(number: int) -> Row:
    return _code(number), _title(number), _department(number)


def _series(number: int) -> Row:
    return f"Records of File {number:03}", _series_code(number), "Private", "Minn. Stat. 13.43", _department(number)


def _employee(number: int) -> Row:
    separated = _day(number, 2024) if number % 9 == 0 else ""
    return _id(number), _name(number), f"{_login(number)}@city.example", _manager(number), _day(number), separated


def _assignment(number: int) -> Row:
    return _id(number), _code(number), _day(number), _day(number, 2024) if number % 9 == 0 else "", ""


def _roster_row(number: int) -> Row:
    email = f"{_login(number)}@city.example"
    return _id(number), _name(number), _title(number), _department(number), _day(number), email, _manager(number)


def _account(number: int) -> Row:
    return _SYSTEM, _login(number), _id(number), "personal", _day(number), ""


def _work_access(number: int) -> Row:
    # each series meets each position at most once, as long as there are no more rows than pairs
    series, position = number % _SERIES, number // _SERIES
    purposes = "records request; audit response" if number % 3 == 0 else ""
    said = "view;search;modify", purposes, _day(number), "", f"Position description {_code(position)}", ""
    return _series_code(series), "position", _code(position), *said


def _temporary_duty(number: int) -> Row:
    start, end = f"{_day(number, 2025)}T08:00:00-06:00", f"{_day(number, 2026)}T17:00:00-06:00"
    said = (
        "view;search",
        "records request",
        start,
        end,
        _id((number + 1) % _POSITIONS),
        "Covers for a colleague on leave",
    )
    return _id(number), _series_code(number), *said, f"{_day(number, 2025)}T07:30:00-06:00", ""


def _id(number: int) -> str:
    return f"E{number:06}"


def _code(number: int) -> str:
    return f"P{number % _POSITIONS:03}"


def _series_code(number: int) -> str:
    return f"FIL-{number % _SERIES:03}"


def _title(number: int) -> str:
    return f"Specialist {number % _POSITIONS:03}"


def _department(number: int) -> str:
    return f"Department {number % _POSITIONS % _DEPARTMENTS:02}"


def _name(number: int) -> str:
    return f"{_FIRST_NAMES[number % len(_FIRST_NAMES)]} {_LAST_NAMES[number % len(_LAST_NAMES)]}"


def _login(number: int) -> str:
    return f"{_name(number).replace(' ', '.').lower()}.{number}"


def _manager(number: int) -> str:
    return "" if number < _POSITIONS else _id(number % _POSITIONS)


def _day(number: int, year: int | None = None) -> str:
    return f"{year or 1990 + number % 34}-{number % 12 + 1:02}-{number % 28 + 1:02}"


_KINDS: Mapping[str, tuple[str, Callable[[int], Row], int | None]] = {
    "positions": ("position_code title department", _position, _POSITIONS),
    "inventory": ("name code classification citation department", _series, _SERIES),
    "roster": ("employee_id name title department hire_date email manager_id", _roster_row, None),
    "employees": ("employee_id name email manager_id hire_date separation_date", _employee, None),
    "assignments": ("employee_id position_code start_date end_date recorded_at", _assignment, None),
    "accounts": ("system login employee_id kind start end", _account, None),
    "work-access": (
        "series holder_type holder actions purposes start_date end_date authority recorded_at",
        _work_access,
        None,
    ),
    "temporary-duties": (
        "employee_id series actions purposes start end granted_by reason recorded_at revoked_at",
        _temporary_duty,
        None,
    ),
}
