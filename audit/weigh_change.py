"""What a change of grants would mean: it is made, looked at, taken back, and weighed while others go on writing."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from access.tried_grants import try_grants
from audit.kept import Kept
from audit.weigh_grants import Meaning, weigh_grants
from config.work import Installation, Work


class ChangeOfGrants(NamedTuple):
    """A change that is to be weighed: of which series the grants change, by code (None = of any), and what makes it."""

    series: Collection[str] | None
    make: Callable[[], object]


def weigh_change(installation: Installation, kept: Kept, find: Callable[[Work], ChangeOfGrants]) -> Meaning:
    """Say what a change would mean; nothing is recorded.

    Args:
        find: Gives the change, of the record as it is.

    Raises:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
        Refusal: The change is refused.
    """
    with installation.tried() as work:
        tried = try_grants(work, *find(work))
    with installation.read() as work:
        return weigh_grants(work, kept, tried)
