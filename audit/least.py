"""Collects, for each rule, the events with the least numbers, and knows up to which number it has all of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from audit.decide_events import Numbers, Rules
from audit.rules import REASONS

Marks: TypeAlias = np.ndarray[tuple[int], np.dtype[np.bool_]]

# Counts for no number at all.
FAR = int(np.iinfo(np.int64).max)


@dataclass(frozen=True)
class Listed:
    """The events of one rule with the least numbers, by number, then by place.

    Args:
        bound: The number and the place up to which all events are listed; None = all there are.
    """

    numbers: Numbers
    places: Numbers
    bound: tuple[int, int] | None = None

    def without(self, gone: Marks) -> "Listed":
        """Leave out some events; those beyond the last that is left are not known."""
        numbers, places = self.numbers[~gone], self.places[~gone]
        if self.bound is None:
            return Listed(numbers, places)
        return Listed(numbers, places, (int(numbers[-1]), int(places[-1])) if len(numbers) else (-1, -1))


@dataclass
class Least:
    """The lists of all rules.

    Args:
        most: How many events a list holds at most.
        lists: By rule; what was listed before.
    """

    most: int
    lists: dict[int, Listed] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make ready what tells at once that an event is beyond its list."""
        self._greatest = np.full(len(REASONS) + 1, FAR - 1, np.int64)
        for rule, listed in self.lists.items():
            if listed.bound is not None:
                self._greatest[rule] = listed.bound[0]

    def take(self, rule: Rules, numbers: Numbers, place: Numbers) -> Marks:
        """Look at some events, and say which may be among those with the least numbers."""
        marks = np.zeros(len(rule), np.bool_)
        rows = np.flatnonzero(numbers <= self._greatest[rule])
        for each in np.unique(rule[rows]).tolist():
            of_rule = rows[rule[rows] == each]
            if len(of_rule) > self.most:
                of_rule = of_rule[np.lexsort((place[of_rule], numbers[of_rule]))[: self.most + 1]]
            marks[of_rule] = True
            self._list(each, numbers[of_rule], place[of_rule])
        return marks

    def has(self, wanted: int) -> bool:
        """Say whether each rule's list has the so many least, or all there are."""
        return all(listed.bound is None or len(listed.places) >= wanted for listed in self.lists.values())

    def without(self, gone: Numbers) -> "Least":
        """Leave out the events of some places."""
        return Least(self.most, {rule: one.without(np.isin(one.places, gone)) for rule, one in self.lists.items()})

    def places(self) -> list[int]:
        """Give the places of all events that are listed."""
        return [place for listed in self.lists.values() for place in listed.places.tolist()]

    def in_turns(self, wanted: int) -> list[int]:
        """Give the places of so many events in all, one of each rule in turn."""
        taken: list[int] = []
        for turn in self._turns():
            taken += turn
            if len(taken) >= wanted:
                break
        return taken[:wanted]

    def _turns(self) -> Iterator[list[int]]:
        lists = [listed.places.tolist() for _, listed in sorted(self.lists.items())]
        for turn in range(max(map(len, lists), default=0)):
            yield [places[turn] for places in lists if turn < len(places)]

    def _list(self, rule: int, numbers: Numbers, place: Numbers) -> None:
        before = self.lists.get(rule)
        bound = None
        if before is not None:
            numbers, place = np.concatenate([before.numbers, numbers]), np.concatenate([before.places, place])
            bound = before.bound
        order = np.lexsort((place, numbers))
        if bound is not None:
            number, last = bound
            order = order[(numbers[order] < number) | ((numbers[order] == number) & (place[order] <= last))]
        if len(order) > self.most:
            order = order[: self.most]
            bound = (int(numbers[order[-1]]), int(place[order[-1]]))
        self.lists[rule] = Listed(numbers[order], place[order], bound)
        if bound is not None:
            self._greatest[rule] = bound[0]
