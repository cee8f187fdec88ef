"""The published versions of the inventory: listed, found, and held to the digest with which they were published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from config.clock import day_text
from config.errors import Conflict, Invalid, NotFound
from config.work import Work
from inventory.publication_models import InventoryVersion
from reports.inventory_versions.inventory_copy import InventoryCopy, digest_of, read_copy

DRAFT, NEWEST = "draft", "newest"
_MOST_DIGITS = 9
_LARGEST = 2**31 - 1


class VersionHead(NamedTuple):
    """What is known of a version besides what it says."""

    number: int
    published_at: datetime
    published_by: str
    known_at: datetime
    note: str
    sha256: str


@dataclass(frozen=True)
class PublishedVersion:
    """A version, whole."""

    head: VersionHead
    copy: InventoryCopy

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the copy's days."""
        return ZoneInfo(self.copy.time_zone)

    @property
    def published_on(self) -> str:
        """The day on which it was published, in words."""
        return day_text(self.head.published_at.astimezone(self.zone).date())


class Edition(NamedTuple):
    """What can be compared: a version or the draft, and how it is called."""

    name: str
    copy: InventoryCopy


def list_versions(session: Session) -> Sequence[VersionHead]:
    """Give all versions, the newest first."""
    columns = (col(getattr(InventoryVersion, name)) for name in VersionHead._fields)
    rows = session.execute(select(*columns).order_by(col(InventoryVersion.number).desc()))
    return [VersionHead(*row) for row in rows]


def newest_version(session: Session) -> PublishedVersion | None:
    """Give the newest version; None where nothing was published yet.

    Raises:
        Conflict: It is not what was published.
    """
    found = session.exec(select(InventoryVersion).order_by(col(InventoryVersion.number).desc()).limit(1)).first()
    return _whole(found) if found else None


def find_version(session: Session, number: int) -> PublishedVersion:
    """Give a version by its number.

    Raises:
        NotFound: There is none of that number.
        Conflict: It is not what was published.
    """
    can_be = 0 < number <= _LARGEST  # a database knows no larger one
    chosen = select(InventoryVersion).where(InventoryVersion.number == number)
    found = session.exec(chosen).first() if can_be else None
    if found is None:
        raise NotFound(f"No version {number:,} of the inventory was published.")
    return _whole(found)


def find_edition(work: Work, asked: str) -> Edition:
    """Give what a text names: a version's number, `newest`, or `draft`.

    Raises:
        Invalid: It names nothing.
        NotFound: There is no such version.
    """
    if asked == DRAFT:
        from reports.inventory_versions.draft import make_draft  # noqa: PLC0415 - takes long to load

        return Edition("the draft", make_draft(work).copy)
    if asked == NEWEST:
        version = newest_version(work.session)
        if version is None:
            raise NotFound("Nothing was published of the inventory yet.")
    elif asked.isascii() and asked.isdigit() and len(asked) <= _MOST_DIGITS:
        version = find_version(work.session, int(asked))
    else:
        raise Invalid(f'"{asked[:80]}" is no version; write its number, {NEWEST} or {DRAFT}.')
    return Edition(say_version(version.head, version.zone), version.copy)


def say_version(head: VersionHead, zone: ZoneInfo) -> str:
    """Say which version it is."""
    return f"version {head.number} of {day_text(head.published_at.astimezone(zone).date())}"


def _whole(row: InventoryVersion) -> PublishedVersion:
    if digest_of(row.content) != row.sha256:
        raise Conflict(
            f"Version {row.number} of the inventory is not what was published: its text does not have its digest any "
            "more. Somebody changed the database beside this program; bring it back from a backup."
        )
    head = VersionHead(*(getattr(row, name) for name in VersionHead._fields))
    return PublishedVersion(head, read_copy(row.content))
