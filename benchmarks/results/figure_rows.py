"""The rows of the tables of figures: what each thing took, of the processors and on the clock."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from benchmarks.results.competitors import (
    COMPETITORS,
    FROM_FACTS,
    KINDER,
    PROCESSOR,
    WALL,
    Competitor,
    Figures,
    times_as_fast,
)
from benchmarks.results.list_aims import TABLES
from benchmarks.results.of_formats import format_rows
from benchmarks.results.of_service import decision_rows, page_rows
from benchmarks.results.wording import middle, number, spread

_LOGS = {
    "copy": "DuckDB writing the log's cells to Parquet, nothing else",
    "import": "`thirteen import log`",
    "quoted_import": "`thirteen import log`, quoted and with CRLF",
    "audit": "`thirteen audit`",
    "audit_again": "`thirteen audit`, nothing having changed",
    "larger_import": "`thirteen import log`, three times the events",
    "larger_audit": "`thirteen audit`, three times the events",
}
_INCREMENTAL = {
    "next": "`thirteen audit` after the next log",
    "next_whole": "`thirteen audit --whole` after the next log",
    "grant": "`thirteen audit` after one changed grant",
    "grant_whole": "`thirteen audit --whole` after one changed grant",
}
_HOSPITAL = {
    "import": "`thirteen import log`, six times the events",
    "audit": "`thirteen audit`, six times the events",
    **_INCREMENTAL,
}
_SPARK = {
    "duckdb": "`thirteen audit --whole`",
    "spark": "`thirteen audit --whole --engine spark`",
}
_STEPS = {
    "loading": "ours: loading what is known",
    "resolving": "ours: resolving the grants",
    "mapping": "ours: mapping accounts, resources and purposes",
    "deciding": "ours: deciding, counting, sampling",
}
_SMALL = {
    "start": {"help": "`thirteen --help`", "findings": "`thirteen findings`", "explain": "`thirteen explain`"},
    "workbook": {
        "workbook": "`thirteen report decisions`",
        "bare_workbook": "openpyxl writing the same cells, nothing else",
    },
}


def figure_rows(figures: Figures) -> Mapping[str, list[str]]:
    """Give the rows under the names that the layout has for their tables."""
    return {
        "log_figures": list(_of_logs(figures)),
        "format_figures": list(format_rows(figures)),
        "incremental_figures": list(_of_commands(_INCREMENTAL, figures["incremental"])),
        "hospital_figures": list(_of_commands(_HOSPITAL, figures["hospital"])),
        "spark_figures": list(_of_commands(_SPARK, figures["spark"])),
        "comparisons": list(_comparisons(figures)),
        "deciding_figures": list(_of_deciding(figures)),
        "one_by_one": list(_one_by_one(figures)),
        "page_figures": page_rows(figures["service"]),
        "hospital_page_figures": page_rows([one["service"] for one in figures["running"]]),
        "decision_figures": decision_rows(figures),
        "small_figures": list(_small(figures)),
        "table_figures": list(_of_tables(figures)),
    }


def _of_logs(figures: Figures) -> Iterator[str]:
    rounds = figures["logs"]
    scans = [scan for name in ("logs", "deciding") for one in figures[name] for scan in one["scans"]]
    yield _row("DuckDB's bare typed scan of the log", scans) + " | |"
    for step, label in _LOGS.items():
        if step in rounds[0]:
            taken = [one[step] for one in rounds]
            held = middle([one["peak_mib"] for one in taken], "MiB") if "peak_mib" in taken[0] else ""
            yield f"{_row(label, taken, [one['scan'] for one in taken])} {held} |"


def _of_commands(labels: Mapping[str, str], rounds: Sequence[Figures]) -> Iterator[str]:
    for step, label in labels.items():
        taken = [one[step] for one in rounds]
        held = middle([one["peak_mib"] for one in taken], "MiB")
        yield f"{_row(label, taken, [one['scan'] for one in taken])} {held} |"


def _comparisons(figures: Figures) -> Iterator[str]:
    for rival in COMPETITORS:
        yield _comparison(rival.name, figures, rival)
    for rival in COMPETITORS:
        yield _comparison(f"{rival.name}; ours also resolves the grants and maps the names", figures, rival, FROM_FACTS)
    for rival in KINDER:
        yield _comparison(rival.name, figures, rival)


def _comparison(label: str, figures: Figures, rival: Competitor, steps: Sequence[str] = ("deciding",)) -> str:
    cells = [
        spread(times_as_fast(figures, rival, clock, steps), "times") if clock in rival.clocks else "not known |"
        for clock in (WALL, PROCESSOR)
    ]
    return f"| {label} | {' | '.join(cells)} |"


def _of_deciding(figures: Figures) -> Iterator[str]:
    rounds = figures["deciding"]
    for step, label in _STEPS.items():
        yield _row(label, [one["ours"][step] for one in rounds], [one["ours"]["scan"] for one in rounds])
    for rival in (*COMPETITORS, *KINDER):
        by_clock = {clock: rival.seconds(figures, clock) for clock in rival.clocks}
        taken = [dict(zip(by_clock, seconds, strict=True)) for seconds in zip(*by_clock.values(), strict=True)]
        yield _row(f"{rival.name}, all events", taken, [one[rival.key]["scan"] for one in rounds])


def _one_by_one(figures: Figures) -> Iterator[str]:
    rounds = figures["deciding"]
    for part, label in (("whole", "everybody's policy"), ("own", "only the employee's own policy")):
        asked = [one["casbin"][part] for one in rounds]
        yield _milliseconds(f"pycasbin, one question, {label}", asked)
        yield _milliseconds("— making that enforcer (not counted)", [one["making"] for one in asked])
    for part, label in (("p50", "median"), ("p99", "99th percentile"), ("worst", "slowest")):
        by_clock = [{clock: one["live"][clock][part] / 1000 for clock in (PROCESSOR, WALL)} for one in rounds]
        yield _milliseconds(f"a live decision with its explanation, {label}", by_clock)


def _small(figures: Figures) -> Iterator[str]:
    for name, steps in _SMALL.items():
        for step, label in steps.items():
            yield _row(label, [one[step] for one in figures[name]])


def _of_tables(figures: Figures) -> Iterator[str]:
    for kind, label in TABLES.items():
        first, again = ([one[kind][part] for one in figures["tables"]] for part in ("first", "again"))
        cells = [middle([one[clock] for one in taken], "s") for taken in (first, again) for clock in (PROCESSOR, WALL)]
        ratios = [later[PROCESSOR] / once[PROCESSOR] for once, later in zip(first, again, strict=True)]
        yield f"| {label} | {' | '.join(cells)} | {number(median(ratios))} |"


def _row(label: str, taken: Sequence[Figures], scans: Sequence[float] | None = None) -> str:
    """Give the cells of processor time, its extremes and wall time; and the times of the scans, where there are any.

    Args:
        scans: The mean processor time of the two bare scans beside each.
    """
    processor = [one[PROCESSOR] for one in taken if PROCESSOR in one]
    cells = [label, spread(processor, "s") if processor else "not known |", middle([one[WALL] for one in taken], "s")]
    if scans is not None:
        cells.append(
            number(median(one / scan for one, scan in zip(processor, scans, strict=True))) if processor else ""
        )
    return f"| {' | '.join(cells)} |"


def _milliseconds(label: str, taken: Sequence[Figures]) -> str:
    processor, wall = ([one[clock] * 1000 for one in taken] for clock in (PROCESSOR, WALL))
    return f"| {label} | {spread(processor, 'ms')} | {middle(wall, 'ms')} |"
