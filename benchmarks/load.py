"""Asks a service as many callers at once, from a process of its own: a file for the load tool Locust.

`python -m locust -f benchmarks/load.py --headless --users N --spawn-rate N --host ADDRESS`, with the path of a plan in
BENCHMARK_PLAN: the requests, how often each caller asks in a second (0 = as soon as it is answered), and how many
requests are made in all, or for how many seconds. What each took stands afterwards in the plan's `answers`.
"""

import json
import os
import random
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

import gevent
from locust import FastHttpUser, events, task
from locust.exception import StopUser

_PLAN = json.loads(Path(os.environ["BENCHMARK_PLAN"]).read_text("utf-8"))
_ASKED: list[dict[str, Any]] = _PLAN["requests"]
_TOOK: dict[str, list[float]] = {one["name"]: [] for one in _ASKED}
_FAULTS: list[str] = []
_NUMBERS = count()
_CHANCE = random.Random(13)  # noqa: S311 - no secret


class Caller(FastHttpUser):
    """One caller, who asks in turns what is planned."""

    network_timeout = 120
    _due = 0.0

    def on_start(self) -> None:
        """Begin at a moment of one's own: callers who ask at a steady rate do not all ask in the same moment."""
        if _PLAN["rate"]:
            phase = _CHANCE.random() / _PLAN["rate"]
            self._due = perf_counter() + phase
            gevent.sleep(phase)

    def wait_time(self) -> float:
        """Give how long until this caller's next moment, by its own clock: Locust's counts from the start of all."""
        if not _PLAN["rate"]:
            return 0
        self._due += 1 / _PLAN["rate"]
        return max(0.0, self._due - perf_counter())

    @task
    def ask(self) -> None:
        """Ask once, and stop where all has been asked."""
        number = next(_NUMBERS)
        if _PLAN["most"] and number >= _PLAN["most"]:
            if number == _PLAN["most"]:  # not by the caller itself, as the end waits for all callers
                gevent.spawn(self.environment.runner.quit)
            raise StopUser
        one = _ASKED[number % len(_ASKED)]
        self.client.request(
            one["method"],
            one["path"],
            name=one["name"],
            headers=one["headers"],
            data=one["body"],
            allow_redirects=False,
        )


def _note(name: str, response_time: float, exception: Exception | None, **_: object) -> None:
    _TOOK[name].append(response_time)
    if exception is not None:
        _FAULTS.append(f"{name}: {exception}")


def _write(**_: object) -> None:
    Path(_PLAN["answers"]).write_text(json.dumps({"took": _TOOK, "faults": _FAULTS}), "utf-8")


events.request.add_listener(_note)  # type: ignore[no-untyped-call]  # Locust's own
events.quitting.add_listener(_write)  # type: ignore[no-untyped-call]  # the same
