"""What judgements about a recorded series' text say of it, and its name as reports write it."""

from zoneinfo import ZoneInfo

from config.clock import start_text
from inventory.issues import Issue, IssueKind, inventory_issues
from inventory.models import DataSeries
from inventory.rules import required_by_13_025
from inventory.series_text import series_text
from reports.access_by_record import AccessByRecord

_CLASS_LOST = {IssueKind.CLASS_MISSING, IssueKind.CLASS_UNREADABLE, IssueKind.CLASS_CELL_CUT_OFF}


def issues_of(row: DataSeries, access: AccessByRecord) -> tuple[Issue, ...]:
    """Say what is wrong or doubtful in a series' row; work access is missing where the record has none either."""
    return inventory_issues(series_text(row, access.stated(row)))


def required(row: DataSeries) -> str:
    """Say whether 13.025 requires the series: yes, no, or unknown where a class is missing, lost or unreadable."""
    text = series_text(row, row.work_access_text)
    if required_by_13_025(text.classes.classes):
        return "yes"
    return "unknown" if _CLASS_LOST & {issue.kind for issue in inventory_issues(text)} else "no"


def name_of(row: DataSeries, zone: ZoneInfo) -> str:
    """Give a series' name, and from when on it is retired where it is."""
    return f"{row.name} (retired from {start_text(row.retired, zone)} on)" if row.retired else row.name
