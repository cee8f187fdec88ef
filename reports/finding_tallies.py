"""The findings in numbers: how many there are, and how many accesses they hold, by month and by anything else."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from audit.queries import StandingFinding
from audit.rules import Verdict
from reports.sheets import Chart, ChartShape, Column, ColumnKind, Sheet

_MOST_MONTHS = 60


@dataclass
class Tally:
    """How many findings and accesses there are of each verdict."""

    unauthorized: int = 0
    unresolved: int = 0
    unauthorized_events: int = 0
    unresolved_events: int = 0

    @classmethod
    def of(cls, findings: Sequence[StandingFinding]) -> "Tally":
        """Count some findings."""
        tally = cls()
        for one in findings:
            if one.finding.verdict == Verdict.UNAUTHORIZED:
                tally.unauthorized += 1
                tally.unauthorized_events += one.figures.events
            else:
                tally.unresolved += 1
                tally.unresolved_events += one.figures.events
        return tally


_Tallies = list[tuple[str, Tally]]


def _tallied(findings: Sequence[StandingFinding], key: Callable[[StandingFinding], str]) -> dict[str, Tally]:
    grouped: dict[str, list[StandingFinding]] = defaultdict(list)
    for one in findings:
        grouped[key(one)].append(one)
    return {name: Tally.of(those) for name, those in grouped.items()}


def by_month(findings: Sequence[StandingFinding]) -> Sheet:
    """Count the findings of every month from the first to the last that has any."""
    return _summary("Month", ChartShape.COLUMNS, _by_month(findings), ["Months are those of the entity's time zone."])


def by_largest(
    heading: str, findings: Sequence[StandingFinding], key: Callable[[StandingFinding], str], notes: Sequence[str]
) -> Sheet:
    """Count the findings under each key, the largest number first."""
    return _summary(heading, ChartShape.BARS, _largest_first(findings, key), notes)


def _largest_first(findings: Sequence[StandingFinding], key: Callable[[StandingFinding], str]) -> _Tallies:
    tallies = _tallied(findings, key).items()
    return sorted(tallies, key=lambda item: (-item[1].unauthorized - item[1].unresolved, item[0]))


def _by_month(findings: Sequence[StandingFinding]) -> _Tallies:
    """Tally the months with findings, and those without between them, unless a misdated log makes these too many."""
    tallies = _tallied(findings, lambda one: one.finding.month)
    months = sorted(tallies)
    if months:
        first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (months[0], months[-1]))
        if last - first < _MOST_MONTHS:
            months = [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, last + 1)]
    return [(month, tallies.get(month, Tally())) for month in months]


_FINDINGS = ("Findings: possible unauthorized", "Findings: unresolved")
_ACCESSES = ("Accesses: possible unauthorized", "Accesses: unresolved")


def _summary(heading: str, shape: ChartShape, tallies: _Tallies, notes: Sequence[str]) -> Sheet:
    by = heading.lower()
    return Sheet(
        title=f"By {by}",
        heading=f"Findings by {by}",
        notes=notes,
        columns=[
            Column(heading, 34, ColumnKind.WRAPPED),
            *(Column(name, 18, ColumnKind.INTEGER) for name in (*_FINDINGS, *_ACCESSES)),
        ],
        rows=[
            (name, one.unauthorized, one.unresolved, one.unauthorized_events, one.unresolved_events)
            for name, one in tallies
        ],
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
