"""Chooses where to kill a command: at all of its calls where they are few, else at the telling ones and some others."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tests.kills.trace import Moment, SeenCall

Point = tuple[SeenCall, Moment]
_FEW = 15
# SQLite makes it anew at each start, so what happens to it tells least.
_TELLS_LEAST = "-shm"
_LANDMARKS = frozenset({"rename", "remove", "sync", "link", "resize"})


def points_of(calls: Sequence[SeenCall]) -> list[Point]:
    """Give the points of a command, the most telling first; any number of the first are a fair choice.

    First come calls of few of their kind, each kind's first and last, and the neighbours of what names, removes or
    keeps files; then all others.
    """
    telling = {str(calls[place]) for place in _telling(calls) if not calls[place].file.endswith(_TELLS_LEAST)}
    first = [point for call in calls if str(call) in telling for point in _moments(call)]
    others = [point for call in calls if str(call) not in telling for point in _moments(call)]
    return [*_spread(first), *_spread(others)]


def _telling(calls: Sequence[SeenCall]) -> Iterator[int]:
    kinds: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, call in enumerate(calls):
        kinds[call.does, call.file].append(place)
        if call.does in _LANDMARKS:
            yield from range(max(0, place - 1), min(len(calls), place + 2))
    for places in kinds.values():
        yield from places if len(places) <= _FEW else (places[0], places[-1])


def _moments(call: SeenCall) -> Iterator[Point]:
    for moment in Moment:
        if moment is not Moment.MIDDLE or call.divisible:
            yield call, moment


def _spread(points: Sequence[Point]) -> list[Point]:
    """Order points so that the first few of them lie all over the command's run."""
    bits = max(1, (len(points) - 1).bit_length())
    order = (int(f"{number:0{bits}b}"[::-1], 2) for number in range(2**bits))
    return [points[place] for place in order if place < len(points)]
