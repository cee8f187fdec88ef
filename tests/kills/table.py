"""The table of what was killed, and what came of it."""

from collections import Counter
from collections.abc import Sequence

COLUMNS = ("before", "middle", "after", "at random")


class Tally:
    """Counts kills that hit and that left something wrong, by command and column."""

    def __init__(self, commands: Sequence[str]) -> None:
        self._commands = commands
        self._hits: Counter[tuple[str, str]] = Counter()
        self._wrong: Counter[tuple[str, str]] = Counter()
        self._missed = 0

    def add(self, command: str, column: str, *, hit: bool, wrong: bool) -> None:
        """Count a kill."""
        self._hits[command, column] += hit
        self._wrong[command, column] += wrong
        self._missed += not hit

    @property
    def wrong(self) -> int:
        """How many kills left something wrong."""
        return self._wrong.total()

    def __str__(self) -> str:
        """Show the table."""
        width = max(map(len, self._commands))
        lines = [f"{'':{width}}" + "".join(f"{column:>16}" for column in COLUMNS)]
        for command in self._commands:
            cells = (self._cell(command, column) for column in COLUMNS)
            lines.append(f"{command:{width}}" + "".join(f"{cell:>16}" for cell in cells))
        total = f"{self._hits.total():,} kills that hit: {self.wrong:,} left something lost, doubled or half-visible"
        return "\n".join([*lines, f"{total}; {self._missed:,} runs ended before."])

    def _cell(self, command: str, column: str) -> str:
        hits, wrong = self._hits[command, column], self._wrong[command, column]
        return f"{hits} ({wrong} wrong)" if wrong else str(hits or "")
