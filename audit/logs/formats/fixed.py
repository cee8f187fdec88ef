"""Fixed columns: each cell has as many letters as the profile says, and each line is a record."""

from collections.abc import Iterator
from itertools import accumulate, pairwise

from audit.logs.formats.contract import Batch, Kept, Layout, gather
from audit.logs.formats.log_file import LogFile
from audit.logs.profiles.language import Profile
from config.texts import compare_form

_RULE = set("-=_+| \t")


class FixedReader:
    """The records of a log with fixed columns; lines of headings, rules and blank lines are none."""

    def __init__(self, log: LogFile, profile: Profile) -> None:
        self._log = log
        self._above = profile.table.above
        # what goes out to be repaired has it above as well, and so comes in again as it went
        self.header = "".join(log.beginning(self._above)).rstrip("\r\n") if self._above else ""
        self._columns = [f"c{place}" for place in range(len(profile.columns))]
        self._headings = [compare_form(name) for name in profile.columns]
        self._cuts = list(pairwise([0, *accumulate(profile.table.widths)]))
        self._passed = 0
        self.layout = Layout(dict(zip(profile.columns, self._columns, strict=True)), self._columns, "{batch}")

    @property
    def notices(self) -> tuple[str, ...]:
        """What was noticed of the file, one sentence each."""
        said = f"Lines that name the columns or rule them off are no records: {self._passed:,}."
        return (*self._log.notices, *([said] if self._passed else ()))

    def batches(self) -> Iterator[Batch]:
        """Give all records."""
        yield from gather(self._records(), self._columns)

    def _records(self) -> Iterator[Kept]:
        above = self._above
        for piece in self._log.pieces():
            for line in self._log.lines(piece):
                text = line.rstrip("\r\n")
                if above:
                    above -= 1
                elif text.strip():
                    yield from self._record(text)

    def _record(self, text: str) -> Iterator[Kept]:
        cells = [text[start:end].strip() for start, end in self._cuts]
        cells[-1] = text[self._cuts[-1][0] :].strip()
        if set(text) <= _RULE or self._are_headings(cells):
            self._passed += 1
            return
        flaw = self._log.flaw_of(text)
        yield Kept([""] * len(cells) if flaw else cells, self._log.shown(text), flaw)

    def _are_headings(self, cells: list[str]) -> bool:
        """Say whether cells are the columns' names, which may be cut off where a column is narrow."""
        named = zip(self._headings, map(compare_form, cells), strict=True)
        return all(cell and heading.startswith(cell) for heading, cell in named)
