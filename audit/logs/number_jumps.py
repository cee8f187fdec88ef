"""Where the numbers of a source's own records jump: between them, records may be missing that never arrived."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from audit.logs.models import LogImport, LogNumbers, StandingLog
from config.clock import local_text
from config.recorded import current
from config.texts import counted

if TYPE_CHECKING:
    from audit.logs.number_runs import NumberRun  # loads DuckDB, and whoever asks for jumps needs none


@dataclass(frozen=True)
class NumberJump:
    """Numbers that no record bears: those between `after` and `before`, with the times of these two records."""

    source: str
    after: str
    before: str
    missing: int
    after_time: datetime
    before_time: datetime

    def say(self, zone: ZoneInfo) -> str:
        """Say it in a sentence."""
        return (
            f"The record numbers of {self.source} jump from {self.after} ({local_text(self.after_time, zone)}) to "
            f"{self.before} ({local_text(self.before_time, zone)}): {counted(self.missing, 'number')} between them "
            f"{'is' if self.missing == 1 else 'are'} of no record that was read."
        )


def find_number_jumps(session: Session, source: str) -> list[NumberJump]:
    """Find the jumps in the logs of a source that count, the largest first.

    None where a log of it has no rising numbers, or was imported before they were kept: its records could be those.
    """
    of_source = (
        select(LogImport.id, LogNumbers)
        .join(StandingLog, col(StandingLog.import_id) == col(LogImport.id))
        .join(LogNumbers, col(LogNumbers.import_id) == col(LogImport.id), isouter=True)
        .where(LogImport.source == source, LogImport.added > 0, current(StandingLog))
    )
    runs = defaultdict[str, list[LogNumbers]](list)
    for _, run in session.exec(of_source):
        if run is None:
            return []
        runs[run.beginning].append(run)
    found = [jump for beginning in sorted(runs) for jump in _jumps(source, runs[beginning])]
    return sorted(found, key=lambda jump: (-jump.missing, jump.after_time))


def _jumps(source: str, runs: Sequence[LogNumbers]) -> Iterator[NumberJump]:
    ordered = sorted(runs, key=lambda run: (run.first, run.last))
    before = ordered[0]
    for run in ordered[1:]:
        if run.first > before.last + 1:
            yield NumberJump(
                source,
                f"{before.beginning}{before.last}",
                f"{run.beginning}{run.first}",
                run.first - before.last - 1,
                before.last_time,
                run.first_time,
            )
        before = max(before, run, key=lambda one: one.last)


def rows_of_numbers(import_id: int, runs: "Sequence[NumberRun]") -> list[LogNumbers]:
    """Give the rows in which the numbers of a log are kept."""
    return [
        LogNumbers(
            import_id=import_id,
            first=run.first,
            last=run.last,
            beginning=run.beginning,
            first_time=run.first_time,
            last_time=run.last_time,
        )
        for run in runs
    ]
