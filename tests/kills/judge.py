"""What is wrong with what a killed command left, and with what it leaves when it is run again."""

import re
from collections.abc import Iterator, Mapping, Sequence

from tests.kills.look import State, look, outputs
from tests.kills.reference import SAID, Left, Reference
from tests.kills.world import Ran, World, class_of

# Where the program puts files of a data folder that no receipt lists, for a person to look at.
_ASIDE = "data/set-aside/"
# What stays of a job until a worker takes it again.
_OF_JOBS = ("data/lock-job-", "data/uploads/")
_MADE = "…"
# Two undisturbed runs may have fallen into one minute; and PostgreSQL gives no number of a run away twice, also where
# who had it was killed.
_VARIES = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}|\b[Rr]un \d+")


def find_faults(reference: Reference, victim: World, sources: Sequence[str]) -> Iterator[str]:
    """Say what is wrong with what a killed command left, or with what it leaves when it is run again."""
    if not victim.wait_for_server():
        yield "the server still holds a connection of the killed program"
    yield from _half_written(reference, outputs(victim))
    try:
        seen = look(victim, sources)
    except RuntimeError as error:
        yield f"the next start {error}"
        return
    left = [name for name in _litter(reference, seen) if not (reference.unsettled and name.startswith(_OF_JOBS))]
    yield from (f"after the next start {name} remains" for name in left)
    shown = _settled(reference, seen)
    expected = []
    if shown == _settled(reference, reference.start.state):
        expected.append(reference.once)
    if shown == _settled(reference, reference.once.state):
        expected.append(reference.twice)
    if not expected:
        yield f"neither before nor after: {_difference(reference, shown)}"
        expected = [reference.once, reference.twice]
    yield from _faults_of_repeat(reference, victim, sources, expected)


def _faults_of_repeat(
    reference: Reference, victim: World, sources: Sequence[str], expected: Sequence[Left]
) -> Iterator[str]:
    """Run the command again to its end, and hold what it leaves to what undisturbed runs leave."""
    ran = victim.run(reference.words)
    expected = [one for one in expected if _says_the_same(reference, ran, one.ran)]
    if not expected:
        said = (ran.err or ran.out).strip()[:200]
        yield f"run again it says other than an undisturbed run does: {said} (exit status {ran.status})"
        return
    written = outputs(victim)
    try:
        complete = look(victim, sources)
    except RuntimeError as error:
        yield f"the start after it was run again {error}"
        return
    shown = complete.shown(reference.varying)
    if all(shown != one.state.shown(reference.varying) for one in expected):
        yield f"run again it leaves another state: {_difference(reference, shown)}"
    yield from (f"run again it leaves {name}" for name in _litter(reference, complete))
    for name in sorted({*written, *reference.once.outputs}):
        if name not in reference.once.outputs:
            yield f"run again it leaves {class_of(name)}"
        elif not _is_same(reference, name, written, reference.once.outputs):
            yield f"run again it leaves {name} other than an undisturbed run does"


def _says_the_same(reference: Reference, some: Ran, other: Ran) -> bool:
    if SAID in reference.varying:
        return some.status == other.status
    return (some.status, *map(_what_stays, (some.out, some.err))) == (
        other.status,
        *map(_what_stays, (other.out, other.err)),
    )


def _what_stays(said: str) -> str:
    return _VARIES.sub(_MADE, said)


def _settled(reference: Reference, state: State) -> Mapping[str, object]:
    """Give what cannot be otherwise while the command waits to be run again."""
    unsettled = {f"table {name}" for name in reference.unsettled}
    return {name: what for name, what in state.shown(reference.varying).items() if name not in unsettled}


def _half_written(reference: Reference, written: Mapping[str, object]) -> Iterator[str]:
    """Find output files that are neither whole-old nor whole-new; what has no such name is litter, and seen later."""
    for name in sorted({*reference.start.outputs, *reference.once.outputs}):
        kept = [reference.start.outputs, reference.once.outputs]
        if not any(_is_same(reference, name, written, one) for one in kept):
            yield f"{name} is {'half written' if name in written else 'gone'}"


def _is_same(reference: Reference, name: str, some: Mapping[str, object], other: Mapping[str, object]) -> bool:
    contents = [one.get(name) for one in (some, other)]
    masked = [
        {part: _MADE if (name, part) in reference.varying else crc for part, crc in one.items()}
        if isinstance(one, dict)
        else one
        for one in contents
    ]
    return masked[0] == masked[1]


def _litter(reference: Reference, seen: State) -> list[str]:
    allowed = reference.start.state.files | reference.once.state.files | reference.twice.state.files
    return sorted(name for name in seen.files - allowed if not name.startswith(_ASIDE))


def _difference(reference: Reference, shown: Mapping[str, object]) -> str:
    """Say in which answers and tables what was seen differs from before, and from after."""
    parts = []
    for what, left in (("before", reference.start), ("after", reference.once)):
        known = left.state.shown(reference.varying)
        names = [name for name in sorted({*known, *shown}) if known.get(name) != shown.get(name)]
        parts.append(f"not {what} in {', '.join(names) or 'nothing'}")
    return "; ".join(parts)
