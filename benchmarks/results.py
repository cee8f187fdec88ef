"""Writes RESULTS.md from the figures of a run: figures, targets, and how each was measured."""

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from benchmarks.machine import describe_machine, describe_versions

Figures = Mapping[str, Any]
SecondsOf = Callable[[Mapping[str, Any], int], float]
_MOST_MEMORY = 2048
_BOTH = "import and audit, against DuckDB's bare scan of the log"
_LIVE = "a live decision with its explanation, 99th percentile"
_EACH_EVENT = (
    "For each event ours passes eight joins, two of them over periods, and gives one of 16 reasons where the others "
    "answer yes or no; it also counts by reason, draws the sample, and fetches what was flagged with its texts. Each "
    "part takes no more than about a quarter of the time, so that no single one can be made to yield what is missing."
)
# Why a target can be missed, by its name; said where it is.
_WHY: Mapping[str, str] = {
    _BOTH: (
        "To write the log's cells to Parquet and do nothing else takes a multiple of the scan already; the table of "
        "figures has it below the scan. An import also makes a key of each record, by which a later import knows it "
        "(about a quarter of its processor time), reads its time, and writes twice the columns. An audit decides every "
        "event, and for nearly half of its time works in Python, on one core: what is known, whose accounts are whose, "
        "findings and their explanations, and the record of them."
    ),
    "deciding, against pycasbin, event by event": _EACH_EVENT,
    "deciding, against pandas": _EACH_EVENT,
    "deciding, against PostgreSQL": _EACH_EVENT,
    _LIVE: "The median is far below it; the slowest few waited for the machine, which on a quiet day they need not.",
}


@dataclass(frozen=True)
class Target:
    """What is aimed at, and what each run reached.

    Args:
        sign: `≤` or `≥`: on which side of its bound the figure shall be.
        reached: One figure for each run; their median is judged.
    """

    name: str
    sign: str
    bound: float
    unit: str
    reached: Sequence[float]

    @property
    def missed_by(self) -> float:
        """Give the factor between the median and the bound; up to 1 the target is met."""
        median = statistics.median(self.reached)
        return median / self.bound if self.sign == "≤" else self.bound / median

    def row(self) -> str:
        """Give the row of the table of targets."""
        judged = "**met**" if self.missed_by <= 1 else f"**missed** by a factor of {_number(self.missed_by)}"
        aim = f"{self.sign} {self.bound:,.0f} {self.unit}"
        return f"| {self.name} | {aim} | {_spread(self.reached, self.unit)} | {judged} |"


def write_results(figures: Figures, path: Path) -> None:
    """Write the results for people who know nothing of this project yet."""
    version = figures["deciders"][0]["postgresql"]["version"]
    layout = files("benchmarks").joinpath("results-layout.md").read_text("utf-8")
    text = layout.format(
        day=datetime.now(UTC).date(),
        machine=describe_machine(),
        versions=describe_versions(version),
        mebibytes=figures["log_bytes"] / 2**20,
        runs=len(figures["commands"]),
        targets="\n".join(target.row() for target in _targets(figures)),
        why="\n".join(_reasons(figures)) or "None is.",
        kinder="\n".join(_kinder_rows(figures)),
        figures="\n".join(_figure_rows(figures)),
        agreements="\n".join(_agreement_rows(figures)),
        **figures["size"],
        **figures["asked"],
        **_extent(figures),
    )
    path.write_text(text, "utf-8")


def all_agree(figures: Figures) -> bool:
    """Say whether every competitor answered as we do wherever it was compared."""
    return all(agreed == compared for _, compared, agreed in _agreements(figures))


def _targets(figures: Figures) -> Iterable[Target]:
    commands, deciders = figures["commands"], figures["deciders"]
    both = [(one["import"]["seconds"] + one["audit"]["seconds"]) / statistics.fmean(one["scans"]) for one in commands]
    yield Target(_BOTH, "≤", 3, "times", both)
    for name, least, seconds_of in _COMPETITORS:
        faster = _times_faster(figures, seconds_of, _SAME_START)
        yield Target(f"deciding, against {name}", "≥", least, "times as fast", faster)
    for name in ("import", "audit"):
        held = [one[name]["peak_mib"] for one in commands]
        yield Target(f"most memory that the {name} held", "≤", _MOST_MEMORY, "MiB", held)
    slow = [one["live"]["p99"] for one in deciders]
    yield Target(_LIVE, "≤", 10, "ms", slow)


def _reasons(figures: Figures) -> Iterable[str]:
    named: dict[str, list[str]] = {}
    for target in _targets(figures):
        if target.missed_by > 1:
            named.setdefault(_WHY.get(target.name, "Not looked into."), []).append(target.name)
    for reason, names in named.items():
        yield f"* **{'; '.join(names)}.** {reason}"


def _times_faster(figures: Figures, seconds_of: SecondsOf, steps: Sequence[str]) -> list[float]:
    rests = figures["asked"]["rests"]
    return [seconds_of(one, rests) / sum(one["ours"][step] for step in steps) for one in figures["deciders"]]


def _kinder_rows(figures: Figures) -> Iterable[str]:
    for name, _, seconds_of in _COMPETITORS:
        faster = _times_faster(figures, seconds_of, _FROM_FACTS)
        yield f"| {name}; ours also resolves the grants and maps the names | {_spread(faster, 'times')} |"
    for name, seconds_of in _KINDER:
        yield f"| {name} | {_spread(_times_faster(figures, seconds_of, _SAME_START), 'times')} |"


def _casbin_whole(one: Figures, rests: int) -> float:
    return float(one["casbin"]["whole"]["seconds"] * rests)


def _casbin_own(one: Figures, rests: int) -> float:
    return float(one["casbin"]["own"]["seconds"] * rests)


def _pandas(one: Figures, _rests: int) -> float:
    return _for_all(one, "pandas", one["ours"]["events"])


def _postgresql(one: Figures, _rests: int) -> float:
    return _for_all(one, "postgresql", one["ours"]["events"])


def _for_all(one: Figures, name: str, events: int) -> float:
    return float(one[name]["whole"]["seconds"] * events / one[name]["whole"]["events"])


def _merge_alone(name: str) -> SecondsOf:
    return lambda one, rests: float(one[name]["merge"]["seconds"] * rests / one[name]["merge"]["events"])


_COMPETITORS: tuple[tuple[str, float, SecondsOf], ...] = (
    ("pycasbin, event by event", 10_000, _casbin_whole),
    ("pandas", 5, _pandas),
    ("PostgreSQL", 10, _postgresql),
)
# Kinder to the competitor than a comparison of equal work: shown, but no target.
_KINDER: tuple[tuple[str, SecondsOf], ...] = (
    ("pycasbin, with only the employee's own policy", _casbin_own),
    ("pandas, the merge with the grants alone", _merge_alone("pandas")),
    ("PostgreSQL, the join with the grants alone", _merge_alone("postgresql")),
)


def _figure_rows(figures: Figures) -> Iterable[str]:
    commands, deciders, rests = figures["commands"], figures["deciders"], figures["asked"]["rests"]
    scans = [scan for one in (*commands, *deciders) for scan in one["scans"]]
    yield _row("DuckDB's bare typed scan of the log", scans, "s")
    for key, label in _COMMANDS.items():
        yield _beside_scan(label, commands, key, [one[key]["seconds"] for one in commands])
    for step, label in _STEPS.items():
        yield _beside_scan(label, deciders, "ours", [one["ours"][step] for one in deciders])
    for name, seconds_of in (*((name, of) for name, _, of in _COMPETITORS), *_KINDER):
        seconds = [seconds_of(one, rests) for one in deciders]
        yield _beside_scan(f"{name}, all events", deciders, _key_of(name), seconds)
    for part, label in (("whole", "everybody's policy"), ("own", "only the employee's own policy")):
        asked, making = ([one["casbin"][part][what] * 1000 for one in deciders] for what in ("seconds", "making"))
        yield _row(f"pycasbin, one question, {label}", asked, "ms")
        yield _row("— making that enforcer (not counted)", making, "ms")
    for part, label in (("p50", "median"), ("p99", "99th percentile"), ("worst", "slowest")):
        yield _row(f"a live decision with its explanation, {label}", [one["live"][part] for one in deciders], "ms")


_COMMANDS = {
    "copy": "DuckDB writing the log's cells to Parquet, nothing else",
    "import": "`thirteen import log`",
    "audit": "`thirteen audit`",
}
_STEPS = {
    "loading": "ours: loading what is known",
    "resolving": "ours: resolving the grants",
    "mapping": "ours: mapping accounts, resources and purposes",
    "deciding": "ours: deciding, counting, sampling",
}
# What of our work begins where the competitors begin, who are given grants and names; and all of it but loading.
_SAME_START = ("deciding",)
_FROM_FACTS = ("resolving", "mapping", "deciding")


def _key_of(name: str) -> str:
    return name.split(",", maxsplit=1)[0].replace("pycasbin", "casbin").lower()


def _beside_scan(label: str, rounds: Sequence[Figures], key: str, seconds: Sequence[float]) -> str:
    return _row(label, seconds, "s", [value / one[key]["scan"] for value, one in zip(seconds, rounds, strict=True)])


def _row(label: str, values: Sequence[float], unit: str, ratios: Sequence[float] = ()) -> str:
    return f"| {label} | {_spread(values, unit)} | {_number(statistics.median(ratios)) if ratios else ''} |"


def _spread(values: Sequence[float], unit: str) -> str:
    """Give the cells of median and extremes."""
    return f"{_number(statistics.median(values))} {unit} | {_number(min(values))} … {_number(max(values))}"


def _agreement_rows(figures: Figures) -> Iterable[str]:
    for name, compared, agreed in _agreements(figures):
        yield f"| {name} | {compared:,} | {agreed:,} |"


def _agreements(figures: Figures) -> Iterable[tuple[str, int, int]]:
    sides = (("pycasbin", "casbin", ("whole", "own"), "asked"), ("pandas", "pandas", ("whole", "merge"), "compared"))
    for name, key, parts, compared in (*sides, ("PostgreSQL", "postgresql", ("whole", "merge"), "compared")):
        for part in parts:
            rounds = [one[key][part] for one in figures["deciders"]]
            label = f"{name}, {_PARTS[part]}, all runs"
            yield label, sum(one[compared] for one in rounds), sum(one["agreed"] for one in rounds)


_PARTS = {
    "whole": "the whole question",
    "own": "only the employee's own policy",
    "merge": "the join with the grants alone",
}


def _extent(figures: Figures) -> dict[str, object]:
    first = figures["deciders"][0]
    events = first["ours"]["events"]
    parts = {}
    for name in ("pandas", "postgresql"):
        decided = first[name]["whole"]["events"]
        parts[name] = (
            "all events" if decided >= events else f"the first {decided:,} events, extrapolated to all in proportion"
        )
    return {
        **parts,
        "casbin_asked": ", ".join(str(one["casbin"]["whole"]["asked"]) for one in figures["deciders"]),
        "casbin_own": ", ".join(str(one["casbin"]["own"]["asked"]) for one in figures["deciders"]),
        "live": first["live"]["decisions"],
        "joins": "; ".join(first["postgresql"]["whole"]["joins"]),
    }


def _number(value: float) -> str:
    if value >= 100:  # noqa: PLR2004 - three figures are shown
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"  # noqa: PLR2004 - the same
