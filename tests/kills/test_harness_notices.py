"""The harness itself: it finds what is wrong with small programs made so, and nothing in one that is right."""

import os
import sqlite3
import uuid
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.kills import kernel
from tests.kills.judge import find_faults
from tests.kills.points import points_of
from tests.kills.reference import refer_to
from tests.kills.steps import Step
from tests.kills.trace import Moment, SeenCall
from tests.kills.world import World

pytestmark = [
    pytest.mark.skipif(kernel.refusal() is not None, reason=str(kernel.refusal())),
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),  # the children do little, and no thread's work
]
_ANSWER = Path("out/answer.csv")
_PARTIAL = Path("out/.answer.partial")


def test_a_file_that_is_written_in_place_is_found_half_written(tmp_path: Path) -> None:
    def write() -> None:
        _write(_ANSWER)

    assert _faults(tmp_path, write, "write", [Moment.MIDDLE]) == [["out/answer.csv is half written"]]


def test_a_file_that_takes_its_place_when_whole_is_right_at_every_moment(tmp_path: Path) -> None:
    def replace() -> None:
        _write(_PARTIAL)
        _PARTIAL.replace(_ANSWER)

    assert _faults(tmp_path, replace, "rename", list(Moment)) == [[], [], []]


def test_what_nobody_clears_away_is_found(tmp_path: Path) -> None:
    def replace() -> None:
        partial = Path(f"out/.answer.{uuid.uuid4().hex[:8]}")
        _write(partial)
        partial.replace(_ANSWER)

    assert _faults(tmp_path, replace, "rename", [Moment.BEFORE]) == [["run again it leaves out/.answer.*"]]


def test_a_change_in_two_commits_is_found_between_them(tmp_path: Path) -> None:
    def change() -> None:
        os.umask(0o077)  # a folder that is open to others is closed, and that is said once
        Path("data").mkdir(exist_ok=True)
        with closing(sqlite3.connect("data/thirteen.sqlite", isolation_level=None)) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS facts (id INTEGER PRIMARY KEY, fact TEXT)")
            connection.execute("REPLACE INTO facts VALUES (1, 'one')")
            connection.execute("REPLACE INTO facts VALUES (2, 'two')")

    ((fault,),) = _faults(tmp_path, change, "remove", [Moment.AFTER], ordinal=2)

    assert fault.startswith("neither before nor after: ")
    assert fault.endswith("not after in table facts")


def test_calls_that_are_many_are_killed_at_their_ends_and_beside_landmarks_first() -> None:
    calls = [SeenCall("write", "log", ordinal, divisible=False) for ordinal in range(1, 41)]
    calls.insert(20, SeenCall("sync", "log", 1, divisible=False))

    first = {str(call) for call, _ in points_of(calls)[:10]}

    assert first == {"write 1 of log", "write 20 of log", "sync 1 of log", "write 21 of log", "write 40 of log"}
    assert len(points_of(calls)) == 2 * len(calls)


def _faults(
    folder: Path, program: Callable[[], None], does: str, moments: Sequence[Moment], *, ordinal: int = 1
) -> list[list[str]]:
    """Kill a program at one of its calls, and give what is found wrong for each moment."""
    world = World(folder / "city", program=program)
    world.make()
    reference, _ = refer_to("a program", (), world, (), Step(()))
    call = next(one for one in reference.calls if one.does == does and one.ordinal == ordinal)
    found = []
    for moment in moments:
        victim = world.copied(f"victim-{moment}")
        assert victim.run_traced((), (call, moment))[0].hit
        found.append(list(find_faults(reference, victim, ())))
    return found


def _write(path: Path) -> None:
    path.write_text("what was found\n", encoding="utf-8")
