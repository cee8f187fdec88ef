"""Tables of people and of what they may reach: a first import of each, and the same file once more."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.fresh_copy import fresh_copy
from benchmarks.measured import run_thirteen
from benchmarks.progress import say
from benchmarks.rounds import Figures, Steps
from benchmarks.write_tables import write_tables

# In an order in which each finds what its rows refer to. A roster brings its own people, so it has its own data folder.
_AFTER_ONE_ANOTHER = ("employees", "assignments", "accounts", "work-access", "temporary-duties")


@dataclass(frozen=True)
class Tables:
    """What is imported, and a data folder that knows the positions and the series."""

    files: Mapping[str, Path]
    base: Path


def prepare_tables(folder: Path, rows: int) -> Tables:
    """Write tables of so many rows, and import those to which they refer."""
    say(f"Writing tables of {rows:,} rows")
    shutil.rmtree(folder, ignore_errors=True)
    files, base = write_tables(folder, rows), folder / "base"
    run_thirteen(base, "init", "--entity", "City of Tables")
    for kind in ("positions", "inventory"):
        run_thirteen(base, "import", kind, files[kind])
    return Tables(files, base)


def table_steps(tables: Tables) -> Steps:
    """List the steps of one round, one for each kind of table."""
    roster, rest = (fresh_copy(tables.base, name) for name in ("roster-data", "data"))
    return {
        "roster": partial(_twice, roster, "roster", tables.files["roster"], "--as-of", "2025-07-01"),
        **{kind: partial(_twice, rest, kind, tables.files[kind]) for kind in _AFTER_ONE_ANOTHER},
    }


def _twice(data: Path, kind: str, path: Path, *as_later: str) -> Figures:
    """Import a file twice, the second time with what a later one of its kind needs."""
    first, again = (run_thirteen(data, "import", kind, path, *more).figures() for more in ((), as_later))
    return {"first": first, "again": again}
