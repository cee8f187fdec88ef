"""What the decision table decides: an access event with all that was known of it, and the decision."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from access.facts import Revocation
from access.rules import Grant
from config.clock import end_text, local_text, start_text


class Verdict(StrEnum):
    """What a decision says."""

    AUTHORIZED = "authorized"
    UNAUTHORIZED = "unauthorized"
    UNRESOLVED = "unresolved"
    OUT_OF_SCOPE = "out_of_scope"


class Target(StrEnum):
    """What the resource maps to."""

    IGNORE = "ignore"
    PUBLIC = "public"
    SERIES = "series"
    NOTHING = "nothing"


class Standing(StrEnum):
    """Whose the account is at the time of the event."""

    EMPLOYEE = "employee"
    NOT_EMPLOYED = "not_employed"
    SHARED = "shared"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Case:
    """An access event and all that was known of it at the audit's `known_at`.

    Args:
        time: When, in UTC.
        zone: The entity's time zone, in which sentences name times.
        action: The canonical action.
        purpose: What is meant by what the log gives; empty where it gives nothing.
        typed: What the log gives.
        target: What the resource maps to; `series_*` describe the series where it maps to one.
        untestable: Parts of the series' work access text that name no known holder.
        standing: Whose the account is then; `employee_name`, `supervisor` and `in_office` describe the employee.
        last_separation: The end of the employee's last period of employment before the event.
        grants: All grants of this employee to this series, timely or not, in force or not, in the order in which they
            are named: the first that fits is named.
        holders: Who has work access to the series, in words.
        revocations: Those of temporary duties, by the id of the grant.
    """

    time: datetime
    zone: ZoneInfo
    account: str
    resource: str
    action: str
    purpose: str
    target: Target
    standing: Standing
    series_name: str = ""
    series_public: bool = False
    untestable: tuple[str, ...] = ()
    employee_name: str = ""
    supervisor: str = ""
    in_office: bool = False
    last_separation: datetime | None = None
    grants: Sequence[Grant] = ()
    holders: str = ""
    revocations: Mapping[str, Revocation] = field(default_factory=dict)
    typed: str = ""

    def say(self, instant: datetime) -> str:
        """Say an instant in the entity's zone."""
        return local_text(instant, self.zone)

    def say_start(self, start: datetime) -> str:
        """Say from when on a period held."""
        return start_text(start, self.zone)

    def say_end(self, end: datetime) -> str:
        """Say how long a period held: through its last day, or until an instant."""
        return end_text(end, self.zone)

    def in_force(self) -> list[Grant]:
        """Give the grants in force at the event, timely or not."""
        return [grant for grant in self.grants if grant.holds_at(self.time)]

    def covering(self, kinds: Callable[[Grant], bool]) -> list[Grant]:
        """Give the grants of some kinds in force that cover action and purpose, timely or not."""
        return [
            grant
            for grant in self.in_force()
            if kinds(grant) and grant.covers_action(self.action) and grant.covers_purpose(self.purpose)
        ]


@dataclass(frozen=True)
class Decision:
    """What was decided of one access event, why, and by which grant where one decided."""

    verdict: Verdict
    reason: str
    explanation: str
    grant: Grant | None = None
