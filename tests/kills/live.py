"""Lives the lives of small cities, and refers to what undisturbed runs of each command that is killed leave."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from tests.kills.job_steps import JOB_STEPS
from tests.kills.reference import Reference, refer_to
from tests.kills.service_steps import SERVICE_STEPS
from tests.kills.steps import A_FINDING, SOURCES, STEPS, KilledCommand, Step, write_files
from tests.kills.trace import Moment
from tests.kills.world import World
from tests.postgres import PostgresServer

LIVES = {"city": STEPS, "jobs": JOB_STEPS, "service": SERVICE_STEPS}


def references(folder: Path, server: PostgresServer | None, wanted: str = "") -> Iterator[Reference]:
    """Give the reference of each command that is killed, in their order; their worlds are made in a folder.

    Args:
        folder: Of the worlds.
        server: Keeps the record; None where SQLite does.
        wanted: A text that the names of the commands have; the others are run as far as they lead to these.
    """
    for life, steps in LIVES.items():
        names = [_name(step, server) for step in steps]
        chosen = [bool(name) and wanted in name for name in names]
        last = max((place for place, is_chosen in enumerate(chosen) if is_chosen), default=-1)
        yield from _live(World(folder / life, server), list(zip(steps, names, chosen, strict=True))[: last + 1])


def _name(step: Step, server: PostgresServer | None) -> str:
    """Give a step's name; empty where it is not killed."""
    if server is None or not step.name:
        return step.name
    return f"{step.name} (PostgreSQL)" if step.on_server else ""


def _live(world: World, life: Sequence[tuple[Step, str, bool]]) -> Iterator[Reference]:
    if not life:
        return
    numbers = count(1)
    begun = world.folder.name
    world.make()
    write_files(world)
    for step, name, is_chosen in life:
        words = _typed(step, world)
        if step.before is not None:
            world.ask(step.before)
        world = replace(world, program=step.program)
        if not is_chosen:
            if step.left_by is None:
                _run(world, words, step.status)
            continue
        start = world if step.left_by is None else _killed(world, step.left_by, f"{begun}-killed-{next(numbers)}")
        reference, after = refer_to(name, words, start, SOURCES, step)
        yield reference
        if step.left_by is None:
            world = after.copied(f"{begun}-{next(numbers)}")
        after.remove()


def _typed(step: Step, world: World) -> Sequence[str]:
    if A_FINDING not in step.words:
        return step.words
    finding = json.loads(_run(world, ("findings", "--format", "json")))[0]["key"]
    return [finding if word == A_FINDING else word for word in step.words]


def _run(world: World, words: Sequence[str], status: int = 0) -> str:
    ran = world.run(words)
    if ran.status != status:
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
