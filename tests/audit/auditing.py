"""How tests audit the town: logs of single accesses, and what is found of them.

Bids (S4) were open to Ann Olson (E1) from 1 to 5 March 2025, and never again.
"""

from datetime import datetime

from access.models import WorkAccess
from audit.audit_receipt import AuditReceipt
from audit.queries import standing_findings
from tests.builders import JUNE_1, a_row
from tests.town import Town

HEADINGS = "time,account,resource,action,subject,purpose"


def log(town: Town, *lines: str, at: datetime = JUNE_1) -> None:
    """Import a log of these lines."""
    town.log("\n".join([HEADINGS, *lines]), at=at)


def view_bids(town: Town, *days: str, at: datetime = JUNE_1) -> None:
    """Import a log in which Ann Olson views a bid at noon of each day."""
    log(town, *(f"{day} 12:00,aolson,bid/17,view,C-1," for day in days), at=at)


def open_bids(town: Town, recorded_at: datetime) -> None:
    """Record that bids are open to Ann Olson, and always were."""
    town.record(a_row(WorkAccess, series="S4", holder_type="employee", holder="E1", recorded_at=recorded_at))


def found(town: Town) -> list[tuple[str, str, int]]:
    """Give reason, month and number of events of the findings that stand."""
    standing = standing_findings(town.session)
    return [(one.finding.reason, one.finding.month, one.figures.events) for one in standing]


def keys(town: Town) -> list[str]:
    """Give the keys of the findings that stand."""
    return [one.finding.key for one in standing_findings(town.session)]


def moved(receipt: AuditReceipt) -> tuple[int, int, int]:
    """Give how many findings are new, changed and gone."""
    return receipt.moves.new, receipt.moves.changed, receipt.moves.gone
