"""Findings, audits and imported logs as the record has them: sound by default, changed by keyword."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from access.load_facts import load_facts
from audit.logs.models import LogImport
from reports.about import About
from reports.finding_history import finding_histories
from reports.findings_report import FindingsRecords, findings_report
from reports.listed_findings import ListedFinding, ListedFindings
from reports.queries import audit_runs, log_imports, rejects_waiting
from reports.sheets import Cover, Sheet
from tests.reports.reading import ABOUT
from tests.town import IMPORTED, NOW, Town

MARCH_1 = datetime(2025, 3, 1, 6, tzinfo=UTC)
APRIL_1 = datetime(2025, 4, 1, 5, tzinfo=UTC)
APRIL_2 = datetime(2025, 4, 2, 17, tzinfo=UTC)
MAY_1 = datetime(2025, 5, 1, 5, tzinfo=UTC)
JULY_3 = datetime(2025, 7, 3, 12, tzinfo=UTC)

_FINDING = ListedFinding(
    month="2025-04",
    reason="no_work_assignment",
    who="E1",
    what="S1",
    key="k",
    who_is_employee=True,
    what_is_series=True,
    verdict="unauthorized",
    status="open",
    events=1,
    first=APRIL_2,
    last=APRIL_2,
    subjects=1,
    actions="view",
    sources="cad",
    explanation="None.",
)
_IMPORT: dict[str, Any] = {
    "id": 1,
    "source": "cad",
    "system": "cad",
    "file_name": "cad.csv",
    "file_sha256": "",
    "first_time": MARCH_1,
    "last_time": MAY_1,
    "imported_at": IMPORTED,
    "imported_by": "clerk",
    "read": 5,
    "added": 5,
    "already_known": 0,
    "unreadable": 0,
    "passed_over": 0,
}


def a_finding(**changes: Any) -> ListedFinding:  # noqa: ANN401 - any field of a finding
    """Give a finding: Ann Olson viewed a case once on 2 April 2025, without a work assignment."""
    return _FINDING._replace(**changes)


def an_import(**changes: Any) -> LogImport:  # noqa: ANN401 - any field
    """Give a log of five accesses from 1 March to 1 May 2025."""
    return LogImport(**_IMPORT | changes)


def records_of(town: Town, **changes: Any) -> FindingsRecords:  # noqa: ANN401 - any field
    """Give a town's own records, but for those that are changed."""
    session = town.session
    facts = load_facts(session, at=NOW, graces=town.settings.graces())
    imports = log_imports(session)
    own = FindingsRecords(
        ListedFindings(session, None, None),
        facts,
        audit_runs(session),
        imports,
        rejects_waiting(session, town.settings.data_dir),
        finding_histories(session, facts.zone),
    )
    return replace(own, **changes)


def laid_out(records: FindingsRecords, about: About = ABOUT) -> list[Cover | Sheet]:
    """Lay out the report, its rows read."""
    return [_read(one) if isinstance(one, Sheet) else one for one in findings_report(records, about)]


def _read(sheet: Sheet) -> Sheet:
    return Sheet(
        title=sheet.title, columns=sheet.columns, rows=list(sheet.rows), empty=sheet.empty, charts=sheet.charts
    )
