"""Deciding alone: ours, the competitors' and, one by one, live."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.measured import run_module
from benchmarks.rounds import Steps

_CHUNK = 500_000
_CASBIN_EVENTS = 300
_LIVE_DECISIONS = 2_000


@dataclass(frozen=True)
class Deciding:
    """What is decided, and how much of it by whom.

    Args:
        data: The data folder with the imported log.
        folder: Where `list_asked` wrote what the competitors are asked.
        part: How many events pandas and PostgreSQL decide.
        casbin_seconds: How long a round may ask Casbin.
    """

    data: Path
    folder: Path
    part: int
    casbin_seconds: float


def deciding_steps(deciding: Deciding, number: int) -> Steps:
    """List the steps of one round, the first of which has the number 0; each asks Casbin about other events."""
    data, folder = deciding.data, deciding.folder
    casbin = (data, folder, number * _CASBIN_EVENTS, _CASBIN_EVENTS, deciding.casbin_seconds)
    return {
        "ours": lambda: run_module("decide_alone", data),
        "pandas": lambda: run_module("by_pandas", folder, deciding.part, _CHUNK),
        "postgresql": lambda: run_module("by_postgresql", folder, deciding.part),
        "casbin": lambda: run_module("by_casbin", *casbin),
        "live": lambda: run_module("live_decisions", data, _LIVE_DECISIONS),
    }
