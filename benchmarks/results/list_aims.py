"""The aims, and what a run reached of each."""

from collections.abc import Iterator, Mapping
from statistics import fmean, median

from benchmarks.results.aim import Aim
from benchmarks.results.competitors import CASBIN, PANDAS, POSTGRESQL, Figures, times_as_fast
from benchmarks.results.of_formats import format_aims
from benchmarks.results.of_running import running_aims
from benchmarks.results.of_service import service_aims

_MOST_MEMORY = 1024
_ROWS = 10_000
_START = {
    "help": ("`thirteen --help`", 0.2),
    "findings": ("`thirteen findings`", 0.6),
    "explain": ("`thirteen explain`", 0.6),
}
INCREMENTAL = {
    "next": "the audit after the next log, against one of everything",
    "grant": "the audit after one changed grant, against one of everything",
}
OF_HOSPITAL = {step: f"{name}, of six times the events" for step, name in INCREMENTAL.items()}
TABLES = {
    "roster": "roster",
    "employees": "employees",
    "assignments": "assignments",
    "accounts": "accounts",
    "work-access": "work access",
    "temporary-duties": "temporary duties",
}


def list_aims(figures: Figures) -> Mapping[str, list[Aim]]:
    """Give the aims under the names that the layout has for their tables."""
    return {
        "log_aims": [*_of_logs(figures), *_of_larger(figures)],
        "format_aims": format_aims(figures),
        "incremental_aims": list(_of_incremental(figures)),
        "hospital_aims": list(_of_hospital(figures)),
        "deciding_aims": list(_of_deciding(figures)),
        "service_aims": service_aims(figures),
        "running_aims": running_aims(figures),
        "small_aims": [*_of_start(figures), *_of_tables(figures), *_of_workbook(figures)],
    }


def _of_logs(figures: Figures) -> Iterator[Aim]:
    rounds = figures["logs"]
    both = _both(figures)
    beside_copy = [seconds / one["copy"]["processor"] for seconds, one in zip(both, rounds, strict=True)]
    yield Aim("import and audit, against DuckDB's bare copy of the log", "≤", 1.35, "times", beside_copy)
    scans = [fmean(scan["processor"] for scan in one["scans"]) for one in rounds]
    beside_scan = [seconds / scan for seconds, scan in zip(both, scans, strict=True)]
    yield Aim("import and audit, against DuckDB's bare scan of the log", "≤", 4.8, "times", beside_scan)
    quoted = [one["quoted_import"]["processor"] / one["import"]["processor"] for one in rounds]
    yield Aim("import of the same log quoted and with CRLF, against the plain one", "≤", 1.3, "times", quoted)
    again = [one["audit_again"]["processor"] / one["audit"]["processor"] for one in rounds]
    yield Aim("an unchanged audit, against a first one", "≤", 0.15, "times", again)
    imports = [max(one[step]["peak_mib"] for step in ("import", "quoted_import")) for one in rounds]
    yield Aim("most memory that an import held", "≤", _MOST_MEMORY, "MiB", imports)
    audits = [one["audit"]["peak_mib"] for one in rounds]
    yield Aim("most memory that an audit held", "≤", _MOST_MEMORY, "MiB", audits)
    stored = [100 * one["import"]["stored_bytes"] / figures["log_bytes"] for one in rounds]
    yield Aim("what an import stores, against the CSV log", "≤", 15, "%", stored)


def _of_larger(figures: Figures) -> Iterator[Aim]:
    if not figures["larger_events"]:
        return
    rounds = figures["logs"]
    larger = [one["larger_import"]["processor"] + one["larger_audit"]["processor"] for one in rounds]
    growth = [seconds / plain for seconds, plain in zip(larger, _both(figures), strict=True)]
    yield Aim("import and audit of three times the events, against the above", "≤", 3.1, "times", growth)
    held = [max(one[step]["peak_mib"] for step in ("larger_import", "larger_audit")) for one in rounds]
    yield Aim("most memory that either held then", "≤", _MOST_MEMORY, "MiB", held)


def _of_incremental(figures: Figures) -> Iterator[Aim]:
    for step, name in INCREMENTAL.items():
        parts = [100 * one[step]["processor"] / one[f"{step}_whole"]["processor"] for one in figures["incremental"]]
        yield Aim(name, "≤", 3, "%", parts)


def _of_hospital(figures: Figures) -> Iterator[Aim]:
    rounds, city = figures["hospital"], median(_both(figures))
    both = [(one["import"]["processor"] + one["audit"]["processor"]) / city for one in rounds]
    yield Aim("import and audit of six times the events, against the city's", "≤", 6.6, "times", both)
    held = [max(one[step]["peak_mib"] for step in ("import", "audit")) for one in rounds]
    yield Aim("most memory that either of these held", "≤", 2 * _MOST_MEMORY, "MiB", held)
    stored = [100 * one["import"]["stored_bytes"] / figures["hospital_bytes"] for one in rounds]
    yield Aim("what the hospital's import stores, against its CSV log", "≤", 40, "%", stored)
    for step, name in OF_HOSPITAL.items():
        parts = [100 * one[step]["processor"] / one[f"{step}_whole"]["processor"] for one in rounds]
        yield Aim(name, "≤", 3, "%", parts)


def _both(figures: Figures) -> list[float]:
    return [one["import"]["processor"] + one["audit"]["processor"] for one in figures["logs"]]


def _of_deciding(figures: Figures) -> Iterator[Aim]:
    for rival, least in ((CASBIN, 10_000), (PANDAS, 10), (POSTGRESQL, 10)):
        faster = times_as_fast(figures, rival, rival.clock)
        yield Aim(f"deciding, against {rival.name}, by {rival.clock} time", "≥", least, "times as fast", faster)
    slow = [one["live"]["processor"]["p99"] for one in figures["deciding"]]
    yield Aim("a live decision with its explanation, 99th percentile", "≤", 10, "ms", slow)


def _of_start(figures: Figures) -> Iterator[Aim]:
    for step, (name, most) in _START.items():
        yield Aim(name, "≤", most, "s", [one[step]["processor"] for one in figures["start"]])


def _of_tables(figures: Figures) -> Iterator[Aim]:
    portion = _ROWS / figures["table_rows"]
    for part, most in (("first", 1.0), ("again", 0.5)):
        for kind, name in TABLES.items():
            seconds = [one[kind][part]["processor"] * portion for one in figures["tables"]]
            yield Aim(f"table {name}, {_PARTS[part]}", "≤", most, "s per 10,000 rows", seconds)


def _of_workbook(figures: Figures) -> Iterator[Aim]:
    beside_peer = [one["workbook"]["processor"] / one["bare_workbook"]["processor"] for one in figures["workbook"]]
    yield Aim("a large workbook, against openpyxl writing its bare cells", "≤", 1.5, "times", beside_peer)


_PARTS = {"first": "first import", "again": "unchanged import"}
