"""Which grants let their holder reach something as of a day: those in force while that person is employed."""

from collections.abc import Iterable

from access.current_policy import HeldGrant, KeptPolicy
from config.clock import ALWAYS, FOREVER, microseconds
from config.web.as_of import AsOf


def let_reach(policy: KeptPolicy, held: Iterable[HeldGrant], day: AsOf) -> list[HeldGrant]:
    """Give those grants by which something is authorized at some moment of a day.

    Nothing is outside employment, however long a position or a duty is held.
    """
    return [one for one in held if _lets_reach(policy, one, microseconds(day.start), microseconds(day.end))]


def is_employed(policy: KeptPolicy, employee_id: str, day: AsOf) -> bool:
    """Say whether somebody is employed at some moment of a day."""
    first, beyond = microseconds(day.start), microseconds(day.end)
    return any(one.start < beyond and one.end > first for one in policy.facts.employments_of.get(employee_id, ()))


def _lets_reach(policy: KeptPolicy, one: HeldGrant, first: int, beyond: int) -> bool:
    start = max(first, microseconds(one.grant.start) if one.grant.start else ALWAYS)
    end = min(beyond, microseconds(one.grant.end) if one.grant.end else FOREVER)
    employments = policy.facts.employments_of.get(one.employee_id, ())
    return any(max(start, employed.start) < min(end, employed.end) for employed in employments)
