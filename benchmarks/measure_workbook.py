"""A large workbook beside openpyxl writing the bare cells.

Ours is the whole command `report decisions`, the deciding included; the peer only writes the same cells.
"""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.fresh_copy import fresh_copy
from benchmarks.measured import run_module, run_thirteen
from benchmarks.prepare import Size, prepare
from benchmarks.rounds import Steps

_ZONE = "America/Chicago"  # the zone of an entity that names none, in which the report shows times


@dataclass(frozen=True)
class Decided:
    """A data folder with events, and what was decided on them, in a file for the peer."""

    data: Path
    cells: Path


def prepare_workbook(folder: Path, rows: int) -> Decided:
    """Make a data folder with so many events."""
    prepared = prepare(folder, Size(events=rows, employees=400, series=135, assignments=1_000, duties=300))
    data, cells = fresh_copy(prepared.base), folder / "cells.parquet"
    run_thirteen(data, "import", "log", prepared.log, "--source", prepared.source)
    run_thirteen(data, "decisions", "--out", cells)
    return Decided(data, cells)


def workbook_steps(decided: Decided) -> Steps:
    """List the steps of one round."""
    folder = decided.cells.parent
    return {
        "workbook": lambda: run_thirteen(decided.data, "report", "decisions", "--out", folder / "ours.xlsx").figures(),
        "bare_workbook": lambda: run_module("bare_workbook", decided.cells, folder / "bare.xlsx", _ZONE),
    }
