"""The findings in numbers: how many there are, and how many accesses they hold, by month and by anything else."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from audit.case import Verdict
from reports.listed_findings import ListedFinding
from reports.sheets import Chart, ChartShape, Column, ColumnKind, Sheet

_MOST_MONTHS = 60
_ABOUT_ACCOUNTS, _ABOUT_RESOURCES = "unknown_account", "uninventoried_resource"
_DIMENSIONS = ("month", "department", "reason", "status", "verdict")
_FIGURES = [
    (figure, str(verdict))
    for figure in ("findings", "accesses")
    for verdict in (Verdict.UNAUTHORIZED, Verdict.UNRESOLVED)
]


class Tally(NamedTuple):
    """How many findings and accesses there are of each verdict."""

    unauthorized: int = 0
    unresolved: int = 0
    unauthorized_events: int = 0
    unresolved_events: int = 0


@dataclass(frozen=True)
class FindingTallies:
    """All that a report says of its findings in numbers, from one reading of them.

    Args:
        counted: How many findings and accesses there are of each month, department, reason, status and verdict.
        unmapped: How many accesses there were, by reason, to what no pattern maps or by whom no account list names;
            the first by resource, the second by account, and both by the sources that had them.
    """

    counted: pd.DataFrame
    unmapped: Mapping[str, Counter[tuple[str, str]]]

    @cached_property
    def whole(self) -> Tally:
        """Count all findings."""
        tallies = self.by("verdict").values()
        return Tally(*(sum(figures) for figures in zip(*tallies, strict=True))) if tallies else Tally()

    def by(self, dimension: str) -> dict[str, Tally]:
        """Count by month, as YYYY-MM, by the employee's department, by reason, as the record names it, or by status."""
        if self.counted.empty:
            return {}
        pivoted = self.counted.assign(of=self.counted["verdict"]).pivot_table(
            index=dimension, columns="of", values=["findings", "accesses"], aggfunc="sum", fill_value=0
        )
        figures = pivoted.reindex(columns=pd.MultiIndex.from_tuples(_FIGURES), fill_value=0)
        named = zip(figures.index, figures.to_numpy().tolist(), strict=True)
        return {str(name): Tally(*map(int, counts)) for name, counts in named}


def tally_findings(findings: Iterable[ListedFinding], department: Callable[[ListedFinding], str]) -> FindingTallies:
    """Count findings and their accesses, reading them once."""
    numbers, accesses = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    unmapped: dict[str, Counter[tuple[str, str]]] = {_ABOUT_RESOURCES: Counter(), _ABOUT_ACCOUNTS: Counter()}
    for finding in findings:
        cell = (finding.month, department(finding), finding.reason, finding.status, finding.verdict)
        numbers[cell] += 1
        accesses[cell] += finding.events
        if finding.reason in unmapped:
            what = finding.who if finding.reason == _ABOUT_ACCOUNTS else finding.what
            unmapped[finding.reason][what, finding.sources] += finding.events
    rows = [(*cell, number, accesses[cell]) for cell, number in numbers.items()]
    return FindingTallies(pd.DataFrame(rows, columns=[*_DIMENSIONS, "findings", "accesses"]), unmapped)


def by_month(tallies: Mapping[str, Tally]) -> Sheet:
    """Lay out the tallies of every month from the first to the last that has any findings."""
    shown = [(month, tallies.get(month, Tally())) for month in _months(sorted(tallies))]
    return _summary("Month", ChartShape.COLUMNS, shown, ["Months are those of the entity's time zone."])


def by_largest(heading: str, tallies: Mapping[str, Tally], notes: Sequence[str]) -> Sheet:
    """Lay out the tallies, the largest number of findings first."""
    shown = sorted(tallies.items(), key=lambda item: (-item[1].unauthorized - item[1].unresolved, item[0]))
    return _summary(heading, ChartShape.BARS, shown, notes)


def _months(with_findings: Sequence[str]) -> Sequence[str]:
    """Add the months between those with findings, unless a misdated log makes these too many."""
    if not with_findings:
        return []
    first, last = (pd.Period(month, "M") for month in (with_findings[0], with_findings[-1]))
    if last.ordinal - first.ordinal >= _MOST_MONTHS:
        return with_findings
    return [f"{month:%Y-%m}" for month in pd.period_range(first, last, freq="M")]


_FINDINGS = ("Findings: possible unauthorized", "Findings: unresolved")
_ACCESSES = ("Accesses: possible unauthorized", "Accesses: unresolved")


def _summary(heading: str, shape: ChartShape, tallies: Sequence[tuple[str, Tally]], notes: Sequence[str]) -> Sheet:
    by = heading.lower()
    return Sheet(
        title=f"By {by}",
        heading=f"Findings by {by}",
        notes=notes,
        columns=[
            Column(heading, 34, ColumnKind.WRAPPED),
            *(Column(name, 18, ColumnKind.INTEGER) for name in (*_FINDINGS, *_ACCESSES)),
        ],
        rows=[(name, *tally) for name, tally in tallies],
        empty="No findings stand.",
        charts=[
            Chart(
                title=f"Findings by {by}",
                categories=heading,
                values=_FINDINGS,
                values_title="Findings",
                shape=shape,
                stacked=True,
            )
        ],
        landscape=False,
    )
