"""Lives a small city's life, and refers to what undisturbed runs of each command that is killed leave."""

import json
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from tests.kills.reference import Reference, refer_to
from tests.kills.steps import A_FINDING, SOURCES, STEPS, KilledCommand, Step, write_files
from tests.kills.trace import Moment
from tests.kills.world import World
from tests.postgres import PostgresServer


def references(folder: Path, server: PostgresServer | None, wanted: str = "") -> Iterator[Reference]:
    """Give the reference of each command that is killed, in their order; their worlds are made in a folder.

    Args:
        folder: Of the worlds.
        server: Keeps the record; None where SQLite does.
        wanted: A text that the names of the commands have; the others are run, but not referred to.
    """
    numbers = count(1)
    world = World(folder / "city", server)
    world.make()
    write_files(world)
    for step in STEPS:
        words = _typed(step, world)
        name = step.name if server is None else f"{step.name} (PostgreSQL)"
        if not step.name or wanted not in name or not (server is None or step.on_server):
            if step.left_by is None:
                _run(world, words)
            continue
        start = world if step.left_by is None else _killed(world, step.left_by, f"killed-{next(numbers)}")
        reference, after = refer_to(name, words, start, SOURCES)
        yield reference
        if step.left_by is None:
            world = after.copied(f"city-{next(numbers)}")
        after.remove()


def _typed(step: Step, world: World) -> Sequence[str]:
    if A_FINDING not in step.words:
        return step.words
    finding = json.loads(_run(world, ("findings", "--format", "json")))[0]["key"]
    return [finding if word == A_FINDING else word for word in step.words]


def _run(world: World, words: Sequence[str]) -> str:
    ran = world.run(words)
    if ran.status:
        raise RuntimeError(f"thirteen {' '.join(words)} ended with {ran.status}: {ran.err}")
    return ran.out


def _killed(world: World, command: KilledCommand, name: str) -> World:
    trial = world.copied(f"{name}-trial")
    calls = trial.run_traced(command.words)[0].calls
    trial.remove()
    last = [call for call in calls if call.does == command.does and command.file in call.file][-1]
    killed = world.copied(name)
    traced, _ = killed.run_traced(command.words, (last, Moment.AFTER))
    assert traced.hit, f"{last} was not reached again"
    return killed
