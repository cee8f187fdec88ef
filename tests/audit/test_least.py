"""Lists of the least numbers: what is left after taking some out, and adding others, is what all would have given."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from audit.decide_events import Numbers
from audit.least import FAR, Least

_MOST = 4
# Each event has a rule, a number, of which some are equal and some count for none, and its place: the position here.
_EVENTS = st.lists(st.tuples(st.integers(1, 2), st.sampled_from([0, 1, 2, 3, 5, 8, FAR])), max_size=40)


def _told(least: Least, events: list[tuple[int, int]], places: list[int], size: int) -> None:
    for start in range(0, len(places), size):
        batch = places[start : start + size]
        rule = np.array([events[place][0] for place in batch], np.uint8)
        least.take(rule, _numbers([events[place][1] for place in batch]), _numbers(batch))


def _numbers(values: list[int]) -> Numbers:
    return np.array(values, np.int64)


@given(events=_EVENTS, data=st.data(), size=st.integers(1, 9))
def test_events_in_any_order_give_the_same_list(events: list[tuple[int, int]], data: st.DataObject, size: int) -> None:
    least = Least(_MOST)
    _told(least, events, data.draw(st.permutations(range(len(events)))), size)

    for rule in (1, 2):
        expected = sorted((number, place) for place, (of, number) in enumerate(events) if of == rule and number < FAR)
        listed = least.lists[rule].places.tolist() if rule in least.lists else []
        assert listed == [place for _, place in expected[:_MOST]]


@given(events=_EVENTS, data=st.data())
def test_a_list_that_says_it_has_so_many_has_the_least_of_all_that_are_left(
    events: list[tuple[int, int]], data: st.DataObject
) -> None:
    there = data.draw(st.lists(st.booleans(), min_size=len(events), max_size=len(events)))
    before = [place for place in range(len(events)) if there[place]]
    gone = [place for place in before if data.draw(st.integers(0, 3)) == 0]
    least = Least(_MOST)
    _told(least, events, before, 5)

    later = least.without(_numbers(gone))
    _told(later, events, [place for place in range(len(events)) if not there[place]], 5)

    left = [place for place in range(len(events)) if place not in gone]
    fresh = Least(_MOST)
    _told(fresh, events, left, 5)
    if later.has(2):
        assert later.in_turns(2) == fresh.in_turns(2)
