"""A large workbook beside openpyxl writing the bare cells: `python -m benchmarks.workbook_rows FOLDER ROWS`.

Ours is the processor time of the whole command `report decisions`, the deciding included; the peer's is that of writing
the same cells alone, in a new process. They take turns.
"""

import sys
from pathlib import Path
from statistics import median

from benchmarks.measured import answer, run_module, run_thirteen
from benchmarks.prepare import Size, prepare

_RUNS = 3
_ZONE = "America/Chicago"  # the zone of an entity that names none, in which the report shows times


def main() -> None:
    """Write the decisions on so many events again and again, and give the medians."""
    folder, rows = Path(sys.argv[1]), int(sys.argv[2])
    data = _decided(folder, rows)
    ours, bare = [], []
    for _ in range(_RUNS):
        ours.append(run_thirteen(data, "report", "decisions", "--out", folder / "ours.xlsx"))
        bare.append(run_module("bare_workbook", folder / "cells.parquet", folder / "bare.xlsx", _ZONE))
    seconds = median(run.processor_seconds for run in ours)
    peer = median(run["processor_seconds"] for run in bare)
    answer(
        rows=rows,
        processor_seconds=seconds,
        peer_processor_seconds=peer,
        ratio=seconds / peer,
        peak_mib=max(run.peak_mib for run in ours),
    )


def _decided(folder: Path, rows: int) -> Path:
    """Make a data folder with so many events, and write what was decided on them for the peer."""
    prepared = prepare(folder, Size(events=rows, employees=400, series=135, assignments=1_000, duties=300))
    data = prepared.fresh_copy()
    run_thirteen(data, "import", "log", prepared.log, "--source", prepared.source)
    run_thirteen(data, "decisions", "--out", folder / "cells.parquet")
    return data


if __name__ == "__main__":
    main()
