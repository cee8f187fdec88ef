"""Columns that are worked out one from another, each once, however often it is asked for.

DuckDB works out an expression that stands several times in a query as often where it stands in a CASE or a macro.
"""

from collections.abc import Sequence
from enum import IntEnum


class Step(IntEnum):
    """What is worked out of a record's places, one step from those before it."""

    PLACE = 0
    TRIMMED = 1
    CELL = 2
    PICKED = 3
    AT_PATH = 4
    MATCHED = 5
    DERIVED = 6
    GIVEN = 7
    FOLDED = 8


class Steps:
    """The columns of each step, named in the order in which they were asked for."""

    def __init__(self) -> None:
        self._columns: dict[Step, dict[str, str]] = {step: {} for step in Step}

    def column(self, step: Step, expression: str) -> str:
        """Give the name of the column with an expression of columns of the steps before."""
        columns = self._columns[step]
        return columns.setdefault(expression, f"{step.name.lower()}_{len(columns)}")

    def relation(self, of: str, carried: Sequence[str]) -> str:
        """Give the SQL of a relation with all columns that were asked for, and some that it has itself."""
        taken = ", ".join(carried)
        for columns in self._columns.values():
            listed = [f"{expression} AS {name}" for expression, name in columns.items()]
            if listed or taken != "*":
                of = f"(SELECT {', '.join([taken, *listed])} FROM {of})"  # noqa: S608 - the caller's own expressions
            taken = "*"
        return of
