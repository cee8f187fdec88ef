"""The findings in numbers: how many there are, and how many accesses they hold, by month and by anything else."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from audit.case import Verdict
from reports.listed_findings import ListedFinding
from reports.sheets import Chart, ChartShape, Column, ColumnKind, Sheet

_MOST_MONTHS = 60
_ABOUT_ACCOUNTS, _ABOUT_RESOURCES = "unknown_account", "uninventoried_resource"


@dataclass
class Tally:
    """How many findings and accesses there are of each verdict."""

    unauthorized: int = 0
    unresolved: int = 0
    unauthorized_events: int = 0
    unresolved_events: int = 0

    def add(self, finding: ListedFinding) -> None:
        """Count one more finding."""
        if finding.verdict == Verdict.UNAUTHORIZED:
            self.unauthorized += 1
            self.unauthorized_events += finding.events
        else:
            self.unresolved += 1
            self.unresolved_events += finding.events


@dataclass(frozen=True)
class FindingTallies:
    """All that a report says of its findings in numbers, from one reading of them.

    Args:
        whole: Of all findings.
        months: By month, as YYYY-MM.
        departments: By the department that a finding's employee worked in.
        reasons: By reason, as the record names it.
        unmapped: How many accesses there were, by reason, to what no pattern maps or by whom no account list names;
            the first by resource, the second by account, and both by the sources that had them.
    """

    whole: Tally = field(default_factory=Tally)
    months: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    departments: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    reasons: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    unmapped: Mapping[str, Counter[tuple[str, str]]] = field(
        default_factory=lambda: {_ABOUT_RESOURCES: Counter(), _ABOUT_ACCOUNTS: Counter()}
    )


def tally_findings(findings: Iterable[ListedFinding], department: Callable[[ListedFinding], str]) -> FindingTallies:
    """Count findings and their accesses, reading them once."""
    tallies = FindingTallies()
    for finding in findings:
        tallies.whole.add(finding)
        tallies.months[finding.month].add(finding)
        tallies.departments[department(finding)].add(finding)
        tallies.reasons[finding.reason].add(finding)
        if finding.reason in tallies.unmapped:
            what = finding.who if finding.reason == _ABOUT_ACCOUNTS else finding.what
            tallies.unmapped[finding.reason][what, finding.sources] += finding.events
    return tallies


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
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (with_findings[0], with_findings[-1]))
    if last - first >= _MOST_MONTHS:
        return with_findings
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, last + 1)]


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
        rows=[
            (name, tally.unauthorized, tally.unresolved, tally.unauthorized_events, tally.unresolved_events)
            for name, tally in tallies
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
