"""Measures the program beside its limits and its competitors: `python -m benchmarks.run`; writes benchmarks/RESULTS.md.

Each thing runs in a process of its own with a bare scan of the log before and after it, again and again in turns, so
that ratios hold on a machine that is not always equally fast. Nothing else should run meanwhile.
"""

import json
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.machine import describe_machine, describe_versions
from benchmarks.measure_deciding import Deciding, deciding_steps
from benchmarks.measure_formats import measure_formats
from benchmarks.measure_hospital import measure_hospital
from benchmarks.measure_incremental import incremental_steps
from benchmarks.measure_logs import Logs, log_steps
from benchmarks.measure_running import measure_running
from benchmarks.measure_service import measure_service, prepare_store
from benchmarks.measure_spark import spark_steps
from benchmarks.measure_start import sample_city, start_steps
from benchmarks.measure_tables import prepare_tables, table_steps
from benchmarks.measure_workbook import prepare_workbook, workbook_steps
from benchmarks.measured import run_module
from benchmarks.options import PARTS, read_options, size_of
from benchmarks.prepare import Prepared, prepare
from benchmarks.progress import say
from benchmarks.results.write_results import all_agree, write_results
from benchmarks.rounds import Figures, Steps, beside_scans
from benchmarks.write_quoted import write_quoted

_TIMES_LARGER = 3
_TIMES_OF_HOSPITAL = 6


def main() -> int:
    """Measure everything; 1 when a competitor's answers differ from ours."""
    chosen = read_options((__doc__ or "").splitlines()[0])
    chosen.folder = chosen.folder.absolute()
    kept = chosen.folder / "figures.json"
    city = prepare(chosen.folder, size_of(chosen))
    figures: Figures = json.loads(kept.read_text("utf-8")) if chosen.only and kept.exists() else {}
    figures |= {
        "day": str(datetime.now(UTC).date()),
        "machine": describe_machine(),
        "versions": describe_versions(),
        "size": vars(size_of(chosen)),
        "log_bytes": city.log_bytes,
        "table_rows": chosen.table_rows,
        "workbook_rows": chosen.workbook_rows,
    }
    for part in chosen.only or PARTS:
        measured = _PARTS[part](city, chosen)
        figures |= {**measured, "measured": [*{*figures.get("measured", ()), part}]}
        kept.write_text(json.dumps(figures, indent=1), "utf-8")
        say(f"{part}: done")
    if missing := sorted({*PARTS} - {*figures["measured"]}):
        say(f"Not written, as these parts were not measured yet: {', '.join(missing)}. The figures are in {kept}.")
        return 0
    write_results(figures, chosen.out)
    say(f"Written: {chosen.out}")
    return 0 if all_agree(figures) else 1


def _logs(city: Prepared, chosen: Namespace) -> Figures:
    larger = None
    if not chosen.without_larger:
        size = size_of(chosen)
        larger = prepare(chosen.folder / "larger", replace(size, events=size.events * _TIMES_LARGER))
    logs = Logs(city, write_quoted(city.log, city.folder / "quoted.csv"), larger)
    return {
        "larger_events": 0 if larger is None else chosen.events * _TIMES_LARGER,
        "quoted_bytes": logs.quoted.stat().st_size,
        "logs": _rounds("Import and audit", city.log, chosen.runs, lambda _: log_steps(logs)),
    }


def _formats(_: Prepared, chosen: Namespace) -> Figures:
    formats = measure_formats(chosen.folder / "formats", chosen.format_records, chosen.runs)
    return {"format_records": chosen.format_records, "formats": formats}


def _incremental(city: Prepared, chosen: Namespace) -> Figures:
    rounds = _rounds("Audits that go on", city.log, chosen.runs, lambda _: incremental_steps(city, chosen.next_events))
    return {"next_events": chosen.next_events, "incremental": rounds}


def _hospital(city: Prepared, chosen: Namespace) -> Figures:
    hospital, rounds = _prepare_hospital(chosen), list[Figures]()
    for number in range(chosen.runs):
        say(f"A hospital, run {number + 1}")
        rounds.append(measure_hospital(city, hospital, chosen.next_events))
    return {"hospital_events": hospital.events, "hospital_bytes": hospital.log_bytes, "hospital": rounds}


def _prepare_hospital(chosen: Namespace) -> Prepared:
    size = size_of(chosen)
    return prepare(chosen.folder / "hospital", replace(size, events=size.events * _TIMES_OF_HOSPITAL))


def _deciding(city: Prepared, chosen: Namespace) -> Figures:
    data = city.folder / "data"
    say("Writing the question and our answers")
    asked = run_module("list_asked", data, city.folder)
    deciding = Deciding(data, city.folder, chosen.part, chosen.casbin_seconds)
    rounds = _rounds("Deciding", city.log, chosen.runs, lambda number: deciding_steps(deciding, number))
    return {"asked": asked, "deciding": rounds}


def _spark(city: Prepared, chosen: Namespace) -> Figures:
    return {"spark": _rounds("On Spark", city.log, chosen.runs, lambda _: spark_steps(city))}


def _small_things(city: Prepared, chosen: Namespace) -> Figures:
    data = sample_city(chosen.folder / "demo")
    tables = prepare_tables(chosen.folder / "tables", chosen.table_rows)
    decided = prepare_workbook(chosen.folder / "workbook", chosen.workbook_rows)
    return {
        "start": _rounds("Start-up", city.log, chosen.runs, lambda _: start_steps(data)),
        "tables": _rounds("Tables", city.log, chosen.runs, lambda _: table_steps(tables)),
        "workbook": _rounds("Workbook", city.log, chosen.runs, lambda _: workbook_steps(decided)),
    }


def _service(city: Prepared, chosen: Namespace) -> Figures:
    store, rounds = prepare_store(city), list[Figures]()
    for number in range(chosen.runs):
        say(f"Service, run {number + 1}")
        rounds.append(measure_service(store, chosen.port))
    return {"service": rounds, "findings": store.findings}


def _running(_: Prepared, chosen: Namespace) -> Figures:
    hospital = _prepare_hospital(chosen)
    store, rounds = prepare_store(hospital), list[Figures]()
    for number in range(chosen.runs):
        say(f"The service of a hospital, run {number + 1}")
        rounds.append(measure_running(store, chosen.port))
    return {"running": rounds, "hospital_events": hospital.events, "hospital_findings": store.findings}


def _rounds(name: str, log: Path, count: int, steps: Callable[[int], Steps]) -> list[Figures]:
    rounds = []
    for number in range(count):
        say(f"{name}, run {number + 1}")
        rounds.append(beside_scans(log, steps(number)))
    return rounds


_PARTS: dict[str, Callable[[Prepared, Namespace], Figures]] = {
    "logs": _logs,
    "formats": _formats,
    "incremental": _incremental,
    "hospital": _hospital,
    "deciding": _deciding,
    "spark": _spark,
    "small": _small_things,
    "service": _service,
    "running": _running,
}


if __name__ == "__main__":
    sys.exit(main())
