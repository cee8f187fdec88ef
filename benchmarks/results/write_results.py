"""Writes RESULTS.md from the figures of a run, for people who know nothing of this project yet."""

from importlib.resources import files
from pathlib import Path

from benchmarks.results.competitors import Figures, agreements
from benchmarks.results.figure_rows import figure_rows
from benchmarks.results.list_aims import list_aims
from benchmarks.results.of_running import running_extent
from benchmarks.results.of_service import service_extent
from benchmarks.results.reasons import reasons_of

_NAMED = ("day", "machine", "versions", "format_records", "table_rows", "workbook_rows", "findings")


def write_results(figures: Figures, path: Path) -> None:
    """Write the results: what was aimed at and reached, all figures, and how each was measured."""
    aims = list_aims(figures)
    every = [aim for table in aims.values() for aim in table]
    tables = {name: [aim.row() for aim in table] for name, table in aims.items()} | dict(figure_rows(figures))
    layout = files("benchmarks").joinpath("results-layout.md").read_text("utf-8")
    text = layout.format(
        **{name: "\n".join(rows) for name, rows in tables.items()},
        why="\n".join(reasons_of(every)) or "None is.",
        missed=sum(aim.missed_by > 1 for aim in every),
        aims=len(every),
        agreements="\n".join(f"| {name} | {asked:,} | {same:,} |" for name, asked, same in agreements(figures)),
        **{name: figures[name] for name in _NAMED},
        **figures["size"],
        **figures["asked"],
        **_extent(figures),
    )
    path.write_text(text, "utf-8")


def all_agree(figures: Figures) -> bool:
    """Say whether every competitor answered as we do wherever it was compared."""
    return all(same == compared for _, compared, same in agreements(figures))


def _extent(figures: Figures) -> dict[str, object]:
    """Say how much was measured, and on what."""
    first, larger = figures["deciding"][0], figures["larger_events"]
    of_rivals = {
        name: _part(first[name]["whole"]["events"], first["ours"]["events"]) for name in ("pandas", "postgresql")
    }
    return {
        **of_rivals,
        "runs": len(figures["logs"]),
        "mebibytes": figures["log_bytes"] / 2**20,
        "quoted_mebibytes": figures["quoted_bytes"] / 2**20,
        "hospital_events": figures["hospital_events"],
        "next_events": figures["next_events"],
        "larger": f"{larger:,} events of the same people" if larger else "that was left out of this run",
        "threads": figures["logs"][0]["scans"][0]["threads"],
        "server": first["postgresql"]["version"],
        "casbin_asked": ", ".join(str(one["casbin"]["whole"]["asked"]) for one in figures["deciding"]),
        "casbin_own": ", ".join(str(one["casbin"]["own"]["asked"]) for one in figures["deciding"]),
        "live": first["live"]["decisions"],
        **service_extent(figures),
        **running_extent(figures),
        "joins": "; ".join(first["postgresql"]["whole"]["joins"]),
    }


def _part(decided: int, events: int) -> str:
    return "all events" if decided >= events else f"the first {decided:,} events, extrapolated to all in proportion"
