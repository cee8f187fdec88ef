"""Writes what the city knows of itself: one CSV file for each kind that can be imported."""

import csv
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from app.sample_city.city import City
from app.sample_city.later_roster import ROSTER_DAY, roster_rows
from app.sample_city.resources import place_patterns
from app.sample_city.year import instant_text

Rows = Iterable[tuple[str, ...]]


def write_kinds(folder: Path, city: City) -> dict[str, Path]:
    """Write the city's files.

    Returns:
        The path of each kind's file, in an order in which each finds what its rows refer to.
    """
    return {kind: write_kind(folder / f"{kind}.csv", kind, city) for kind in _KINDS}


def write_kind(path: Path, kind: str, city: City, *, last_column_moved: bool = False) -> Path:
    """Write the file of one kind.

    Args:
        last_column_moved: Let the last column slip down by a row, as where a column was sorted without the others.
    """
    headings, rows_of = _KINDS[kind]
    rows = list(rows_of(city))
    if last_column_moved:
        rows = [(*row[:-1], above[-1]) for row, above in zip(rows, [rows[-1], *rows[:-1]], strict=True)]
    return _write(path, headings, rows, "utf-8-sig" if kind == "inventory" else "utf-8")  # as spreadsheets save it


def write_roster(folder: Path, city: City) -> Path:
    """Write the roster that comes later."""
    return _write(folder / f"roster-{ROSTER_DAY}.csv", _ROSTER, roster_rows(city))


def _write(path: Path, headings: tuple[str, ...], rows: Rows, encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(rows)
    return path


def _positions(city: City) -> Rows:
    for row in city.positions:
        yield row.code, row.title, city.departments[row.department].name


def _employees(city: City) -> Rows:
    for row in city.roster.employees if city.roster else city.employees:
        email = f"{row.login}@otterprairie.example"
        manager = "" if row.manager is None else city.employees[row.manager].employee_id
        for period in row.employments:
            yield row.employee_id, row.name, email, manager, period.start_text, period.end_text


def _assignments(city: City) -> Rows:
    for row in city.roster.assignments if city.roster else city.assignments:
        employee, position = city.employees[row.employee].employee_id, city.positions[row.position].code
        end = row.end.isoformat() if row.end else ""
        yield employee, position, row.start.isoformat(), end, _instant(row.recorded_at)


def _accounts(city: City) -> Rows:
    for row in city.accounts:
        employee = "" if row.employee is None else city.employees[row.employee].employee_id
        kind = "" if row.kind == "personal" else row.kind
        yield city.systems[row.system].name, row.login, employee, kind, row.period.start_text, row.period.end_text


def _inventory(city: City) -> Rows:
    for row in city.series:
        department = city.departments[row.department].name
        own = (row.name, row.description, row.classification, row.citation, row.work_access)
        yield *own, row.code, department, "; ".join(row.systems), row.retention, "; ".join(row.purposes)


def _officers(city: City) -> Rows:
    for row in city.officers:
        yield row.office, city.employees[row.employee].employee_id, row.period.start_text, row.period.end_text


def _officer_duties(city: City) -> Rows:
    for row in city.officer_duties:
        series = "*" if row.series is None else city.series[row.series].reference
        employee, (_, _, start, end) = city.employees[row.employee].employee_id, row.period
        yield employee, series, row.duty, start, end, _instant(row.recorded_at)


def _work_access(city: City) -> Rows:
    for row in city.work_access:
        extent = _listed(row.actions, "*"), _listed(row.purposes, "")
        period, recorded_at = (row.period.start_text, row.period.end_text), _instant(row.recorded_at)
        holder = _holder(city, row.holder_type, row.holder)
        yield city.series[row.series].reference, row.holder_type, holder, *extent, *period, row.authority, recorded_at


def _holder(city: City, holder_type: str, holder: int | None) -> str:
    if holder is None:
        return "everyone"
    if holder_type == "position":
        return city.positions[holder].code
    if holder_type == "department":
        return city.departments[holder].name
    return city.employees[holder].employee_id


def _temporary_duties(city: City) -> Rows:
    for row in city.duties:
        employee, manager = city.employees[row.employee].employee_id, city.employees[row.granted_by].employee_id
        extent = _listed(row.actions, "*"), _listed(row.purposes, "")
        (_, _, start, end), clocks = row.period, (_instant(row.recorded_at), _instant(row.revoked_at))
        yield employee, city.series[row.series].reference, *extent, start, end, manager, row.reason, *clocks


def _resources(city: City) -> Rows:
    for row in place_patterns(city):
        yield city.systems[row.system].name, row.pattern, row.series


def _instant(instant: int | None) -> str:
    return "" if instant is None else instant_text(instant)


def _listed(words: tuple[str, ...] | None, anything: str) -> str:
    return anything if words is None else ";".join(words)


_TEMPLATE = (
    "Name of Record, File, Process, Form or Data Type",
    "Description",
    "Data Classification",
    "Citation for Classification",
    "Employee Work Access",
)
_ROSTER = ("employee_id", "name", "title", "department", "hire_date", "manager_id")
_LENT = ("employee_id", "series", "actions", "purposes", "start", "end", "granted_by", "reason")
_REACH = ("series", "holder_type", "holder", "actions", "purposes", "start_date", "end_date", "authority")
_KINDS: Mapping[str, tuple[tuple[str, ...], Callable[[City], Rows]]] = {
    "positions": (("position_code", "title", "department"), _positions),
    "employees": (("employee_id", "name", "email", "manager_id", "hire_date", "separation_date"), _employees),
    "assignments": (("employee_id", "position_code", "start_date", "end_date", "recorded_at"), _assignments),
    "accounts": (("system", "login", "employee_id", "kind", "start", "end"), _accounts),
    "inventory": ((*_TEMPLATE, "code", "department", "systems", "retention", "purpose"), _inventory),
    "officers": (("office", "employee_id", "start", "end"), _officers),
    "officer-duties": (("employee_id", "series", "duty", "start", "end", "recorded_at"), _officer_duties),
    "work-access": ((*_REACH, "recorded_at"), _work_access),
    "temporary-duties": ((*_LENT, "recorded_at", "revoked_at"), _temporary_duties),
    "resources": (("system", "pattern", "series"), _resources),
}
