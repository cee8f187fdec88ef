"""A generated city as the files that an entity would hand in, as it was entered, and made smaller."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tests.reference.facts import Cells, City, Row

COLUMNS = {
    "inventory": ("name", "description", "classification", "citation", "work_access", "code"),
    "positions": ("position_code", "title", "department"),
    "employees": ("employee_id", "name", "email", "manager_id", "hire_date", "separation_date"),
    "assignments": ("employee_id", "position_code", "start_date", "end_date", "recorded_at"),
    "accounts": ("system", "login", "employee_id", "kind", "start", "end"),
    "work-access": (
        *("series", "holder_type", "holder", "actions", "purposes"),
        *("start_date", "end_date", "authority", "recorded_at"),
    ),
    "temporary-duties": (
        *("employee_id", "series", "actions", "purposes", "start", "end"),
        *("granted_by", "reason", "recorded_at", "revoked_at"),
    ),
    "officers": ("office", "employee_id", "start", "end"),
    "officer-duties": ("employee_id", "series", "duty", "start", "end", "recorded_at"),
    "resources": ("system", "pattern", "series"),
    "purposes": ("source", "typed", "match", "purpose"),
}
ENTERED_AT_ONCE = ("positions", "employees", "accounts")
LOG_COLUMNS = ("time", "account", "resource", "action", "subject", "purpose", "workstation")


def write_city(city: City, folder: Path) -> dict[str, Path]:
    """Write a city as the files that an entity would hand in.

    Returns:
        Each kind that has rows, in an order in which the kinds can be imported, then `log-<system>` for each system:
        there record n is the n-th event of that system in `city.events`.
    """
    files = {}
    for kind, columns in COLUMNS.items():
        if city.cells(kind):
            files[kind] = _write_csv(folder / f"{kind}.csv", columns, city.cells(kind))
    for system in city.source_zones:
        events = [event for event in city.events if event["system"] == system]
        files[f"log-{system}"] = _write_csv(folder / f"log-{system}.csv", LOG_COLUMNS, events)
    return files


def as_entered(city: City) -> list[tuple[datetime, City]]:
    """Give, for each of the service's clock times at which rows were entered, the city with all rows known by then."""
    moments = sorted({moment for rows in city.rows.values() for row in rows for moment in _entries(row)})
    return [(moment, replace(city, rows=_known(city.rows, moment))) for moment in moments]


def replaced_at(city: City, kind: str, moment: datetime) -> bool:
    """Say whether a file of a kind was, at a moment, the whole truth about the subjects that it named."""
    return any(row.withdrawn_at == moment for row in city.rows.get(kind, []))


def _entries(row: Row) -> Iterator[datetime]:
    yield row.entered_at
    if row.before:
        yield from _entries(row.before)


def _known(rows: Mapping[str, list[Row]], moment: datetime) -> dict[str, list[Row]]:
    """Give each row in the version that was known at a moment."""
    return {kind: [known for row in of_kind if (known := row.known_at(moment))] for kind, of_kind in rows.items()}


def smallest(city: City, differs: Callable[[City], bool]) -> City:
    """Leave out every event, and every row that no other row names, without which a city still differs."""
    for n in reversed(range(len(city.events))):
        fewer = replace(city, events=[*city.events[:n], *city.events[n + 1 :]])
        city = fewer if differs(fewer) else city
    for kind in [kind for kind in COLUMNS if kind not in ("inventory", "positions", "employees")]:
        for n in reversed(range(len(city.rows.get(kind, [])))):
            fewer = replace(city, rows={**city.rows, kind: [*city.rows[kind][:n], *city.rows[kind][n + 1 :]]})
            city = fewer if differs(fewer) else city
    return city


def _write_csv(path: Path, columns: Sequence[str], rows: Sequence[Cells]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return path
