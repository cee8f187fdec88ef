"""The accesses of a finding: decided anew as the audit that counted them knew it, the first of them first."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from sqlmodel import Session

from access.load_facts import load_facts
from access.resolve_grants import Policy
from access.rules import Grant
from audit.build_cases import CaseBuilder
from audit.decided import Decided, Range
from audit.logs.event_store import stored_logs, words_of
from audit.logs.sources import normalising_of
from audit.map_names import standing_of, target_of
from audit.models import AuditRun
from audit.rules import nearest_grant, rule_number
from audit.views import FindingView
from config.bulk import one_row, open_bulk, plain_faults
from config.clock import from_microseconds, microseconds
from config.settings import Settings

_KINDS = ("account", "resource", "action", "subject", "purpose")
_FURTHER = ("source_key", "subject", "subject_count")
_NO_KEY = -2  # of one who is no longer known
_SHOWN = "instant, source, file, record, account, resource, action, purpose, subject"


@dataclass(frozen=True)
class FindingAccess:
    """One access of a finding; `time` in UTC, `record` its ordinal in the file."""

    time: datetime
    source: str
    file: str
    record: int
    account: str
    resource: str
    action: str
    purpose: str
    subject: str


@dataclass(frozen=True)
class FindingAccesses:
    """The first accesses of a finding, how many there are in the logs, and the grant that came nearest to the first."""

    first: tuple[FindingAccess, ...]
    count: int
    nearest: Grant | None


def finding_accesses(
    session: Session, settings: Settings, finding: FindingView, run: AuditRun, *, most: int
) -> FindingAccesses:
    """Give the first accesses of a finding.

    Args:
        run: The audit that counted them: what it knew decides.
        most: How many are wanted.

    Raises:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
    """
    facts = load_facts(session, at=run.known_at, graces=settings.graces())
    store = stored_logs(session, settings.data_dir, at=run.logs_known_at)
    normalising = normalising_of(session, store)
    times = Range(microseconds(finding.first), microseconds(finding.last + timedelta(microseconds=1)))
    with plain_faults(), closing(open_bulk(settings)) as connection:
        policy = Policy(facts, connection)
        decided = Decided(policy, store, normalising, times)
        count = _pick(decided, finding)
        rows = _rows(decided, most)
        first = _rows(decided, 1)
        nearest = _nearest(policy, finding, first[0]) if first else None
    return FindingAccesses(tuple(FindingAccess(from_microseconds(row[0]), *row[1:-2]) for row in rows), count, nearest)


def _pick(decided: Decided, finding: FindingView) -> int:
    """Make the table `of_finding` of its accesses in words, and count them."""
    policy, connection = decided.policy, decided.connection
    rule = rule_number(finding.reason)
    employee = policy.employee_keys.get(finding.who, _NO_KEY) if finding.who_is_employee else -1
    series = policy.series_keys.get(finding.what, _NO_KEY) if finding.what_is_series else -1
    whole = tuple(f"{kind}_whole" for kind in _KINDS) if decided.store.has_whole_names else ()
    made = "CREATE OR REPLACE TABLE picked_numbers AS"
    for batch in decided.batches((*_FURTHER, *whole)):
        decisions = batch.decisions
        wanted = (decisions.rule == rule) & (decisions.employee == employee) & (decisions.series == series)
        connection.register("picked_batch", batch.columns(np.flatnonzero(wanted)))
        connection.execute(f"{made} FROM picked_batch")
        made = "INSERT INTO picked_numbers"
    if made.startswith("CREATE"):
        return 0
    words = words_of("(SELECT *, account AS account_number FROM picked_numbers)", _KINDS, whole=bool(whole))
    connection.execute(
        f"""CREATE OR REPLACE TABLE of_finding AS
        SELECT w.* FROM ({words}) w LEFT JOIN account_forms f ON f.account = w.account_number
        WHERE ($who IS NULL OR f.form = $who) AND ($what IS NULL OR w.resource = $what)""",  # noqa: S608 - our own names
        {
            "who": None if finding.who_is_employee else finding.who,
            "what": None if finding.what_is_series else finding.what,
        },
    )
    (count,) = one_row(connection, "SELECT count(*) FROM of_finding")
    return int(count)


def _rows(decided: Decided, most: int) -> list[tuple[Any, ...]]:
    if not decided.events:
        return []
    query = f"SELECT {_SHOWN}, resource_rule, account_rule FROM of_finding ORDER BY instant, place LIMIT ?"  # noqa: S608
    return decided.connection.execute(query, [most]).fetchall()


def _nearest(policy: Policy, finding: FindingView, row: tuple[Any, ...]) -> Grant | None:
    """Give the grant that came nearest to covering an access."""
    access, (resource_rule, account_rule) = FindingAccess(from_microseconds(row[0]), *row[1:-2]), row[-2:]
    series = finding.what if finding.what_is_series else ""
    case = CaseBuilder(policy).build(
        time=access.time,
        account=access.account,
        resource=access.resource,
        action=access.action,
        purpose=access.purpose,
        target=target_of(resource_rule, series),
        standing=standing_of(account_rule),
        employee_id=finding.who if finding.who_is_employee else "",
        series=series,
    )
    return nearest_grant(case, finding.reason)
