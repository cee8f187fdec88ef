"""Who looked at the record of one employee: in this service at once, and wherever logs tell whom accesses are about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select

from audit.kept import Kept
from audit.looked_at import AccessAbout, accesses_about
from audit.looks.look_journal import looks_written
from config.officials.models import Official
from config.own_source import OWN_SOURCE
from config.recorded import current
from config.texts import compare_form
from config.work import Work

# What a path of this service leads to, in words for whom it is about; the first that fits serves.
_IN_WORDS = (
    ("/me/", "What is one's own"),
    ("/findings", "A finding"),
    ("/decisions", "Accesses, as they were decided"),
    ("/duties", "A temporary duty"),
    ("/temporary-duties", "A temporary duty"),
    ("/reviews", "A grant under review"),
    ("/access-reviews", "A grant under review"),
    ("/reports", "A report"),
    ("/assurance", "Look-ups that somebody asked about"),
    ("/", "What one may reach"),
)


@dataclass(frozen=True)
class LookSeen:
    """Who looked at something, when, and as which source tells it.

    Args:
        who: The account; `name` is the official's, where the source is this service.
        what: In words where the source is this service, else the resource as its log has it.
    """

    time: datetime
    source: str
    who: str
    name: str
    what: str
    action: str
    purpose: str


def read_looks_at(work: Work, kept: Kept, employee_id: str, *, most: int) -> list[LookSeen]:
    """Give the newest looks at an employee, the newest first.

    Raises:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
    """
    form = compare_form(employee_id)
    written = [one for one in looks_written(work.settings.data_dir) if compare_form(one["subject"]) == form]
    # those written down are asked for first: what comes into the store meanwhile is then there twice, and shown once
    stored = accesses_about(work, kept.logs, employee_id, most=most)
    names = {one.login: one.name for one in work.session.exec(select(Official).where(current(Official)))}
    every = dict.fromkeys(_seen(one, names) for one in (*map(_access, written), *stored))
    return sorted(every, key=lambda one: one.time, reverse=True)[:most]


def _access(look: Mapping[str, str]) -> AccessAbout:
    when = datetime.fromisoformat(look["time"])
    return AccessAbout(when, OWN_SOURCE, look["account"], look["resource"], look["action"], look["purpose"])


def _seen(one: AccessAbout, names: Mapping[str, str]) -> LookSeen:
    is_own = one.source == OWN_SOURCE
    what = next(_words(one.resource)) if is_own else one.resource
    name = names.get(one.account, "") if is_own else ""
    return LookSeen(one.time, one.source, one.account, name, what, one.action, one.purpose)


def _words(path: str) -> Iterator[str]:
    yield from (words for begins, words in _IN_WORDS if path.startswith(begins))
    yield path
