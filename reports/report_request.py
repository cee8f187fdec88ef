"""What is said to have a report."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class ReportRequest:
    """Which report to produce.

    Args:
        name: One of REPORTS of produce_report.
        out: The .xlsx file; one that exists is replaced when the new one is whole.
        as_of: The instant that a report about one instant is about; None = now.
        start: The first instant of the events, or months of findings, that a report counts; None = from the first.
        end: Where they end, not included; None = to the last.
        known_at: As people, assignments and access were known here then; None = now.
        unused_days: For how many days nobody must have needed an access for the report `unused-access` to list it;
            None = 90.
        run: The number of the run whose findings are reported; None = those that stand.
        finding: The key of the one finding that is reported, with its drawing, or the key's beginning; None = all.
        review: The number of the access review that is reported; None = the newest.
        masks_subjects: Whom accesses are about is masked.
        purpose: What it was asked for; noted with the look at it.
    """

    name: str
    out: Path
    as_of: datetime | None
    start: datetime | None
    end: datetime | None
    known_at: datetime | None
    unused_days: int | None = None
    run: int | None = None
    finding: str | None = None
    review: int | None = None
    masks_subjects: bool = False
    purpose: str = ""

    @property
    def tells_subjects(self) -> bool:
        """Whether it has a row for each access, with whom it is about."""
        return self.name == "decisions" or (self.name == "findings" and self.finding is not None)
