"""Decides the same accesses by several states of grants, as an audit would: names and grants are worked out once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb
import numpy as np

from access.accounts import AccountNormalising
from access.current_policy import KeptPolicy
from access.facts import Access, Duty, Facts
from access.load_facts import StatedGrants
from access.name_facts import forms_of
from access.resolve_grants import Keyed, Policy
from audit.decide_events import Decisions, Lookups, Numbers, Rules
from audit.decided import as_numbers, lookups_of
from audit.kept import Kept
from audit.logs.opened_logs import OpenedLogs
from audit.map_events import map_what_grants_say, map_whose_and_what
from config.work import Work

_MANY = 500  # people of whom all accesses to a series are sooner read than those of their accounts
_ASKED = "SELECT epoch_us(time) AS instant, account, resource, resource_count, action, purpose FROM numbered_events"
_FORMS = """
    SELECT DISTINCT source_key, form FROM memory.logged_accounts
    SEMI JOIN (SELECT DISTINCT account FROM numbered_events) USING (account)
"""
_CHOSEN_GRANTS = """
    CREATE OR REPLACE TABLE grants AS
    FROM every_grant SEMI JOIN (SELECT stated FROM stated WHERE grant_id::INTEGER IN (SELECT unnest(?::INTEGER[])))
    USING (stated)
"""


@dataclass(frozen=True)
class Wanted:
    """Which accesses are decided: of some people to some series, during [start, end)."""

    people: frozenset[str]
    series: frozenset[str]
    start: datetime
    end: datetime


class Variants:
    """The accesses that are wanted, one place each in all that is given of them.

    `instant` is in microseconds since 1970 in UTC; `employee` and `series` are places in `people` and `codes`.

    Args:
        facts: What is known of those whose accesses they are.
        several: All grants by which the accesses are to be decided, now or then; at least one state of them.
    """

    def __init__(
        self,
        facts: Facts,
        wanted: Wanted,
        several: Sequence[StatedGrants],
        connection: duckdb.DuckDBPyConnection,
        logs: OpenedLogs,
    ) -> None:
        self._connection = connection
        self._numbers: dict[Access | Duty, int] = {}
        for grants in several:
            for row in _rows_of(grants):
                self._numbers.setdefault(row, len(self._numbers))
        map_whose_and_what(Keyed(facts, connection), logs.store, logs.normalising)
        self._policy = Policy(self._numbered(facts, several), connection, facts.employees)
        map_what_grants_say(self._policy, logs.store)
        connection.execute("ALTER TABLE grants RENAME TO every_grant")
        self.people, self.codes = list(self._policy.employee_keys), list(self._policy.series_keys)
        self._events = as_numbers(connection.sql(_ASKED).to_arrow_table())
        self._lookups: Lookups | None = None
        self._first, decided = several[0], self._decide(several[0])
        of_these = np.array([*(code in wanted.series for code in self.codes), False])
        self._chosen: Numbers = np.flatnonzero(of_these[decided.series] & (decided.employee >= 0))
        self.instant = self._events.instant[self._chosen]
        self.employee, self.series = decided.employee[self._chosen], decided.series[self._chosen]
        self._rules_of_first = decided.rule[self._chosen]

    def rules(self, grants: StatedGrants) -> Rules:
        """Give the row of the decision table that decides each access where nothing else is granted."""
        return self._rules_of_first if grants is self._first else self._decide(grants).rule[self._chosen]

    def _decide(self, grants: StatedGrants) -> Decisions:
        self._connection.execute(_CHOSEN_GRANTS, [[self._numbers[row] for row in _rows_of(grants)]])
        self._lookups = lookups_of(self._policy, self._lookups)
        return self._lookups.decide(self._events)

    def _numbered(self, facts: Facts, several: Sequence[StatedGrants]) -> Facts:
        """Give facts in which all grants are stated, each once, and named by its number."""
        accesses = dict.fromkeys(row for grants in several for row in grants.accesses)
        duties = dict.fromkeys(row for grants in several for row in grants.duties)
        officer_duties = dict.fromkeys(row for grants in several for row in grants.officer_duties)
        return replace(
            facts,
            accesses=tuple(row._replace(grant_id=str(self._numbers[row])) for row in accesses),
            duties=tuple(row._replace(grant_id=str(self._numbers[row])) for row in duties),
            officer_duties=tuple(row._replace(grant_id=str(self._numbers[row])) for row in officer_duties),
        )


def _rows_of(grants: StatedGrants) -> list[Access | Duty]:
    return [*grants.accesses, *grants.duties, *grants.officer_duties]


@contextmanager
def open_variants(
    work: Work, kept: Kept, known: KeptPolicy, wanted: Wanted, several: Sequence[StatedGrants]
) -> Iterator[Variants]:
    """Open the accesses that are wanted.

    Args:
        known: What is known of people, logins and resources.
        several: All grants by which the accesses are to be decided.

    Raises:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
    """
    logs = kept.logs.of(work)
    resources = kept.resources.of(logs, known.facts).of(wanted.series)
    logins = [login for login in known.facts.logins if login.employee_id in wanted.people]
    forms = None if len(wanted.people) > _MANY else (lambda how: forms_of(logins, how))
    with logs.events_about(forms, resources, wanted.start, wanted.end) as connection:
        facts = _facts_about(known, wanted, _forms_in(connection, logs))
        yield Variants(facts, wanted, several, connection, logs)


def _forms_in(connection: duckdb.DuckDBPyConnection, logs: OpenedLogs) -> Mapping[AccountNormalising, set[str]]:
    """Give the accounts of the opened events, in the forms in which they compare."""
    forms = defaultdict[AccountNormalising, set[str]](set)
    for key, form in connection.execute(_FORMS).fetchall():
        forms[logs.normalising.get(key, AccountNormalising())].add(form)
    return forms


def _facts_about(known: KeptPolicy, wanted: Wanted, forms: Mapping[AccountNormalising, set[str]]) -> Facts:
    """Give what is known of those among the wanted people who can have done what some accounts did."""
    named = known.names.of_forms(forms)
    people = wanted.people & named.employees.keys()
    return replace(
        named,
        employees={one: named.employees[one] for one in people},
        holdings=tuple(one for one in known.facts.holdings if one.employee_id in people),
        positions=known.facts.positions,
    )
