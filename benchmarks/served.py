"""Keeps a server while it is asked, and asks it from a second process, the load tool's."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.measured import ROOT, then
from benchmarks.progress import say

_SECONDS_TO_START, _SECONDS_BETWEEN_TRIES = 60, 0.2


@dataclass(frozen=True)
class Served:
    """A server that listens."""

    address: str
    process_id: int

    def memory_mib(self) -> float:
        """Give the memory that the server's process holds now."""
        asked = ["ps", "-o", "rss=", "-p", str(self.process_id)]
        told = subprocess.run(asked, capture_output=True, check=True)  # noqa: S603 - the system's own program
        return int(told.stdout) / 2**10


@contextmanager
def served_city(data: Path, port: int, *, watched: bool = True) -> Iterator[Served]:
    """Serve a data folder, as of the turn of the city's year, until the block ends.

    Args:
        watched: Whether looks are written down, as they always are but here.
    """
    command = [*then(data), "serve", "--port", port, "--no-schedule"]
    environment = {} if watched else {"BENCHMARK_UNWATCHED": "1"}
    with _serving(command, f"http://127.0.0.1:{port}", "/health/live", environment) as served:
        yield served


@contextmanager
def served_constant(port: int) -> Iterator[Served]:
    """Serve the bare route until the block ends."""
    command = [sys.executable, "-m", "benchmarks.bare_route", port]
    with _serving(command, f"http://127.0.0.1:{port}", "/", {}) as served:
        yield served


@contextmanager
def _serving(command: Sequence[object], address: str, path: str, more: Mapping[str, str]) -> Iterator[Served]:
    with subprocess.Popen(  # noqa: S603 - ours
        list(map(str, command)), cwd=ROOT, env={**os.environ, **more}, stdout=subprocess.DEVNULL
    ) as process:
        try:
            _wait_until_it_answers(f"{address}{path}")
            yield Served(address, process.pid)
        finally:
            process.terminate()


def _wait_until_it_answers(address: str) -> None:
    for _ in range(int(_SECONDS_TO_START / _SECONDS_BETWEEN_TRIES)):
        try:
            with urlopen(address):  # noqa: S310 - our own address
                return
        except URLError:
            time.sleep(_SECONDS_BETWEEN_TRIES)
    raise RuntimeError(f"Nothing answers at {address}.")


def ask(
    served: Served,
    requests: Sequence[dict[str, Any]],
    folder: Path,
    *,
    callers: int = 1,
    rate: float = 0,
    most: int = 0,
    seconds: int = 0,
) -> dict[str, list[float]]:
    """Ask a server, each caller in turns all requests, and give what each took in milliseconds, by its name.

    Args:
        rate: How often a caller asks in a second; 0 = as soon as it is answered.
        most: After how many requests in all to stop; 0 = after some seconds.

    Raises:
        RuntimeError: Some were not answered as they should be.
    """
    plan, answers = folder / "plan.json", folder / "answers.json"
    asked = {"requests": list(requests), "rate": rate, "most": most, "answers": str(answers)}
    plan.write_text(json.dumps(asked), "utf-8")
    command = [sys.executable, "-m", "locust", "-f", "benchmarks/load.py", "--headless", "--only-summary"]
    command += ["--host", served.address, "--users", str(callers), "--spawn-rate", str(callers), "--loglevel", "ERROR"]
    command += ["--run-time", f"{seconds or 3_600}s", "--reset-stats", "--exit-code-on-error", "0"]
    environment = {**os.environ, "BENCHMARK_PLAN": str(plan)}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)  # noqa: S603 - a known tool
    given = json.loads(answers.read_text("utf-8"))
    if given["faults"]:
        raise RuntimeError(f"{len(given['faults'])} requests failed, first {given['faults'][0]}")
    say(f"  {sum(map(len, given['took'].values())):,} requests of {callers} at once")
    took: dict[str, list[float]] = given["took"]
    return took
