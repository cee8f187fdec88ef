"""Chance that a seed settles: the same seed makes the same city."""

from random import Random


class Chance(Random):
    """A source of random choices that also answers in shares."""

    def happens(self, share: float) -> bool:
        """Say yes in this share of the times asked."""
        return self.random() < share
