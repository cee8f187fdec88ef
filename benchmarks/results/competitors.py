"""Other ways to decide the same accesses, and how many times as fast as each of them ours is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Figures = Mapping[str, Any]
PROCESSOR, WALL = "processor", "wall"
# What of our work begins where the competitors begin, who are given grants and names; and all of it but loading.
SAME_START = ("deciding",)
FROM_FACTS = ("resolving", "mapping", "deciding")


@dataclass(frozen=True)
class Competitor:
    """Another way to decide.

    Args:
        key: Under which of a round's figures its own are.
        part: `whole`, the whole question; else a part of it, which is kinder to the competitor than equal work.
        clock: By which it is judged; what a server takes of the processors is not known.
    """

    name: str
    key: str
    part: str
    clock: str

    @property
    def clocks(self) -> tuple[str, ...]:
        """Give the clocks by which its figures are known."""
        return (WALL,) if self.key == "postgresql" else (PROCESSOR, WALL)

    def seconds(self, figures: Figures, clock: str) -> list[float]:
        """Give for each round what all events would take, or all that rest on grants where it is asked no others."""
        return [self._seconds(one, figures["asked"]["rests"], clock) for one in figures["deciding"]]

    def _seconds(self, one: Figures, rests: int, clock: str) -> float:
        taken = one[self.key][self.part]
        if self.key == "casbin":
            return float(taken[clock] * rests)
        events = one["ours"]["events"] if self.part == "whole" else rests
        return float(taken[clock] * events / taken["events"])


CASBIN = Competitor("pycasbin, event by event", "casbin", "whole", PROCESSOR)
PANDAS = Competitor("pandas", "pandas", "whole", WALL)
POSTGRESQL = Competitor("PostgreSQL", "postgresql", "whole", WALL)
COMPETITORS = (CASBIN, PANDAS, POSTGRESQL)
KINDER = (
    Competitor("pycasbin, with only the employee's own policy", "casbin", "own", PROCESSOR),
    Competitor("pandas, the merge with the grants alone", "pandas", "merge", WALL),
    Competitor("PostgreSQL, the join with the grants alone", "postgresql", "merge", WALL),
)


def times_as_fast(figures: Figures, rival: Competitor, clock: str, steps: Sequence[str] = SAME_START) -> list[float]:
    """Say for each round how many times as fast our steps are as the competitor; below 1 it is faster."""
    ours = [sum(one["ours"][step][clock] for step in steps) for one in figures["deciding"]]
    return [theirs / own for theirs, own in zip(rival.seconds(figures, clock), ours, strict=True)]


def agreements(figures: Figures) -> Iterator[tuple[str, int, int]]:
    """Give for each competitor how many answers were compared with ours in all runs, and how many are the same."""
    for rival in (*COMPETITORS, *KINDER):
        compared = "asked" if rival.key == "casbin" else "compared"
        rounds = [one[rival.key][rival.part] for one in figures["deciding"]]
        yield rival.name, sum(one[compared] for one in rounds), sum(one["agreed"] for one in rounds)
