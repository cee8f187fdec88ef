"""What undisturbed runs of a command leave: what a killed one is held to."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.kills.look import State, look, outputs
from tests.kills.steps import Step
from tests.kills.trace import SeenCall
from tests.kills.world import Ran, World

SAID = ("what it says", "")  # among what is different at every run
# A job that is done again says so, by whatever process does it.
_OF_REPEATED_JOBS = (("jobs", "attempts"), ("jobs", "worker"), ("jobs", "outcome"))


@dataclass(frozen=True)
class Left:
    """What a run left, and what it said."""

    state: State
    outputs: Mapping[str, object]
    ran: Ran


@dataclass(frozen=True)
class Reference:
    """What undisturbed runs of a step's command leave.

    Args:
        before: The world in which it starts; it is copied for each run.
        start: What is there before it.
        once: What one run leaves.
        twice: What a second run, right after the first, leaves.
        varying: Table and column, or file and part, of what is different at every run.
        calls: The calls of a run, in their order.
        unsettled: Tables that a killed run may leave as they were on the way.
    """

    name: str
    words: Sequence[str]
    before: World
    start: Left
    once: Left
    twice: Left
    varying: frozenset[tuple[str, str]]
    calls: tuple[SeenCall, ...]
    unsettled: frozenset[str] = frozenset()


def refer_to(
    name: str, words: Sequence[str], before: World, sources: Sequence[str], step: Step
) -> tuple[Reference, World]:
    """Run a step's command undisturbed, twice on each of two worlds; give what came of it, and a world after one."""
    after = before.copied(f"{before.folder.name}-after")
    calls = after.run_traced(words)
    other = before.copied(f"{before.folder.name}-other")
    once, once_other = _left(after, calls[1], sources), _left(other, other.run(words), sources)
    again, again_other = after.copied(f"{after.folder.name}-again"), other.copied(f"{other.folder.name}-again")
    twice, twice_other = (_left(world, world.run(words), sources) for world in (again, again_other))
    varying = frozenset([*_varying(once, once_other), *_varying(twice, twice_other), *_OF_REPEATED_JOBS])
    varying |= {SAID} if step.says_what_was_left else set()
    start = _left(before, Ran(0, "", ""), sources)
    reference = Reference(name, words, before, start, once, twice, varying, calls[0].calls, step.unsettled)
    for world in (other, again, again_other):
        world.remove()
    return reference, after


def _left(world: World, ran: Ran, sources: Sequence[str]) -> Left:
    """Look at a copy: looking clears away what a killed command left."""
    written = outputs(world)
    world.wait_for_server()
    copy = world.copied(f"{world.folder.name}-seen")
    state = look(copy, sources)
    copy.remove()
    return Left(state, written, ran)


def _varying(some: Left, other: Left) -> Iterator[tuple[str, str]]:
    if some.ran != other.ran:
        yield SAID
    for name, rows in some.state.tables.items():
        others = other.state.tables.get(name, ())
        for column in rows[0]:
            if Counter(repr(row[column]) for row in rows) != Counter(repr(row[column]) for row in others):
                yield name, column
    for name, content in some.outputs.items():
        parts = other.outputs.get(name)
        if isinstance(content, dict) and isinstance(parts, dict):
            yield from ((name, part) for part in content if content[part] != parts.get(part))
