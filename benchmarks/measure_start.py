"""Small commands on the sample city of `thirteen demo`: what it takes to start and to answer."""

import json
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.measured import Measured, run_thirteen
from benchmarks.progress import say
from benchmarks.rounds import Figures, Steps

_RUNS = 9


def sample_city(folder: Path) -> Path:
    """Run the demonstration into a folder, and give its data folder."""
    say("Running the demonstration")
    run_thirteen(None, "demo", "--folder", folder)
    return folder / "thirteen-data"


def start_steps(data: Path) -> Steps:
    """List the steps of one round; each command runs nine times, and its medians count."""
    question = _question(data)
    return {
        "help": lambda: _medians(lambda: run_thirteen(None, "--help")),
        "findings": lambda: _medians(lambda: run_thirteen(data, "findings")),
        "explain": lambda: _medians(lambda: run_thirteen(data, "explain", *question)),
    }


def _medians(run: Callable[[], Measured]) -> Figures:
    run()  # whatever is kept from a first run, such as compiled modules, is there in all that count
    runs = [run() for _ in range(_RUNS)]
    return {
        "processor": median(one.processor for one in runs),
        "wall": median(one.wall for one in runs),
        "peak_mib": max(one.peak_mib for one in runs),
    }


def _question(data: Path) -> list[str]:
    """Ask about the first access of a finding that an employee had no assignment."""
    findings = json.loads(run_thirteen(data, "findings", "--format", "json").output)
    finding = next(one for one in findings if one["reason"] == "no_work_assignment")
    return ["--employee", finding["who"], "--series", finding["what"], "--at", finding["first"]]
