"""What requests share is looked up when the record has changed, and not while one change follows another."""

from collections.abc import Hashable

from app.warm import Warming


def test_what_stands_is_looked_up_once_when_changes_have_ended() -> None:
    states, looked_up = [1, 1, 1, 2, 3, 3, 3, 4, 5], list[Hashable]()
    warming = Warming(iter(states).__next__, looked_up.append)
    for _ in states:
        warming.look()

    assert looked_up == [1, 3]
