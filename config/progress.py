"""How far long work has come: a port that a terminal's bar, a job's row or nothing at all stands behind."""

from typing import Protocol


class Progress(Protocol):
    """Is told what is under way."""

    def step(self, what: str, share: float | None = None) -> None:
        """Take note of a step.

        Args:
            what: What is done now, as a person would say it: "Importing cad.csv".
            share: How much of this step is done, from 0 to 1; None where that is not known.
        """

    def end(self) -> None:
        """Take note that nothing is under way any more, until the next step."""


class Silence:
    """Tells nobody."""

    def step(self, what: str, share: float | None = None) -> None:
        """Take note of nothing."""

    def end(self) -> None:
        """Take note of nothing."""
