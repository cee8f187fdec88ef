"""What the requests of one service share, so that it is looked up once for as long as it stands."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from access.current_policy import CurrentPolicy
from access.kept_lists import InOrder, KeptLists, OneEmployee
from access.resolve_grants import Keyed
from audit.logs.opened_logs import KeptLogs
from audit.own_accesses import accesses_of_employee
from audit.resources_of_series import KeptResources
from audit.standing_counts import KeptCounts, StandingCounts
from config.work import Work


@dataclass(frozen=True)
class Kept:
    """What is known now, resolved and in order, the stored logs, opened, and the findings, counted.

    Of one that is new nothing is at hand yet.
    """

    policy: CurrentPolicy = field(default_factory=CurrentPolicy)
    logs: KeptLogs = field(default_factory=KeptLogs)
    resources: KeptResources = field(default_factory=KeptResources)
    counts: KeptCounts = field(default_factory=KeptCounts)
    lists: KeptLists = field(default_factory=KeptLists)

    def accesses_of(
        self, work: Work, employee_id: str, start: datetime, end: datetime
    ) -> AbstractContextManager[Keyed]:
        """Open an employee's accesses during [start, end) as `accesses_of_employee` does, by what is known now.

        Raises:
            Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
        """
        logs = self.logs.of(work)
        facts = self.policy.of(work).names.of(employee_id, logs.normalisings)
        return accesses_of_employee(logs, facts, employee_id, start, end)


@dataclass(frozen=True)
class AtHand:
    """What is kept, of the state of the record that is being read."""

    kept: Kept
    work: Work

    @cached_property
    def counts(self) -> StandingCounts:
        """The findings that stand, counted."""
        return self.kept.counts.of(self.work)

    @cached_property
    def people(self) -> InOrder[OneEmployee]:
        """The employees, by name."""
        return self.kept.lists.people(self.work.session, self.work.now)
