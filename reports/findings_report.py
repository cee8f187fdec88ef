"""The findings that stand, for those who deal with them: summaries, the list, the law, and what was not judged."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from access.facts import Facts
from audit.logs.models import LogImport
from audit.models import AuditRun
from config.clock import microseconds
from reports.about import About
from reports.finding_tallies import Tally, by_largest, by_month, tally_findings
from reports.legal_basis import LEGAL_BASIS, OTHER_GROUNDS, POSSIBLE, VERDICTS_IN_WORDS, legal_basis_sheet
from reports.listed_findings import ListedFinding
from reports.not_judged import not_judged_sheet
from reports.people import People
from reports.sheets import CellValue, Column, ColumnKind, Cover, Section, Sheet

NO_EMPLOYEE = "no employee"
_HANDLE_WITH_CARE = (
    "This workbook names employees and says what they accessed. Treat it as private personnel data "
    "(Minn. Stat. 13.43): give it only to those whose work assignment requires it."
)
_WHAT_A_FINDING_IS = (
    "A finding gathers the accesses of one employee or account to one series or resource in one month, for one reason."
)
_ABOUT_DEPARTMENTS = (
    "The department of the employee at the time of the finding's last access; “formerly” where no position was held "
    f"any more; “{NO_EMPLOYEE}” where the account is nobody's, shared, or a service's."
)
_NO_AUDIT = "No audit has been run yet."


@dataclass(frozen=True)
class FindingsRecords:
    """What the report is made of.

    Args:
        findings: Those that stand, in the order in which they are listed; read more than once.
        facts: Everything known.
        runs: All audits, the newest first.
        imports: All imported logs, in the order of their import.
        rejects: How many unreadable records each import was the first to bring, by its id.
    """

    findings: Iterable[ListedFinding]
    facts: Facts
    runs: Sequence[AuditRun]
    imports: Sequence[LogImport]
    rejects: Mapping[int, int]


def findings_report(records: FindingsRecords, about: About) -> Iterator[Cover | Sheet]:
    """Lay out the findings."""
    departments = _Departments(records.facts)
    tallies = tally_findings(records.findings, departments.of)
    reasons = {LEGAL_BASIS[reason].in_words: tally for reason, tally in tallies.reasons.items()}
    yield _cover(tallies.whole, records.runs, about)
    yield by_month(tallies.months)
    yield by_largest("Department", tallies.departments, [_ABOUT_DEPARTMENTS])
    yield by_largest("Reason", reasons, ["The sheet “Legal basis” says what each reason means."])
    yield _list(records, departments)
    yield legal_basis_sheet()
    yield not_judged_sheet(tallies, records.facts, records.runs, records.imports, records.rejects, about)


class _Departments:
    """Says in which department a finding's employee worked when the last of its accesses was made."""

    def __init__(self, facts: Facts) -> None:
        self.people = People(facts)

    def of(self, finding: ListedFinding) -> str:
        if not finding.who_is_employee:
            return NO_EMPLOYEE
        return self.people.department_at(finding.who, microseconds(finding.last))


def _cover(tally: Tally, runs: Sequence[AuditRun], about: About) -> Cover:
    return Cover(
        heading="Findings of the access audit",
        sections=[
            about.section(about.of_months(), paragraphs=[POSSIBLE, OTHER_GROUNDS, _HANDLE_WITH_CARE]),
            Section(
                heading="Findings that stand",
                facts=[
                    ("Possible unauthorized access", tally.unauthorized),
                    ("Accesses in these findings", tally.unauthorized_events),
                    ("Unresolved", tally.unresolved),
                    ("Accesses in these findings", tally.unresolved_events),
                ],
                paragraphs=[_WHAT_A_FINDING_IS],
            ),
            _newest_audit(runs, about),
        ],
    )


def _newest_audit(runs: Sequence[AuditRun], about: About) -> Section:
    if not runs:
        return Section(heading="The newest audit", paragraphs=[_NO_AUDIT])
    run = runs[0]
    return Section(
        heading="The newest audit",
        facts=[
            ("Run", f"{about.say(run.run_at)} by {run.run_by}"),
            ("From", about.say(run.range_start) if run.range_start else "the first event"),
            ("To", f"{about.say(run.range_end)}, not included" if run.range_end else "the last event"),
            ("As known on", about.say(run.known_at)),
            ("Accesses decided", run.events),
            ("Authorized", run.authorized),
            ("Possible unauthorized access", run.unauthorized),
            ("Unresolved", run.unresolved),
            ("Out of scope", run.out_of_scope),
            (
                "Cross-examined",
                f"{run.examined:,} decisions put to Casbin and the decision table, of which {run.agreed:,} agreed",
            ),
            ("Digest of its inputs", run.digest),
        ],
    )


def _list(records: FindingsRecords, departments: _Departments) -> Sheet:
    return Sheet(
        title="Findings",
        notes=["The status and notes of a finding are kept in the service, where officials deal with it by its key."],
        columns=[
            Column("Key", 18),
            Column("Status", 10),
            Column("Verdict", 15, ColumnKind.WRAPPED),
            Column("Reason", 18, ColumnKind.WRAPPED),
            Column("Month", 9),
            Column("Who", 22, ColumnKind.WRAPPED),
            Column("Department", 17, ColumnKind.WRAPPED),
            Column("What", 26, ColumnKind.WRAPPED),
            Column("Accesses", 11, ColumnKind.INTEGER),
            Column("First", 19, ColumnKind.INSTANT),
            Column("Last", 19, ColumnKind.INSTANT),
            Column("Data subjects", 11, ColumnKind.INTEGER),
            Column("Actions", 12, ColumnKind.WRAPPED),
            Column("Sources", 13, ColumnKind.WRAPPED),
            Column("Why: its first access explained", 60, ColumnKind.WRAPPED),
        ],
        rows=(_row(finding, records.facts, departments) for finding in records.findings),
        empty="No findings stand." if records.runs else _NO_AUDIT,
        frozen_columns=1,
    )


def _row(finding: ListedFinding, facts: Facts, departments: _Departments) -> tuple[CellValue, ...]:
    series = facts.series.get(finding.what) if finding.what_is_series else None
    return (
        finding.key,
        finding.status.replace("_", " "),
        VERDICTS_IN_WORDS[finding.verdict],
        LEGAL_BASIS[finding.reason].in_words,
        finding.month,
        departments.people.named(finding.who)
        if finding.who_is_employee
        else f"account {finding.who or '(none given)'}",
        departments.of(finding),
        f"{series.name} ({series.code})" if series else finding.what or "(none given)",
        finding.events,
        finding.first,
        finding.last,
        finding.subjects,
        finding.actions,
        finding.sources,
        finding.explanation,
    )
