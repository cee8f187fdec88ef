"""The accesses of a finding: decided anew as the audit that counted them knew it, the first of them first."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from access.about import About
from access.facts import Facts
from access.load_facts import load_facts
from access.resolve_grants import Keyed, Policy
from access.rules import Grant, normal_purpose
from audit.build_cases import CaseBuilder
from audit.case import Case
from audit.case_numbers import case_patterns, offer_case_numbers
from audit.finding_rows import CountingAudit
from audit.logs.keeping.removed import say_removed_of
from audit.logs.opened_logs import OpenedLogs, open_logs_of
from audit.map_names import standing_of, target_of
from audit.own_accesses import accesses_of_account, accesses_of_employee
from audit.rules import decide, nearest_grant
from audit.views import FindingView
from config.bulk import cursor_beside, plain_faults
from config.clock import from_microseconds
from config.work import Work

if TYPE_CHECKING:
    from audit.kept import Kept  # loads NumPy, which the command line can do without

_NO_KEY = -2  # of one who is no longer known
_AT_ONCE = 1_000
_A_MOMENT = timedelta(microseconds=1)  # so that a period holds its last access
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
    SELECT epoch_us(time), source, file, record, w.account, w.resource, action, purpose, raw_purpose,
        case_number(source, raw_purpose), subject,
        resource_rule, account_rule
    FROM in_words('candidates') w LEFT JOIN account_forms f ON f.account = w.account_number
    WHERE ($who IS NULL OR f.form = $who) AND ($what IS NULL OR w.resource = $what)
    ORDER BY time, place
"""


@dataclass(frozen=True)
class FindingAccess:
    """One access of a finding.

    Args:
        time: In UTC.
        record: Its ordinal in the file.
        typed: What was typed that means the purpose.
        case_number: That in what was typed, where the source's profile says how one is found.
    """

    time: datetime
    source: str
    file: str
    record: int
    account: str
    resource: str
    action: str
    purpose: str
    typed: str
    case_number: str
    subject: str

    @property
    def purpose_in_words(self) -> str:
        """What was typed, and what that means where it means something else."""
        if normal_purpose(self.typed) == normal_purpose(self.purpose):
            return self.typed
        return f"{self.typed} (means {self.purpose})"


@dataclass(frozen=True)
class FindingAccesses:
    """The first accesses of a finding, and the grant that came nearest to the first.

    `count` is how many there are: as audited, or where fewer were found than asked for, as found. `grants` are all of
    the employee and the series, in force or not, in the order in which they are named. `removed` says under which
    schedule some were removed; it is empty where none were.
    """

    first: tuple[FindingAccess, ...]
    count: int
    nearest: Grant | None
    grants: tuple[Grant, ...] = ()
    removed: str = ""


def finding_accesses(
    work: Work, kept: "Kept | None", finding: FindingView, run: CountingAudit, *, most: int
) -> FindingAccesses:
    """Give the first accesses of a finding.

    Args:
        kept: What is at hand; None = what this finding rests on is looked up for it alone.
        run: The audit that counted them: what it knew decides.
        most: How many are wanted.

    Raises:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
    """
    with plain_faults():
        if kept is None:
            logs = open_logs_of(work, finding.sources, at=run.logs_known_at)
            facts = load_facts(work.reader, at=run.known_at, graces=work.settings.graces(), about=_about(finding))
        else:
            logs = kept.logs.of(work, at=run.logs_known_at)
            policy = kept.policy.known_at(work, run.known_at)
            narrowed = policy.names.of if finding.who_is_employee else policy.names.of_account
            facts = narrowed(finding.who, logs.normalisings)
        with _opened(logs, facts, finding) as names:
            offer_case_numbers(names.connection, case_patterns(work.reader))
            known = policy if kept else Policy(facts, names.connection)
            found = _first_of(known, names, finding, most)
    removed = say_removed_of(work, finding.first, finding.last, finding.sources)
    return replace(found, removed=removed)


def _opened(logs: OpenedLogs, facts: Facts, finding: FindingView) -> AbstractContextManager[Keyed]:
    opened = accesses_of_employee if finding.who_is_employee else accesses_of_account
    return opened(logs, facts, finding.who, finding.first, finding.last + _A_MOMENT)


def _first_of(known: Policy, names: Keyed, finding: FindingView, most: int) -> FindingAccesses:
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
    employees = [finding.who] if finding.who_is_employee else []
    return About(employees, [finding.what] if finding.what_is_series else [], with_names=True)


def _decided_so(known: Policy, names: Keyed, finding: FindingView) -> Iterator[tuple[FindingAccess, Case]]:
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
    with closing(cursor_beside(connection)) as rows:
        rows.execute(_IN_ORDER, called)
        while some := rows.fetchmany(_AT_ONCE):
            for instant, *texts, resource_rule, account_rule in some:
                access = FindingAccess(from_microseconds(instant), *texts)
                case = builder.build(
                    time=access.time,
                    account=access.account,
                    resource=access.resource,
                    action=access.action,
                    purpose=access.purpose,
                    typed=access.typed,
                    target=target_of(resource_rule, series),
                    standing=standing_of(account_rule),
                    employee_id=employee,
                    series=series,
                    grants=grants,
                )
                if decide(case).reason == finding.reason:
                    yield access, case
