"""The accesses of a finding: decided anew as the audit that counted them knew it, the first of them first."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from access.known_rows import About
from access.load_facts import load_facts
from access.resolve_grants import Policy
from access.rules import Grant
from audit.build_cases import CaseBuilder
from audit.case import Case
from audit.duty_accesses import leave_out_others
from audit.logs.event_store import open_events, stored_logs
from audit.logs.sources import normalising_of
from audit.map_events import map_events
from audit.map_names import standing_of, target_of
from audit.models import AuditRun
from audit.rules import decide, nearest_grant
from audit.views import FindingView
from config.bulk import open_bulk, plain_faults
from config.clock import from_microseconds, microseconds
from config.work import Work

if TYPE_CHECKING:
    from access.current_policy import CurrentPolicy  # loads NumPy, which the command line can do without

_NO_KEY = -2  # of one who is no longer known
_AT_ONCE = 1_000
_CANDIDATES = """
    CREATE OR REPLACE TABLE candidates AS
    SELECT e.*, e.account AS account_number, a.rule AS account_rule, coalesce(c.rule, r.rule) AS resource_rule
    FROM numbered_events e
    JOIN account_spells a ON a.account = e.account AND a.start <= epoch_us(e.time) AND epoch_us(e.time) < a."end"
    JOIN resource_rules r ON r.resource = e.resource
    LEFT JOIN counted_resource_rules c
        ON r.by_count AND c.resource = e.resource AND c.resource_count = e.resource_count
    WHERE a.employee_key IS NOT DISTINCT FROM {employee}
        AND (CASE WHEN c.resource IS NULL THEN r.series_key ELSE c.series_key END) IS NOT DISTINCT FROM {series}
"""
_IN_ORDER = """
    SELECT epoch_us(time), source, file, record, w.account, w.resource, action, purpose, subject, resource_rule,
        account_rule
    FROM in_words('candidates') w LEFT JOIN account_forms f ON f.account = w.account_number
    WHERE ($who IS NULL OR f.form = $who) AND ($what IS NULL OR w.resource = $what)
    ORDER BY time, place
"""


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
    """The first accesses of a finding, and the grant that came nearest to the first.

    `count` is how many there are: as audited, or where fewer were found than asked for, as found. `grants` are all of
    the employee and the series, in force or not, in the order in which they are named.
    """

    first: tuple[FindingAccess, ...]
    count: int
    nearest: Grant | None
    grants: tuple[Grant, ...] = ()


def finding_accesses(
    work: Work, policy: "CurrentPolicy | None", finding: FindingView, run: AuditRun, *, most: int
) -> FindingAccesses:
    """Give the first accesses of a finding.

    Args:
        policy: Gives what was known when they were counted; None = what this finding rests on is resolved for it alone.
        run: The audit that counted them: what it knew decides.
        most: How many are wanted.

    Raises:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
    """
    store = stored_logs(work.session, work.settings.data_dir, at=run.logs_known_at)
    normalising = normalising_of(work.session, store)
    employee = finding.who if finding.who_is_employee else ""
    with plain_faults(), closing(open_bulk(work.settings)) as connection:
        if policy is None:
            facts = load_facts(work.session, at=run.known_at, graces=work.settings.graces(), about=_about(finding))
            known = names = Policy(facts, connection)
        else:
            known = policy.known_at(work, run.known_at)
            names = Policy(known.names_of(employee), connection)
        open_events(connection, store, microseconds(finding.first), microseconds(finding.last) + 1)
        if employee:
            leave_out_others(names, employee)
        map_events(names, store, normalising)
        first, nearest, grants = list[FindingAccess](), None, tuple[Grant, ...]()
        for access, case in _decided_so(known, names, finding):
            if not first:
                nearest, grants = nearest_grant(case, finding.reason), tuple(case.grants)
            first.append(access)
            if len(first) == most:
                break
    count = finding.events if len(first) == most else len(first)
    return FindingAccesses(tuple(first), count, nearest, grants)


def _about(finding: FindingView) -> About:
    """Say which facts decide its accesses: those of its employee and of its series, where it has them."""
    employee = finding.who if finding.who_is_employee else ""
    return About(employee, finding.what if finding.what_is_series else "", with_names=True)


def _decided_so(known: Policy, names: Policy, finding: FindingView) -> Iterator[tuple[FindingAccess, Case]]:
    """Decide one by one the accesses of whom and of what the finding is, and give those of its reason, in order."""
    builder, connection = CaseBuilder(known), names.connection
    employee, series = finding.who if finding.who_is_employee else "", finding.what if finding.what_is_series else ""
    connection.execute(
        _CANDIDATES.format(
            employee=names.employee_keys.get(employee, _NO_KEY) if employee else "NULL",
            series=names.series_keys.get(series, _NO_KEY) if series else "NULL",
        )
    )
    called = {"who": None if employee else finding.who, "what": None if series else finding.what}
    grants = known.grants_of(employee, series)
    rows = connection.cursor().execute(_IN_ORDER, called)  # its own, so that the other is free meanwhile
    while some := rows.fetchmany(_AT_ONCE):
        for instant, *texts, resource_rule, account_rule in some:
            access = FindingAccess(from_microseconds(instant), *texts)
            case = builder.build(
                time=access.time,
                account=access.account,
                resource=access.resource,
                action=access.action,
                purpose=access.purpose,
                target=target_of(resource_rule, series),
                standing=standing_of(account_rule),
                employee_id=employee,
                series=series,
                grants=grants,
            )
            if decide(case).reason == finding.reason:
                yield access, case
