"""Takes the steps of one round, each between two bare scans of the log."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from benchmarks.measured import run_module
from benchmarks.progress import say

Figures: TypeAlias = dict[str, Any]
Steps: TypeAlias = Mapping[str, Callable[[], Figures]]


def beside_scans(log: Path, steps: Steps) -> Figures:
    """Take the steps with a bare scan before and after each.

    Returns:
        The figures of each step by its name, with the mean processor time of its two scans as `scan`; and all `scans`.
    """
    figures: Figures = {}
    scans = [run_module("bare_scan", log)]
    for name, step in steps.items():
        taken = step()
        scans.append(run_module("bare_scan", log))
        figures[name] = {**taken, "scan": (scans[-2]["processor"] + scans[-1]["processor"]) / 2}
        say(f"  {name}: {json.dumps(figures[name])}")
    figures["scans"] = scans
    return figures
