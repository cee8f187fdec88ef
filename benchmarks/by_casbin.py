"""pycasbin asked event by event: `python -m benchmarks.by_casbin DATA-FOLDER FOLDER FIRST EVENTS SECONDS`.

Time is resolved before Casbin, so that each event is put to an enforcer that holds the policy of its instant. Making
the enforcer is not counted, only the question to it.
"""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from access.enforcer import Enforcers
from benchmarks.loaded import load
from benchmarks.measured import answer
from benchmarks.watch import Lap, Watch, mean


@dataclass(frozen=True)
class Question:
    """An event that rests on grants, and our own answer."""

    instant: int
    employee_id: str
    series: str
    action: str
    purpose: str
    ours: bool


def main() -> None:
    """Ask about sampled events, first with everybody's policy, then with the employee's own."""
    data_dir, folder = Path(sys.argv[1]), Path(sys.argv[2])
    first, most, bound = int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5])
    enforcers = Enforcers(load(data_dir).facts)
    questions = [Question(**row) for row in pq.read_table(folder / "sample.parquet").to_pylist()[first : first + most]]
    whole = _ask(enforcers, questions, bound, own_only=False)
    own = _ask(enforcers, questions, bound, own_only=True)
    answer(whole=whole, own=own)


def _ask(enforcers: Enforcers, questions: list[Question], bound: float, *, own_only: bool) -> dict[str, object]:
    """Ask until all are answered or the time is up; give the means of one event."""
    making, asking, agreed = list[Lap](), list[Lap](), 0
    until = time.perf_counter() + bound
    for question in questions:
        watch = Watch()
        enforcer = enforcers.at(question.instant, employees=[question.employee_id] if own_only else None)
        making.append(watch.lap())
        allowed = enforcer.allows(question.employee_id, question.series, question.action, question.purpose)
        asking.append(watch.lap())
        agreed += allowed == question.ours
        if time.perf_counter() > until:
            break
    return {"asked": len(asking), "agreed": agreed, **mean(asking), "making": mean(making)}


if __name__ == "__main__":
    main()
