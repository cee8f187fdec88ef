"""An upload as it stands: how far its job is, and what it would change, narrowed as somebody wants to see it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from access.stage_table import read_preview
from app.imports.kinds import THING_OF
from app.jobs.views import JobRow, job_row
from config.errors import NotFound
from config.jobs.models import Job, JobState, Outcome
from config.remedies import Advice, Remedy
from config.tables.listings import Entry
from config.tables.receipt import Receipt
from config.uploads.models import Upload, UploadState
from config.uploads.uploads import find_upload
from config.web.page_remedies import page_remedy
from config.web.signed_in import SignedIn
from config.work import Installation

_MOST_DETAILS = 50


class ChangeRow(NamedTuple):
    """A line of what an import would change; its fields are those of `Entry`, `change` is the name of its list."""

    change: str
    number: int | None
    subject: str
    column: str
    was: str
    now: str


@dataclass(frozen=True)
class Staged:
    """An upload as it stands.

    Args:
        job: The newest that is about it.
        failure: Why that job failed; empty where it did not.
        receipt: What it would change; None where that is not worked out, or not kept any more.
    """

    upload: Upload
    job: JobRow
    failure: tuple[str, ...]
    receipt: Receipt | None

    @property
    def is_open(self) -> bool:
        """Say whether it waits for a decision."""
        return self.upload.state == UploadState.STAGED and self.job.has_ended and self.receipt is not None


def find_staged(installation: Installation, official: SignedIn, upload_id: str) -> Staged:
    """Give an upload that an official may see.

    Raises:
        NotFound: There is none, or it is not one that they may know of.
    """
    with installation.read() as work:
        upload = find_upload(work.session, upload_id)
        if not may_see(official, upload):
            raise NotFound("There is no such upload; what nobody applied within a day is removed.")
        job = work.session.get_one(Job, upload.newest_job)
        row = job_row(job, official, work.zone)
        failure = _failure(job.came_to) if job.state == JobState.FAILED else ()
        work.session.expunge(upload)
    receipt = read_preview(installation, upload_id) if row.has_ended and upload.kind != "log" else None
    return Staged(upload, row, failure, receipt)


def _failure(came_to: Outcome) -> tuple[str, ...]:
    remedy = Remedy(Advice[came_to.advice], came_to.about) if came_to.advice else None
    refusal = " ".join(filter(None, (*came_to.said, page_remedy(remedy))))
    return (refusal, *came_to.details[:_MOST_DETAILS])


def may_see(official: SignedIn, upload: Upload) -> bool:
    """Say whether an official may see an upload: who sent it, and who may import its kind."""
    return upload.uploaded_by == official.login or official.may("run", THING_OF[upload.kind])


def change_rows(receipt: Receipt) -> list[ChangeRow]:
    """Give all that an import would change, and what it does not take, line by line."""
    return list(_rows(receipt))


def _rows(receipt: Receipt) -> Iterator[ChangeRow]:
    for listing in (*receipt.listings, *receipt.changes):
        yield from (_row(listing.name, entry) for entry in listing.entries)
    for refused in receipt.refused:
        column = refused.heading or refused.column
        yield ChangeRow("refused", refused.number, "", column, refused.value, refused.reason)


def _row(change: str, entry: Entry) -> ChangeRow:
    return ChangeRow(change, entry.number, entry.subject, entry.column, entry.was, entry.now)


def narrowed(rows: Sequence[ChangeRow], change: str, text: str) -> list[ChangeRow]:
    """Give the rows of one list, and with a text in them; empty = of all, whatever is in them."""
    wanted = text.casefold()
    return [
        row
        for row in rows
        if (not change or row.change == change)
        and (not wanted or any(wanted in cell.casefold() for cell in row if isinstance(cell, str)))
    ]
