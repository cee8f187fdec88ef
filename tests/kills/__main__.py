"""`python -m tests.kills`: kill every command that writes at chosen system calls, and print what came of it.

Exit status 1 if anything was lost, doubled or half-visible, 2 where nothing can be traced.
"""

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle, islice, zip_longest
from multiprocessing.queues import SimpleQueue
from pathlib import Path

from tests.kills import kernel
from tests.kills.judge import find_faults
from tests.kills.live import references
from tests.kills.points import Point, points_of
from tests.kills.reference import Reference
from tests.kills.steps import SOURCES
from tests.kills.table import COLUMNS, Tally
from tests.postgres import postgres_server

_AT_RANDOM_ONE_IN = 20
_MOST_SECONDS = 60
_fork = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Kill:
    """A kill to come: at a point of a command, or so many seconds after its start."""

    reference: Reference
    point: Point | None
    seconds: float = 0

    @property
    def column(self) -> str:
        """The table's column."""
        return self.point[1] if self.point else COLUMNS[-1]

    def __str__(self) -> str:
        """Say it as `--command` and `--point` take it."""
        when = f"{self.point[0]}, {self.point[1]}" if self.point else f"{self.seconds:.2f} seconds after its start"
        return f"{self.reference.name}: {when}"


_Verdict = tuple[int, bool, list[str]]


def main() -> int:
    """Kill as was asked and say what came of it."""
    asked = _asked()
    refused = kernel.refusal()
    if refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(postgres_server())
        known = [
            reference
            for database in (None, server)
            for reference in references(folder / ("server" if database else "file"), database, asked.command)
        ]
        if asked.calls:
            _show_calls(known)
            return 0
        kills = list(_kills(known, asked))
        return _carry_out_all(kills, asked.at_once)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument(
        "--most", type=int, default=1400, help="how many kills (default: 1400, about 40 minutes on two cores)"
    )
    parser.add_argument("--command", default="", help="only commands whose name has this text")
    parser.add_argument("--point", default="", help="only points that are said with this text")
    parser.add_argument("--calls", action="store_true", help="only count the calls that each command makes")
    parser.add_argument("--seed", type=int, default=13, help="settles the moments at random")
    parser.add_argument("--at-once", type=int, default=os.cpu_count(), help="how many at once (default: one a core)")
    return parser.parse_args()


def _show_calls(known: Sequence[Reference]) -> None:
    for reference in known:
        last = {(call.does, call.file): call.ordinal for call in reference.calls}
        for (does, file), ordinal in last.items():
            sys.stdout.write(f"{reference.name}: {ordinal} {does} {file}\n")


def _kills(known: Sequence[Reference], asked: argparse.Namespace) -> Iterator[Kill]:
    """Take one point of each command after the other, until there are enough; then some moments at random."""
    listed = [[Kill(one, point) for point in points_of(one.calls)] for one in known]
    chosen = [kill for kills in zip_longest(*listed) for kill in kills if kill and asked.point in str(kill)]
    yield from chosen[: asked.most]
    if not asked.point:
        yield from _at_random(known, asked.most // _AT_RANDOM_ONE_IN, random.Random(asked.seed))  # noqa: S311 - no secret


def _at_random(known: Sequence[Reference], how_many: int, chance: random.Random) -> Iterator[Kill]:
    """Choose moments in the second half of a run, as the first half only loads the program."""
    known = [one for one in known if one.words]  # what a shell can start
    some = chance.sample(known, min(len(known), 1 + how_many // 4))
    seconds = {one.name: _seconds_of(one) for one in some}
    for reference in islice(cycle(some), how_many):
        yield Kill(reference, None, chance.uniform(0.5, 1) * seconds[reference.name])


def _seconds_of(reference: Reference) -> float:
    trial = reference.before.copied("trial")
    started = time.monotonic()
    trial.run_for(reference.words, _MOST_SECONDS)
    seconds = time.monotonic() - started
    trial.wait_for_server()
    trial.remove()
    return seconds


def _carry_out_all(kills: Sequence[Kill], at_once: int) -> int:
    tally = Tally(list(dict.fromkeys(kill.reference.name for kill in kills)))
    verdicts: SimpleQueue[_Verdict] = _fork.SimpleQueue()
    parts = [range(place, len(kills), at_once) for place in range(at_once)]
    workers = [_fork.Process(target=_carry_out, args=(kills, part, verdicts), daemon=True) for part in parts]
    for worker in workers:
        worker.start()
    for done in range(1, len(kills) + 1):
        number, hit, faults = verdicts.get()
        kill = kills[number]
        tally.add(kill.reference.name, kill.column, hit=hit, wrong=bool(faults))
        if faults:
            sys.stdout.write("\n    ".join((str(kill), *faults)) + "\n")
        if done % 50 == 0:
            sys.stdout.write(f"{done} of {len(kills)}\n")
        sys.stdout.flush()
    for worker in workers:
        worker.join()
    sys.stdout.write(f"{tally}\n")
    return 1 if tally.wrong else 0


def _carry_out(kills: Sequence[Kill], numbers: Sequence[int], verdicts: "SimpleQueue[_Verdict]") -> None:
    for number in numbers:
        kill = kills[number]
        victim = kill.reference.before.copied(f"victim-{number}")
        if kill.point is None:
            hit = victim.run_for(kill.reference.words, kill.seconds).status < 0
        else:
            hit = victim.run_traced(kill.reference.words, kill.point)[0].hit
        faults = list(dict.fromkeys(find_faults(kill.reference, victim, SOURCES)))
        victim.remove()
        verdicts.put((number, hit, faults))


if __name__ == "__main__":
    sys.exit(main())
