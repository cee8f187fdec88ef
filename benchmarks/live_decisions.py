"""Single decisions with their explanations: `python -m benchmarks.live_decisions DATA-FOLDER DECISIONS`.

Employees, series, instants and actions are drawn at random; every second decision is of an employee and a series
between whom there is a grant, since those take longer to explain.
"""

import statistics
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from access.resolve_grants import Policy
from access.rules import ACTIONS
from audit.build_cases import CaseBuilder
from audit.explain_access import AccessQuestion, explain
from benchmarks.loaded import load
from benchmarks.measured import answer
from benchmarks.watch import Lap, Watch

_FIRST_DAY = datetime(2025, 1, 1, tzinfo=UTC)
_MICROSECONDS = 365 * 24 * 3600 * 10**6


def main() -> None:
    """Load the policy, then time each decision by itself; give milliseconds, of the processors and on the clock."""
    policy = load(Path(sys.argv[1])).resolve()
    builder = CaseBuilder(policy)
    taken = list[Lap]()
    for employee_id, series, time, action in _questions(policy, int(sys.argv[2])):
        watch = Watch()
        explain(builder, AccessQuestion(employee_id, series, time, action))
        taken.append(watch.lap())
    processor, wall = (_spread([getattr(lap, name) * 1000 for lap in taken]) for name in Lap._fields)
    answer(decisions=len(taken), processor=processor, wall=wall)


def _spread(milliseconds: Sequence[float]) -> dict[str, float]:
    parts = statistics.quantiles(milliseconds, n=100)
    return {"p50": parts[49], "p99": parts[98], "worst": max(milliseconds)}


def _questions(policy: Policy, count: int) -> Iterator[tuple[str, str, datetime, str]]:
    rng = np.random.default_rng(13)
    employees, codes = sorted(policy.employee_keys), sorted(policy.series_keys)
    granted = policy.connection.execute(
        "SELECT employee_id, series FROM grants_in_words ORDER BY hash(pair, stated) LIMIT ?", [count]
    ).fetchall()
    for place in range(count):
        pair = granted[place % len(granted)]
        if place % 2:
            pair = employees[rng.integers(len(employees))], codes[rng.integers(len(codes))]
        time = _FIRST_DAY + timedelta(microseconds=int(rng.integers(_MICROSECONDS)))
        yield *pair, time, ACTIONS[rng.integers(len(ACTIONS))]


if __name__ == "__main__":
    main()
