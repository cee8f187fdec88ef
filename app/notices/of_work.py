"""Notices of what the service did: rows that an import refused, jobs that failed, mails that cannot be sent."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, func, select

from app.imports.refused_rows import count_refused
from app.notices.models import Mail, MailState
from app.notices.wanted import LATELY, Gathering, Wanted, for_each
from config.applied_imports import LOG
from config.jobs.models import Job, JobState
from config.uploads.models import Upload, UploadState

_LONG_IN_VAIN = timedelta(hours=1)


def refused_rows(gathering: Gathering) -> Iterator[Wanted]:
    """Tell who applied a table that rows of it were refused."""
    work = gathering.work
    chosen = select(Upload).where(Upload.state == UploadState.APPLIED, Upload.kind != LOG)
    for upload in work.session.exec(chosen.where(col(Upload.ended_at) > work.now - LATELY)):
        senders = [one for one in gathering.recipients.named(upload.uploaded_by) if one.may("change", "imports")]
        if senders and (refused := count_refused(work.settings.data_dir, upload.id)):
            rows = "A row was" if refused == 1 else f"{refused:,} rows were"
            text = f"{rows} refused of the {upload.kind.replace('-', ' ')} that you imported."
            yield from for_each(senders, upload.id, "applied", text, f"/imports/staged/{upload.id}")


def failed_jobs(gathering: Gathering) -> Iterator[Wanted]:
    """Tell who asked for a job that it failed; of what is done by itself, those who look after the schedule."""
    work = gathering.work
    # what was overtaken fails as well, but another job does it anew
    failed = (Job.state == JobState.FAILED, col(Job.followed_by).is_(None), col(Job.ended_at) > work.now - LATELY)
    for job in work.session.exec(select(Job).where(*failed)):
        told = gathering.recipients.named(job.asked_by) or gathering.recipients.who_may("read", "schedule")
        text = f"Job {job.number} ({job.kind.replace('-', ' ')}) failed."
        yield from for_each(told, str(job.number), "failed", text, f"/jobs/{job.number}")


def refused_mails(gathering: Gathering) -> Iterator[Wanted]:
    """Tell administrators, and the person, that the newest mail to somebody was refused."""
    work = gathering.work
    newest = select(func.max(Mail.id)).where(Mail.state != MailState.WAITING).group_by(Mail.recipient)
    chosen = select(Mail).where(col(Mail.id).in_(newest), Mail.state == MailState.REFUSED)
    for mail in work.session.exec(chosen.where(col(Mail.ended_at) > work.now - LATELY)):
        administrators = [
            one for one in gathering.recipients.who_may("change", "officials") if one.login != mail.recipient
        ]
        text = f"A mail to {mail.recipient} was refused by the mail server; correct the address, or have it mended."
        yield from for_each(administrators, mail.recipient, str(mail.id), text, "/admin/mails")
        own = "The mail server refused a mail to you; look at whether your address is right."
        people = gathering.recipients.named(mail.recipient)
        yield from for_each(people, mail.recipient, str(mail.id), own, "/me/notices")


def mails_in_vain(gathering: Gathering) -> Iterator[Wanted]:
    """Tell administrators that the mail server has taken nothing for an hour or longer; every mail waits for it."""
    work = gathering.work
    chosen = select(Mail).where(Mail.state == MailState.WAITING, Mail.tries > 0)
    chosen = chosen.where(Mail.made_at < work.clock - _LONG_IN_VAIN).order_by(col(Mail.id)).limit(1)
    for mail in work.session.exec(chosen):
        told = gathering.recipients.who_may("change", "officials")
        text = "Mails have waited for the mail server for an hour or longer; none is lost. See what it answers."
        yield from for_each(told, "mail server", str(mail.id), text, "/admin/mails")
