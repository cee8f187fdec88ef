"""One navigation for all: its entries, each shown to those who may do what it leads to."""

from typing import NamedTuple

from config.web.signed_in import SignedIn


class Entry(NamedTuple):
    """An entry: where it leads, what it is called, and the act and thing that one needs for it; empty = everybody."""

    path: str
    name: str
    act: str = ""
    thing: str = ""


ENTRIES = (
    Entry("/", "Home"),
    Entry("/findings", "Findings", "read", "findings"),
    Entry("/logs", "Logs", "read", "sources"),
    Entry("/audits", "Audits", "read", "audits"),
    Entry("/imports", "Imports", "read", "imports"),
    Entry("/reports", "Reports", "read", "reports"),
    Entry("/admin/officials", "Officials", "read", "officials"),
    Entry("/admin/jobs", "Jobs", "read", "jobs"),
    Entry("/admin/schedule", "Schedule", "read", "schedule"),
)


def navigation_of(official: SignedIn | None) -> list[Entry]:
    """Give the entries that an official sees."""
    if official is None:
        return []
    return [entry for entry in ENTRIES if not entry.act or official.may(entry.act, entry.thing)]
