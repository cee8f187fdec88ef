"""Which series a person may reach and did not: by what the logs of a time hold, or cannot tell."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from audit.kept import Kept
from audit.logs.models import LogImport
from audit.logs.standing_logs import standing_ids
from config.bulk import plain_faults
from config.texts import compare_form
from config.work import Work

_USED = """
    SELECT DISTINCT s.code
    FROM numbered_events e
    JOIN account_spells a ON a.account = e.account AND a.start <= epoch_us(e.time) AND epoch_us(e.time) < a."end"
    JOIN resource_rules r ON r.resource = e.resource
    LEFT JOIN counted_resource_rules c
        ON r.by_count AND c.resource = e.resource AND c.resource_count = e.resource_count
    JOIN series s ON s.series_key = (CASE WHEN c.resource IS NULL THEN r.series_key ELSE c.series_key END)
    WHERE a.employee_key = $employee
"""


@dataclass(frozen=True)
class Unused:
    """Of the series that a person may reach: which they accessed in some days and which not, as far as can be told.

    Args:
        used: The codes of those that they accessed.
        series: The codes of those that no log of the time has an access of theirs to.
        untold: The codes of those of which no log reaches into the time.
    """

    since: datetime
    used: frozenset[str]
    series: frozenset[str]
    untold: frozenset[str]


def unused_series(work: Work, kept: Kept, employee_id: str, reached: Collection[str], days: int) -> Unused:
    """Say which of some series a person did not access in the last days.

    Args:
        kept: What is at hand.

    Raises:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
    """
    since = work.now - timedelta(days=days)
    facts, logged = kept.policy.of(work).facts, _logged_systems(work.session, since)
    told = {series for system, _, series in facts.patterns if compare_form(system) in logged}
    with plain_faults(), kept.accesses_of(work, employee_id, since, work.now) as names:
        asked = {"employee": names.employee_keys.get(employee_id, -1)}
        used = {code for (code,) in names.connection.execute(_USED, asked).fetchall()}
    wanted = frozenset(reached)
    return Unused(since, wanted & used, wanted & told - used, wanted - told - used)


def _logged_systems(session: Session, since: datetime) -> set[str]:
    """Give the systems whose logs reach into the time since an instant."""
    counting = (col(LogImport.id).in_(standing_ids(session)), col(LogImport.last_time) >= since)
    return {compare_form(system) for system in session.exec(select(LogImport.system).where(*counting))}
