"""Publish the inventory: what stands becomes a version with a number, which nothing changes any more."""

from dataclasses import dataclass

from config.errors import Conflict, Invalid
from config.remedies import Advice, Remedy
from config.shown_text import can_be_printed
from config.work import Work
from inventory.publication_models import InventoryVersion
from reports.inventory_versions.difference import InventoryDifference, difference
from reports.inventory_versions.draft import make_draft
from reports.inventory_versions.versions import VersionHead, newest_version

_LONGEST_NOTE = 2_000


class NamesEmployees(Conflict):
    """Texts that would be published name employees, and nobody has said that it is meant."""


@dataclass(frozen=True)
class PublishRequest:
    """What is published.

    Args:
        note: What the version says of itself, such as the resolution that adopts it; may be empty.
        draft: The digest of the draft that was looked at; empty = whatever stands.
        names_meant: Texts may name employees.
        after: The version that was the newest when it was looked at, 0 = none yet; None = whichever is now.
    """

    note: str = ""
    draft: str = ""
    names_meant: bool = False
    after: int | None = None


@dataclass(frozen=True)
class Publication:
    """What was published, and what differs in it from the version before; None where there was none."""

    head: VersionHead
    series: int
    difference: InventoryDifference | None

    def __str__(self) -> str:
        if self.difference is None:
            since = "It is the first."
        elif self.difference.is_nothing:
            since = f"It says the same as version {self.head.number - 1}."
        else:
            since = f"Since version {self.head.number - 1}: {self.difference}"
        return f"Version {self.head.number} of the inventory is published, with {self.series:,} data series. {since}"


def publish_inventory(work: Work, request: PublishRequest, *, by: str) -> Publication:
    """Publish what stands in the inventory as the next version.

    Raises:
        Invalid: The note is too long, or cannot be printed.
        Conflict: There are no data series, something else stands than was looked at, or was published meanwhile.
        NamesEmployees: Texts name employees, and that was not said to be meant.
    """
    note = request.note.strip().replace("\r\n", "\n")
    if len(note) > _LONGEST_NOTE or not can_be_printed(note):
        raise Invalid(f"The note is no text of up to {_LONGEST_NOTE:,} letters that can be printed. Write it anew.")
    before = newest_version(work.session)
    newest = before.head.number if before else 0
    if request.after not in {None, newest}:
        raise Conflict(f"Version {newest} was published meanwhile; look at what it says, and decide again.")
    draft = make_draft(work)
    if not draft.copy.series:
        raise Conflict("The inventory has no data series yet; there is nothing to publish.")
    if request.draft and request.draft != draft.sha256:
        raise Conflict("The inventory changed since the draft was shown; look at what stands now, and decide again.")
    if draft.named and not request.names_meant:
        raise NamesEmployees(
            f"{draft.says_named} A published inventory names no employees but its contacts; mend the texts.",
            remedy=Remedy(Advice.MEAN_IT),
        )
    row = InventoryVersion(
        number=newest + 1,
        published_at=work.now,
        published_by=by,
        known_at=work.now,
        note=note,
        sha256=draft.sha256,
        content=draft.content,
    )
    work.session.add(row)
    work.session.flush()
    head = VersionHead(*(getattr(row, name) for name in VersionHead._fields))
    return Publication(head, len(draft.copy.series), difference(before.copy, draft.copy) if before else None)
