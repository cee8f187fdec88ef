"""What the names of a log that is previewed would map to: which of its accounts and resources are known to nobody."""

from dataclasses import dataclass

from sqlmodel import Session, select

from access.accounts import normal_system
from access.machine_accounts import machine_evidence
from access.models import Account
from audit.logs.find_source import find_source
from audit.logs.preview_log import Preview
from audit.logs.sources import profile_of
from config.recorded import current
from inventory.match_resources import ResourceMap
from inventory.models import ResourcePattern


@dataclass(frozen=True)
class Unmapped:
    """The accounts that no list of accounts names, at whatever time, and the resources that no pattern maps.

    `machines` are those of the accounts that by their form are a machine's or the system's.
    """

    accounts: tuple[str, ...]
    machines: tuple[str, ...]
    resources: tuple[str, ...]


def find_unmapped(session: Session, preview: Preview) -> Unmapped:
    """Find the names of a previewed log that map to nothing in the record."""
    how = profile_of(find_source(session, preview.source)).normalising()
    system = normal_system(preview.system)
    accounts = session.exec(select(Account.system, Account.login).where(current(Account)))
    known = {how.key(login) for of, login in accounts if normal_system(of) == system}
    stated = session.exec(
        select(ResourcePattern.system, ResourcePattern.pattern, ResourcePattern.series).where(current(ResourcePattern))
    )
    resources = ResourceMap(stated.all())
    unknown = tuple(name for name in preview.accounts if how.key(name) not in known)
    return Unmapped(
        unknown,
        tuple(filter(machine_evidence, unknown)),
        tuple(name for name in preview.resources if resources.series_of(preview.system, name) is None),
    )
