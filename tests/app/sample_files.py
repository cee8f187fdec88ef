"""How tests read a sample city's files, and which of its rows can bear on an access."""

import csv
import gzip
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import IO, cast
from zoneinfo import ZoneInfo

from app.sample_city.logs import SampleLog
from tests.reference.cases import normal_account
from tests.reference.facts import Cells, City, Row

CHICAGO = ZoneInfo("America/Chicago")
TEMPLATE = {
    "Name of Record, File, Process, Form or Data Type": "name",
    "Description": "description",
    "Data Classification": "classification",
    "Citation for Classification": "citation",
    "Employee Work Access": "work_access",
}


class Bearing:
    """Leaves out the rows that cannot bear on an event: another's, or about other data. What is left decides alike."""

    def __init__(self, rows: dict[str, list[Row]]) -> None:
        self._rows = rows
        self._target = cache(self._find_target)
        self._about = cache(self._find_about)

    def on(self, event: Cells) -> City:
        """Give a city of the rows that can bear on an event."""
        target = self._target(event["system"], event["resource"].rstrip("0123456789"))
        return self._about(event["system"], normal_account(event["account"]), target)

    def _find_target(self, system: str, place: str) -> str:
        """Give what the longest pattern maps a place to; an item's number changes no match."""
        of_system = [row.cells for row in self._rows["resources"] if row.cells["system"] == system]
        matching = [cells for cells in of_system if fnmatchcase(f"{place}0".casefold(), cells["pattern"].casefold())]
        return max(matching, key=lambda cells: len(cells["pattern"]))["series"] if matching else ""

    def _find_about(self, system: str, account: str, target: str) -> City:
        accounts = [
            row
            for row in self._rows["accounts"]
            if row.cells["system"] == system and normal_account(row.cells["login"]) == account
        ]
        holders = {row.cells["employee_id"] for row in accounts}
        kept = {
            kind: [row for row in rows if row.cells.get("employee_id", "") in holders]
            for kind, rows in self._rows.items()
            if kind in ("assignments", "officers", "officer-duties", "temporary-duties")
        }
        series = [row for row in self._rows["inventory"] if target in (row.cells["code"], row.cells["name"])]
        names = {target, "*", *(row.cells[column] for row in series for column in ("code", "name"))}
        about = {"inventory": series, "accounts": accounts}
        for kind in ("officer-duties", "temporary-duties"):
            about[kind] = [row for row in kept[kind] if row.cells["series"] in names]
        for kind in ("work-access", "resources"):
            about[kind] = [row for row in self._rows[kind] if row.cells["series"] in names]
        return City("America/Chicago", {**self._rows, **kept, **about})


def cells_of(path: Path) -> list[Cells]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{TEMPLATE.get(heading, heading): cell for heading, cell in row.items()} for row in csv.DictReader(file)]


def events_of(log: SampleLog) -> Iterator[Cells]:
    """Read a log by what the city says of it."""
    with _opened(log.path) as file:
        for record in csv.DictReader(file) if log.format == "csv" else map(json.loads, file):
            event = {field: _at(record, where) for field, where in log.fields.items()}
            event |= {"system": log.system, "action": log.actions.get(event["action"], "other")}
            if log.time_format != "iso8601":
                event["time"] = datetime.strptime(event["time"], log.time_format).isoformat()  # noqa: DTZ007 - local
            yield event


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return cast("IO[str]", gzip.open(path, "rt", encoding="utf-8", newline=""))
    return path.open(encoding="utf-8", newline="")


def _at(record: Mapping[str, object], where: str) -> str:
    """Give what stands under a heading, or at a path of keys divided by dots."""
    if where in record:
        return str(record[where])
    key, _, rest = where.partition(".")
    return _at(cast("Mapping[str, object]", record[key]), rest)


def instant_of(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=CHICAGO)
