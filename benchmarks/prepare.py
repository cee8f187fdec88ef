"""Makes what the measurements start from: the city, and a data folder that knows everything but its log."""

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.measured import run_module, run_then, run_thirteen
from benchmarks.progress import say

_WRITTEN = "city.json"


@dataclass(frozen=True)
class Size:
    """How large a city is measured."""

    events: int
    employees: int
    series: int
    assignments: int
    duties: int


@dataclass(frozen=True)
class Prepared:
    """What the measurements start from.

    Args:
        log: The one access log, a CSV file with the canonical headings.
        events: How many records it has.
        log_bytes: How large it is.
        source: The name of the log's source.
        base: The data folder before the log's import; repetitions work on copies of it.
    """

    folder: Path
    log: Path
    events: int
    log_bytes: int
    source: str
    base: Path


def prepare(folder: Path, size: Size) -> Prepared:
    """Write the city, or use the one that is there if it has this size, and load it through the real command line."""
    say(f"Preparing a city of {size.events:,} events in {folder}")
    city = _city(folder, size)
    base = folder / "base"
    _load(city, base, run_thirteen)
    return Prepared(folder, Path(city["log"]), size.events, city["bytes"], city["system"], base)


def prepare_then(city: Prepared, name: str) -> Path:
    """Load the city into another data folder beside, as of the turn of its year, and give that."""
    written: dict[str, Any] = json.loads((city.folder / _WRITTEN).read_text("utf-8"))
    _load(written, city.folder / name, run_then)
    return city.folder / name


def _load(city: Mapping[str, Any], base: Path, run: Callable[..., object]) -> None:
    shutil.rmtree(base, ignore_errors=True)
    run(base, "init", "--entity", city["entity"])
    for kind, path in city["files"]:
        run(base, "import", kind, path)
    source = city["system"]
    run(base, "source", "add", source, "--format", "csv", "--system", source, "--time-zone", "UTC")


def _city(folder: Path, size: Size) -> dict[str, Any]:
    written = folder / _WRITTEN
    wanted = asdict(size)
    if written.exists():
        known: dict[str, Any] = json.loads(written.read_text("utf-8"))
        if known["size"] == wanted:
            return known
    folder.mkdir(parents=True, exist_ok=True)
    written.unlink(missing_ok=True)
    city = run_module("write_city", folder / "city", json.dumps(wanted))
    written.write_text(json.dumps({"size": wanted, **city}), "utf-8")
    return {"size": wanted, **city}
