"""The newest months: the accesses that the logs hold, and the findings that stand."""

from collections import Counter
from typing import NamedTuple

from audit.logs.accesses_by_month import accesses_by_month
from audit.standing_counts import StandingCounts
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


def newest_months(work: Work, counts: StandingCounts, limits: Limits, most: int = 12) -> list[Month]:
    """Give the newest months that have accesses or findings, the newest first; those within an official's limits.

    Raises:
        Conflict: A file of the store is missing, or not as its receipt says.
    """
    accesses = accesses_by_month(work.session, work.settings, work.zone, limits)
    findings = Counter[tuple[str, str]]()
    for kind, counted in counts.by_kind.items():
        if limits.admit(kind.month, kind.sources.split("; ")):
            findings[kind.month, kind.verdict] += counted.findings
    months = sorted(filter(limits.admit_month, {*accesses, *(month for month, _ in findings)}), reverse=True)[:most]
    return [
        Month(
            month,
            accesses[month],
            findings[month, "unauthorized"],
            findings[month, "unresolved"],
        )
        for month in months
    ]
