"""The newest months: the accesses that the logs hold, and the findings that stand."""

from typing import NamedTuple

from sqlmodel import col, func, select

from audit.logs.accesses_by_month import accesses_by_month
from audit.models import Finding, FindingFigures
from audit.within_limits import within_limits
from config.officials.limits import Limits
from config.work import Work


class Month(NamedTuple):
    """A month: its accesses, and its findings that stand by verdict."""

    month: str
    accesses: int
    unauthorized: int
    unresolved: int

    @property
    def findings(self) -> int:
        """All its findings."""
        return self.unauthorized + self.unresolved


def newest_months(work: Work, limits: Limits, most: int = 12) -> list[Month]:
    """Give the newest months that have accesses or findings, the newest first; those within an official's limits.

    Raises:
        Conflict: A file of the store is missing, or not as its receipt says.
    """
    accesses = accesses_by_month(work.session, work.settings, work.zone, limits)
    counted = select(Finding.month, Finding.verdict, func.count()).where(col(Finding.figures_id).is_not(None))
    if limits:
        counted = counted.join(FindingFigures, col(Finding.figures_id) == col(FindingFigures.id))
        counted = counted.where(*within_limits(work.session, limits))
    findings = {
        (month, verdict): count
        for month, verdict, count in work.session.exec(counted.group_by(col(Finding.month), col(Finding.verdict)))
    }
    months = sorted(filter(limits.admit_month, {*accesses, *(month for month, _ in findings)}), reverse=True)[:most]
    return [
        Month(
            month,
            accesses[month],
            findings.get((month, "unauthorized"), 0),
            findings.get((month, "unresolved"), 0),
        )
        for month in months
    ]
