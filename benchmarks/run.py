"""Measures the program beside its limit and its competitors: `python -m benchmarks.run`; writes benchmarks/RESULTS.md.

Each thing runs in a process of its own with a bare scan of the log before and after it, again and again in turns, so
that ratios hold on a machine that is not always equally fast. Nothing else should run meanwhile.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.measured import ROOT, Measured, run_module, run_thirteen
from benchmarks.prepare import Prepared, Size, prepare
from benchmarks.results import all_agree, write_results

_CHUNK = 500_000
_CASBIN_EVENTS = 300
_LIVE_DECISIONS = 2_000
Steps = Mapping[str, Callable[[], dict[str, Any]]]


def main() -> int:
    """Measure everything; 1 when a competitor's answers differ from ours."""
    chosen = _options()
    size = Size(chosen.events, chosen.employees, chosen.series, chosen.assignments, chosen.duties)
    _say(f"Preparing a city of {size.events:,} events in {chosen.folder}")
    prepared = prepare(chosen.folder, size)
    figures: dict[str, Any] = {"size": vars(size), "log_bytes": prepared.log_bytes, "commands": [], "deciders": []}
    for number in range(chosen.runs):
        _say(f"Import and audit, run {number + 1}")
        figures["commands"].append(_beside_scans(prepared, _commands(prepared)))
    data = prepared.folder / "data"
    _say("Writing the question and our answers")
    figures["asked"] = run_module("list_asked", data, prepared.folder)
    for number in range(chosen.runs):
        _say(f"Deciding, run {number + 1}")
        figures["deciders"].append(_beside_scans(prepared, _deciders(prepared, data, number, chosen)))
    (chosen.folder / "figures.json").write_text(json.dumps(figures, indent=1), "utf-8")
    write_results(figures, chosen.out)
    _say(f"Written: {chosen.out}")
    return 0 if all_agree(figures) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=(__doc__ or "").splitlines()[0])
    sizes = {"events": 10_000_000, "employees": 10_000, "series": 500, "assignments": 30_000, "duties": 20_000}
    for name, usual in sizes.items():
        parser.add_argument(f"--{name}", type=int, default=usual, help=f"how many (default: {usual:,})")
    kept = Path(tempfile.gettempdir()) / "thirteen-benchmark"
    parser.add_argument("--folder", type=Path, default=kept, help="where to work; the city is kept there between runs")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "benchmarks" / "RESULTS.md", help="where to write the results"
    )
    parser.add_argument("--runs", type=int, default=3, help="how often everything is measured (default: 3)")
    parser.add_argument(
        "--part", type=int, default=sizes["events"], help="how many events pandas and PostgreSQL decide"
    )
    parser.add_argument(
        "--casbin-seconds", type=float, default=100, help="how long each run may ask Casbin (default: 100)"
    )
    return parser.parse_args()


def _beside_scans(prepared: Prepared, steps: Steps) -> dict[str, Any]:
    """Take the steps with a bare scan before and after each; give each its figures and the mean of its two scans."""
    figures: dict[str, Any] = {}
    scans = [_scan(prepared)]
    for name, step in steps.items():
        figures[name] = step()
        scans.append(_scan(prepared))
        figures[name]["scan"] = (scans[-2] + scans[-1]) / 2
        _say(f"  {name}: {json.dumps(figures[name])}")
    figures["scans"] = scans
    return figures


def _scan(prepared: Prepared) -> float:
    return float(run_module("bare_scan", prepared.log)["seconds"])


def _commands(prepared: Prepared) -> Steps:
    data = prepared.fresh_copy()
    return {
        "copy": lambda: run_module("bare_copy", prepared.log, prepared.folder),
        "import": lambda: _figures(run_thirteen(data, "import", "log", prepared.log, "--source", prepared.source)),
        "audit": lambda: _figures(run_thirteen(data, "audit")),
    }


def _figures(measured: Measured) -> dict[str, Any]:
    return {"seconds": measured.seconds, "peak_mib": measured.peak_mib, "said": measured.output.splitlines()[:1]}


def _deciders(prepared: Prepared, data: Path, number: int, chosen: argparse.Namespace) -> Steps:
    folder, first = prepared.folder, number * _CASBIN_EVENTS
    casbin = (data, folder, first, _CASBIN_EVENTS, chosen.casbin_seconds)
    return {
        "ours": lambda: run_module("decide_alone", data),
        "pandas": lambda: run_module("by_pandas", folder, chosen.part, _CHUNK),
        "postgresql": lambda: run_module("by_postgresql", folder, chosen.part),
        "casbin": lambda: run_module("by_casbin", *casbin),
        "live": lambda: run_module("live_decisions", data, _LIVE_DECISIONS),
    }


def _say(text: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")


if __name__ == "__main__":
    sys.exit(main())
