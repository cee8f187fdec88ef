"""Decides the same accesses by several states of grants, each as an audit would: the names in logs are mapped once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb
import numpy as np

from access.accounts import AccountNormalising
from access.facts import Facts
from access.name_facts import forms_of
from access.resolve_grants import Keyed, Policy
from audit.decide_events import Decisions, Numbers, Rules
from audit.decided import as_numbers, lookups_of
from audit.kept import Kept
from audit.logs.event_store import Store
from audit.map_events import map_what_grants_say, map_whose_and_what
from config.work import Work

_ASKED = "SELECT epoch_us(time) AS instant, account, resource, resource_count, action, purpose FROM numbered_events"


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
    """

    def __init__(
        self,
        facts: Facts,
        wanted: Wanted,
        connection: duckdb.DuckDBPyConnection,
        store: Store,
        normalising: Mapping[int, AccountNormalising],
    ) -> None:
        self._facts, self._connection, self._store = facts, connection, store
        self._about = wanted.people
        known = Keyed(facts, connection)
        map_whose_and_what(known, store, normalising)
        self.people, self.codes = list(known.employee_keys), list(known.series_keys)
        self._events = as_numbers(connection.sql(_ASKED).to_arrow_table())
        self._chosen: Numbers = np.arange(len(self._events.instant))
        decided = self._decide(facts)
        codes = np.array([code in wanted.series for code in self.codes] + [False])
        of_these = codes[decided.series] & (decided.employee >= 0)
        self._chosen = np.flatnonzero(of_these)
        self.instant = self._events.instant[self._chosen]
        self.employee, self.series = decided.employee[self._chosen], decided.series[self._chosen]

    def rules(self, facts: Facts) -> Rules:
        """Give the row of the decision table that decides each access where the grants are those of some facts."""
        return self._decide(facts).rule[self._chosen]

    def _decide(self, facts: Facts) -> Decisions:
        granted = replace(
            self._facts, accesses=facts.accesses, duties=facts.duties, officer_duties=facts.officer_duties
        )
        policy = Policy(granted, self._connection, self._about)
        map_what_grants_say(policy, self._store)
        return lookups_of(policy).decide(self._events)


@contextmanager
def open_variants(work: Work, kept: Kept, facts: Facts, wanted: Wanted) -> Iterator[Variants]:
    """Open the accesses that are wanted.

    Args:
        facts: What is known of people, logins and resources.

    Raises:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
    """
    logs = kept.logs.of(work)
    resources = kept.resources.of(logs, facts).of(wanted.series)
    logins = [login for login in facts.logins if login.employee_id in wanted.people]
    about = replace(
        facts,
        employees={one: facts.employees[one] for one in wanted.people},
        accesses=(),
        duties=(),
        officer_duties=(),
    )
    with logs.events_about(lambda how: forms_of(logins, how), resources, wanted.start, wanted.end) as connection:
        yield Variants(about, wanted, connection, logs.store, logs.normalising)
