"""What may be chosen of a run."""

import argparse
import tempfile
from pathlib import Path

from benchmarks.measured import ROOT
from benchmarks.prepare import Size

_USUAL = Size(events=10_000_000, employees=10_000, series=500, assignments=30_000, duties=20_000)
PARTS = ("logs", "formats", "incremental", "hospital", "deciding", "spark", "small", "service", "running")
_NUMBERS = {
    **{name: (usual, f"how many {name} the city has") for name, usual in vars(_USUAL).items()},
    "runs": (3, "how often everything is measured"),
    "part": (_USUAL.events, "how many events pandas and PostgreSQL decide"),
    "next-events": (200_000, "how many events the next log brings"),
    "format-records": (200_000, "how many records the log of each format has"),
    "table-rows": (20_000, "how many rows each table has"),
    "workbook-rows": (100_000, "how many rows the large workbook has"),
}


def read_options(about: str) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=about)
    for name, (usual, meaning) in _NUMBERS.items():
        parser.add_argument(f"--{name}", type=int, default=usual, help=f"{meaning} (default: {usual:,})")
    parser.add_argument("--casbin-seconds", type=float, default=60, help="how long a run may ask Casbin (default: 60)")
    parser.add_argument(
        "--only", choices=PARTS, action="append", help="measure this part alone, or these; the others' figures are kept"
    )
    parser.add_argument("--port", type=int, default=8_051, help="where the service listens; the next one is used too")
    parser.add_argument(
        "--without-larger", action="store_true", help="leave out the city with three times the events: 5 GB, 6 minutes"
    )
    kept = Path(tempfile.gettempdir()) / "thirteen-benchmark"
    parser.add_argument("--folder", type=Path, default=kept, help="where to work; cities are kept there between runs")
    results = ROOT / "benchmarks" / "RESULTS.md"
    parser.add_argument("--out", type=Path, default=results, help="where to write the results")
    return parser.parse_args()


def size_of(chosen: argparse.Namespace) -> Size:
    """Give the size of the city that is measured."""
    return Size(**{name: getattr(chosen, name) for name in vars(_USUAL)})
