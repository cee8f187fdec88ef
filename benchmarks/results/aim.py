"""What is aimed at, and whether it is reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.results.wording import number, spread


@dataclass(frozen=True)
class Aim:
    """What is aimed at, and what each run reached.

    Args:
        sign: `≤` or `≥`: on which side of its bound the figure shall be.
        reached: One figure for each run; their median is judged.
    """

    name: str
    sign: str
    bound: float
    unit: str
    reached: Sequence[float]

    @property
    def missed_by(self) -> float:
        """Give the factor between the median and the bound; up to 1 the aim is met."""
        reached = median(self.reached)
        return reached / self.bound if self.sign == "≤" else self.bound / reached

    def row(self) -> str:
        """Give the row of the table of aims."""
        judged = "**met**" if self.missed_by <= 1 else f"**missed** by a factor of {number(self.missed_by)}"
        return (
            f"| {self.name} | {self.sign} {self.bound:,g} {self.unit} | {spread(self.reached, self.unit)} | {judged} |"
        )
