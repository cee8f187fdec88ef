"""One navigation for all: its entries, each shown to those who may do what it leads to."""

from typing import NamedTuple

from config.web.signed_in import SignedIn


class Entry(NamedTuple):
    """An entry: where it leads, what it is called, and the act and thing that one needs for it; empty = everybody.

    Where it names a scope, it is for those alone who reach exactly so far.
    """

    path: str
    name: str
    act: str = ""
    thing: str = ""
    scope: str = ""

    def is_for(self, official: SignedIn) -> bool:
        """Say whether an official sees it."""
        reach = official.reach(self.act, self.thing) if self.act else None
        return not self.act or (reach is not None and self.scope in {"", reach})


ENTRIES = (
    Entry("/", "Home"),
    Entry("/notices", "Notices", "read", "own account"),
    Entry("/findings", "Findings", "read", "findings"),
    Entry("/inventory", "Inventory", "read", "inventory"),
    Entry("/people", "People", "read", "people"),
    Entry("/my-people", "My people", "change", "temporary duties", scope="people_below"),
    Entry("/duties", "Duties", "read", "temporary duties"),
    Entry("/logs", "Logs", "read", "sources"),
    Entry("/audits", "Audits", "read", "audits"),
    Entry("/imports", "Imports", "read", "imports"),
    Entry("/reports", "Reports", "read", "reports"),
    Entry("/entity", "Entity", "read", "entity"),
    Entry("/admin/officials", "Officials", "read", "officials"),
    Entry("/admin/jobs", "Jobs", "read", "jobs"),
    Entry("/admin/schedule", "Schedule", "read", "schedule"),
    Entry("/admin/mails", "Mails", "read", "officials"),
    Entry("/admin/backup", "Backup", "read", "backups"),
    Entry("/help", "Help"),
)


def navigation_of(official: SignedIn | None) -> list[Entry]:
    """Give the entries that an official sees."""
    if official is None:
        return []
    return [entry for entry in ENTRIES if entry.is_for(official)]
