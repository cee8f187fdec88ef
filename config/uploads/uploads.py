"""Uploads as the doors and the workers see them: staged, looked at, ended, and cleared away."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from config.errors import Conflict, NotFound
from config.jobs.cancel import cancel_job
from config.jobs.enqueue import JobRequest, enter_job
from config.jobs.models import Job
from config.uploads.models import Upload, UploadState
from config.uploads.places import FOLDER, remove_files, remove_made
from config.work import Installation

LONGEST = timedelta(days=1)


@dataclass(frozen=True)
class Staging:
    """What is to be staged.

    Args:
        id: The upload's, which is the name of its folder.
        asked: What is asked of the import, as JSON.
        sha256: Of what was sent.
        job: What is done with it first; its key makes two sendings one.
    """

    id: str
    kind: str
    asked: str
    names: tuple[str, ...]
    sha256: str
    job: JobRequest


@dataclass(frozen=True)
class PreviewRequest:
    """Of which upload to work out what it would change."""

    upload_id: str


def stage_upload(installation: Installation, staging: Staging) -> Upload:
    """Stage an upload, and ask for its first job; sent again with the same key, give what was staged then.

    Raises:
        Conflict: The key was used for another upload.
    """
    with installation.aside() as work:
        number = enter_job(work.session, staging.job, now=work.clock)
        upload = work.session.exec(select(Upload).where(Upload.first_job == number)).first()
        if upload is None:
            upload = Upload(
                id=staging.id,
                kind=staging.kind,
                asked=staging.asked,
                files=json.dumps(staging.names),
                sha256=staging.sha256,
                uploaded_by=staging.job.asked_by,
                uploaded_at=work.clock,
                first_job=number,
                newest_job=number,
                state=UploadState.STAGED,
            )
            work.session.add(upload)
        elif (upload.kind, upload.asked, upload.sha256) != (staging.kind, staging.asked, staging.sha256):
            raise Conflict("This key was used for another upload; make a new one for each.")
        work.session.flush()
        work.session.expunge(upload)
    if upload.id != staging.id:
        remove_files(installation.settings.data_dir, staging.id)
    return upload


def find_upload(session: Session, upload_id: str) -> Upload:
    """Give an upload by its id.

    Raises:
        NotFound: There is none.
    """
    upload = session.get(Upload, upload_id) if upload_id.isascii() and upload_id.isprintable() else None
    if upload is None:
        raise NotFound("There is no such upload; what nobody applied within a day is removed.")
    return upload


def waiting_uploads(session: Session) -> Sequence[Upload]:
    """Give the uploads that nobody applied or discarded yet, the newest first."""
    chosen = select(Upload).where(Upload.state == UploadState.STAGED)
    return session.exec(chosen.order_by(col(Upload.uploaded_at).desc(), col(Upload.id))).all()


def ask_for(session: Session, upload: Upload, request: JobRequest, *, now: datetime) -> int:
    """Ask for another job about an upload.

    Raises:
        Conflict: It is over.
    """
    number = enter_job(session, request, now=now)
    if number <= upload.newest_job:  # sent twice
        return number
    if upload.state != UploadState.STAGED:
        raise Conflict(f"This upload was {upload.state} already.")
    upload.newest_job = number
    session.flush()
    return number


def end_upload(upload: Upload, state: UploadState, *, now: datetime) -> None:
    """Note that an upload is over; its files are removed after the commit."""
    upload.state, upload.ended_at = state, now


def discard_upload(installation: Installation, upload_id: str, *, by: str) -> None:
    """Give an upload up: cancel what is done with it, and remove its files; one that is given up stays so.

    Raises:
        NotFound: There is none.
        Conflict: It was applied, or is being applied.
    """
    with installation.aside() as work:
        upload = find_upload(work.session, upload_id)
        if upload.state == UploadState.APPLIED:
            raise Conflict("This upload was applied already; take the import back instead.")
        job = work.session.get_one(Job, upload.newest_job)
        if not job.has_ended:
            if job.number != upload.first_job:
                raise Conflict("This upload is being applied; wait until that has ended, or cancel that job.")
            cancel_job(work.session, job.number, now=work.clock, by=by)
        if upload.state == UploadState.STAGED:
            end_upload(upload, UploadState.DISCARDED, now=work.clock)
    remove_files(installation.settings.data_dir, upload_id)
    remove_made(installation.settings.data_dir, upload_id)


def remove_old_uploads(installation: Installation) -> int:
    """Remove what was uploaded more than a day ago and is not being worked on; give how many folders went."""
    folder = installation.settings.data_dir / FOLDER
    if not folder.is_dir():
        return 0
    gone = {path.name.removesuffix(".made") for path in folder.iterdir()}
    with installation.aside() as work:
        before = work.clock - LONGEST
        for upload in work.session.exec(select(Upload).where(col(Upload.id).in_(gone))).all():
            job = work.session.get_one(Job, upload.newest_job)
            is_recent = upload.state != UploadState.EXPIRED and (upload.ended_at or upload.uploaded_at) > before
            if is_recent or not job.has_ended:
                gone.discard(upload.id)
            elif upload.state == UploadState.STAGED:
                end_upload(upload, UploadState.EXPIRED, now=work.clock)
        known = set(work.session.exec(select(Upload.id).where(col(Upload.id).in_(gone))))
    # what no row knows may be on its way in just now
    gone = {one for one in gone if one in known or _is_old(installation, one, before)}
    for one in gone:
        remove_files(installation.settings.data_dir, one)
        remove_made(installation.settings.data_dir, one)
    return len(gone)


def _is_old(installation: Installation, upload_id: str, before: datetime) -> bool:
    folder = installation.settings.data_dir / FOLDER / upload_id
    return not folder.exists() or folder.stat().st_mtime < before.timestamp()
