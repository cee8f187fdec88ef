"""Audits that go on from the one before, after the next log or one changed grant, beside audits of everything."""

import csv
from datetime import date
from itertools import islice
from pathlib import Path

from benchmarks.fresh_copy import fresh_copy
from benchmarks.measured import run_thirteen
from benchmarks.prepare import Prepared
from benchmarks.rounds import Figures, Steps

_DUTY = {"start": "2025-08-16T07:00:00-05:00", "end": "2025-08-21T17:00:00-05:00", "reason": "Covers for a colleague"}


def incremental_steps(city: Prepared, events: int) -> Steps:
    """List the steps of one round, on copies of the city's folder `data`, in which its log is imported.

    Args:
        events: How many the next log has: the city's first ones, a year later.
    """
    data = city.folder / "data"
    run_thirteen(data, "audit", "--whole")
    grown = _grown(data, city, events)
    granted = fresh_copy(data, "data-granted")
    run_thirteen(granted, "import", "temporary-duties", _write_duty(city.folder))
    steps: dict[str, Path] = {"next": grown, "grant": granted}
    return {
        name: step
        for change, changed in steps.items()
        for name, step in _beside_whole(change, changed, fresh_copy(changed, f"{changed.name}-whole")).items()
    }


def _beside_whole(change: str, changed: Path, copy: Path) -> Steps:
    """Give the audit that goes on and the one of everything, which must say the same."""
    said: list[object] = []

    def go_on() -> Figures:
        taken = run_thirteen(changed, "audit").figures()
        said[:] = [taken["said"]]
        return taken

    def decide_everything() -> Figures:
        taken = run_thirteen(copy, "audit", "--whole").figures()
        if [taken["said"]] != said:
            raise RuntimeError(f"An audit that goes on says {said}, one of everything {taken['said']}.")
        return taken

    return {change: go_on, f"{change}_whole": decide_everything}


def _grown(data: Path, city: Prepared, events: int) -> Path:
    grown = fresh_copy(data, "data-next")
    run_thirteen(grown, "import", "log", _write_next(city, events), "--source", city.source)
    return grown


def _write_next(city: Prepared, events: int) -> Path:
    path = city.folder / "next.csv"
    with city.log.open(encoding="utf-8", newline="") as log, path.open("w", encoding="utf-8", newline="") as written:
        rows, writer = csv.reader(log), csv.writer(written)
        writer.writerow(next(rows))
        for time, *others in islice(rows, events):
            writer.writerow([_a_year_later(time), *others])
    return path


def _a_year_later(time: str) -> str:
    day = date.fromisoformat(time[:10])
    return f"{day.replace(year=day.year + 1, day=min(day.day, 28))}{time[10:]}"


def _write_duty(folder: Path) -> Path:
    path = folder / "granted.csv"
    with (folder / "city" / "temporary-duties.csv").open(encoding="utf-8", newline="") as duties:
        rows = csv.DictReader(duties)
        duty = next(rows) | _DUTY | {"recorded_at": "", "revoked_at": ""}
    with path.open("w", encoding="utf-8", newline="") as written:
        writer = csv.DictWriter(written, list(duty))
        writer.writeheader()
        writer.writerow(duty)
    return path
