"""Runs one thing at a time in a process of its own, and says how much processor time and memory it took.

This module and the runner import nothing heavy: a child's peak memory counts what its parent held when it was started.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_THIRTEEN = Path(sys.executable).parent / "thirteen"


@dataclass(frozen=True)
class Measured:
    """What one process took from its start to its end.

    Args:
        processor: Seconds of all its threads together, user and system, as the system accounts them.
        wall: Seconds on the clock.
        peak_mib: The most memory it held.
    """

    processor: float
    wall: float
    peak_mib: float
    output: str

    def figures(self) -> dict[str, Any]:
        """Give what is kept of it: all but its output, and of that the first line."""
        taken = {"processor": self.processor, "wall": self.wall, "peak_mib": self.peak_mib}
        return {**taken, "said": self.output.splitlines()[:1]}


def run_thirteen(data_dir: Path | None, *arguments: str | Path) -> Measured:
    """Run the real command line, on a data folder if one is given.

    Raises:
        RuntimeError: It did not exit with 0.
    """
    where = ["--data-dir", data_dir] if data_dir else []
    return _run([_THIRTEEN, *where, *arguments])


def run_then(data_dir: Path, *arguments: str | Path) -> Measured:
    """Run the command line as `benchmarks.then` does.

    Raises:
        RuntimeError: It did not exit with 0.
    """
    return _run([*then(data_dir), *arguments])


def then(data_dir: Path) -> list[str]:
    """Give the beginning of the command line as of the turn of the city's year."""
    os.environ.setdefault("BENCHMARK_BEGAN", str(time.time()))
    return [sys.executable, "-m", "benchmarks.then", "--data-dir", str(data_dir)]


def run_module(name: str, *arguments: object) -> dict[str, Any]:
    """Run a module of this package in a process of its own and give the JSON object that it writes.

    Raises:
        RuntimeError: It did not exit with 0.
    """
    answer: dict[str, Any] = json.loads(_run([sys.executable, "-m", f"benchmarks.{name}", *arguments]).output)
    return answer


def audit_beside_others(data_dir: Path) -> float:
    """Audit while others change the record, and give the seconds on the clock.

    In the end it publishes nothing and says so, as what it read was changed meanwhile.
    """
    began = time.perf_counter()
    command = [*then(data_dir), "audit"]
    subprocess.run(command, cwd=ROOT, env=_environment(), capture_output=True, check=False)  # noqa: S603 - our own
    return time.perf_counter() - began


def answer(**figures: object) -> None:
    """Write a module's figures as the JSON object that `run_module` reads."""
    sys.stdout.write(json.dumps(figures))


def _run(command: Sequence[object]) -> Measured:
    began = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own programs
        [str(part) for part in command], cwd=ROOT, env=_environment(), stdout=subprocess.PIPE, text=True
    ) as process:
        if process.stdout is None:
            raise RuntimeError("The process has no output.")
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)  # the only call that gives one child's own peak
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    if process.returncode != 0:
        raise RuntimeError(f"This failed: {' '.join(map(str, command))}\n{output}")
    return Measured(usage.ru_utime + usage.ru_stime, wall, _mebibytes(usage.ru_maxrss), output)


def _environment() -> dict[str, str]:
    """Give what a user's shell would: no settings of ours, and modules compiled once, not at every start."""
    given = os.environ.items()
    return {
        name: value
        for name, value in given
        if not name.startswith("THIRTEEN_") and name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"}
    }


def _mebibytes(peak: int) -> float:
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10  # bytes there, kibibytes elsewhere
