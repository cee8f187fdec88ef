"""Which reports an official may have: a report tells what its things of the policy file tell."""

from collections.abc import Mapping

from config.errors import NotFound, NotPermitted
from config.officials.permissions import Scope
from config.web.signed_in import SignedIn
from reports.produce_report import REPORTS

_NEEDED: Mapping[str, tuple[str, str]] = {
    "inventory": ("read", "inventory"),
    "inventory-issues": ("read", "inventory"),
    "access-matrix": ("read", "work access"),
    "findings": ("export", "findings"),
    "temporary-duties": ("read", "temporary duties"),
    "unused-access": ("export", "events"),
    "reason-quality": ("export", "events"),
    "access-review": ("read", "access reviews"),
    "decisions": ("export", "events"),
}
# They count over all months or sources, so that who is limited to some has lists and exports instead.
_OF_LOGS = frozenset({"findings", "unused-access", "reason-quality", "access-review", "decisions"})


def reports_of(official: SignedIn) -> list[str]:
    """Give the names of the reports that an official may have."""
    beyond = _OF_LOGS if official.limits else frozenset()
    return [name for name in REPORTS if official.reach(*_NEEDED[name]) is Scope.ALL and name not in beyond]


def refuse_other_reports(official: SignedIn, name: str) -> None:
    """Refuse a report that there is not, or that an official may not have.

    Raises:
        NotFound: There is none of that name.
        NotPermitted: It tells what they may not read.
    """
    if name not in REPORTS:
        raise NotFound(f"There is no such report; the reports are {', '.join(REPORTS)}.")
    if name not in reports_of(official):
        raise NotPermitted(f"Your role here may not have the report {name}, as it tells what you may not read.")
