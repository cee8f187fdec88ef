"""What each kind of job does: the table of kinds. All of them are safe to be done again from the beginning."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from access.duty_reminders import LATELY
from access.stage_table import Apply, apply_table, preview_table
from app.backup.backup_folder import back_up
from app.notices.remove_old import remove_old_notices
from app.notices.send_mails import send_mails
from app.remove_leftovers import remove_leftovers
from app.reports.place import remove_old_reports
from app.retention.apply_retention import RemovalRequest, do_removal
from audit.audit_receipt import receipt_lines
from audit.duty_outcomes import count_ended_duties
from audit.logs.keeping.compact_store import compact_store
from audit.logs.log_receipt import LogReceipt
from audit.logs.verify_store import verify_store
from audit.logs.watched_folder import take_watched
from audit.publish import RecordMoved
from audit.reopen_exceptions import exceptions_ended, reopen_exceptions
from audit.run_audit import AuditRequest, run_audit
from audit.stage_logs import apply_logs, preview_upload
from config.applied_imports import LOG
from config.jobs.models import JobKind, Outcome
from config.output_file import sha256_of
from config.tables.receipt import receipt_in_lines
from config.texts import counted
from config.uploads.uploads import PreviewRequest, find_upload, remove_old_uploads
from config.work import Installation
from reports.count_review_uses import ReviewUsesRequest, count_review_uses
from reports.produce_report import produce_report
from reports.report_request import ReportRequest


@dataclass(frozen=True)
class Kind:
    """A kind of job.

    Args:
        in_words: What it does, as a list of jobs names it.
        about: The thing of the policy file that its outcome tells of: who may not read that is not told.
        takes: The type of its arguments.
        does: Does it, and gives what it came to; raises a refusal.
    """

    in_words: str
    about: str
    takes: type
    does: Callable[[Installation, Any], Outcome]

    def do(self, installation: Installation, arguments: str) -> Outcome:
        """Do a job of this kind with its arguments as the row keeps them."""
        return self.does(installation, TypeAdapter(self.takes).validate_json(arguments))


def _audit(installation: Installation, request: AuditRequest) -> Outcome:
    try:
        receipt = run_audit(installation, request)
    except RecordMoved as moved:
        return Outcome((str(moved),), is_overtaken=True)
    return Outcome((*receipt.notices, *receipt_lines(receipt)), run=receipt.run.id)


def _preview(installation: Installation, request: PreviewRequest) -> Outcome:
    if _is_of_logs(installation, request.upload_id):
        previews = preview_upload(installation, request.upload_id)
        said = tuple(said for one in previews for said in (*one.notices, one.receipt))
        return Outcome((*said, "Nothing was kept."))
    installation.progress.step("Working out what the file would change")
    receipt = preview_table(installation, request.upload_id)
    refused = tuple(refused.sentence for refused in receipt.refused)
    return Outcome((*receipt_in_lines(receipt), "Nothing was recorded."), refused)


def _import_staged(installation: Installation, request: Apply) -> Outcome:
    if _is_of_logs(installation, request.upload_id):
        receipts = apply_logs(installation, request.upload_id, stamp=request.stamp)
        return _of_logs(receipts) if receipts else Outcome(("The files were imported already.",))
    installation.progress.step("Importing")
    receipt = apply_table(installation, request)
    if receipt is None:
        return Outcome(("The file was imported already.",))
    imports = () if receipt.number is None else (receipt.number,)
    refused = tuple(refused.sentence for refused in receipt.refused)
    return Outcome(tuple(receipt_in_lines(receipt)), refused, imports=imports)


def _is_of_logs(installation: Installation, upload_id: str) -> bool:
    with installation.read() as work:
        return find_upload(work.session, upload_id).kind == LOG


def _of_logs(receipts: Sequence[LogReceipt]) -> Outcome:
    said = tuple(said for receipt in receipts for said in (*receipt.notices, str(receipt)))
    return Outcome(said, imports=tuple(receipt.number for receipt in receipts if receipt.number))


def _report(installation: Installation, request: ReportRequest) -> Outcome:
    installation.progress.step(f"Writing {request.out.name}")
    with installation.writing_to(request.out), installation.read() as work:
        written = produce_report(work.session, request, work.settings, now=work.now, clock=work.clock)
    rows = ", ".join(f"{sheet.name} ({counted(sheet.rows, 'row')})" for sheet in written.sheets)
    said = (f"{written.path.name}: {rows}.",)
    return Outcome(said, file=str(written.path), sha256=sha256_of(written.path))


def _verify(installation: Installation, _: None) -> Outcome:
    installation.progress.step("Holding the imported logs to their receipts")
    return Outcome((verify_store(installation),))


def _remove_leftovers(installation: Installation, _: None) -> Outcome:
    installation.progress.step("Looking for what nobody uses any more")
    told = list[str]()
    remove_leftovers(installation.engine, installation.settings, told.append)
    if removed := remove_old_uploads(installation):
        told.append(
            f"Of {removed:,} uploads that are over, or that nobody applied within a day, the files are removed."
        )
    if removed := remove_old_reports(installation):
        told.append(f"{removed:,} files of reports are removed, as they are older than they are kept.")
    if removed := remove_old_notices(installation):
        told.append(f"{counted(removed, 'notice')} and mails that are older than they are kept are removed.")
    cleared = "What killed work left in the data folder is removed, but for what running work may still use."
    return Outcome((*told, cleared))


def _reopen_exceptions(installation: Installation, _: None) -> Outcome:
    with installation.read() as work:
        if not exceptions_ended(work.session, work.now):
            return Outcome(("No exception has ended.",))
    with installation.change() as work:
        reopened = reopen_exceptions(work.session, work.zone, now=work.now)
    findings = "1 finding is" if reopened == 1 else f"{reopened:,} findings are"
    return Outcome((f"{findings} open again, as an exception has ended.",))


def _remind(installation: Installation, _: None) -> Outcome:
    counted = count_ended_duties(installation)
    duties = "1 duty" if counted == 1 else f"{counted:,} duties"
    return Outcome((f"What {duties} that ended in the last {LATELY.days} days were used for is counted.",))


def _take_watched(installation: Installation, _: None) -> Outcome:
    installation.progress.step("Taking the files of the watched folders")
    taken = take_watched(installation)
    return Outcome(tuple(taken.said) or ("There was no file to be taken.",), imports=tuple(taken.imports))


def _compact(installation: Installation, _: None) -> Outcome:
    return Outcome((str(compact_store(installation, by_itself=True)),))


def _remove_due(installation: Installation, request: RemovalRequest) -> Outcome:
    return Outcome(tuple(do_removal(installation, request)))


def _gather(installation: Installation, _: None) -> Outcome:
    from app.notices.gather_notices import gather_notices  # noqa: PLC0415 - who may what is slow to load, for this alone

    installation.progress.step("Gathering notices")
    return gather_notices(installation)


def _send(installation: Installation, _: None) -> Outcome:
    return send_mails(installation)


def _back_up(installation: Installation, _: None) -> Outcome:
    return Outcome(tuple(back_up(installation)))


def _count_review(installation: Installation, request: ReviewUsesRequest) -> Outcome:
    grants = counted(count_review_uses(installation, request), "grant")
    return Outcome((f"How often {grants} of access review {request.review} were used is counted.",))


# What takes a moment, or of mails a minute: a service has a process for these alone, so that no long job holds them up.
BRIEF = frozenset({JobKind.NOTICES, JobKind.MAILS})
KINDS: Mapping[JobKind, Kind] = {
    JobKind.AUDIT: Kind("Audit", "audits", AuditRequest, _audit),
    JobKind.PREVIEW: Kind("Preview of an import", "imports", PreviewRequest, _preview),
    JobKind.STAGED_IMPORT: Kind("Import of what was uploaded", "imports", Apply, _import_staged),
    JobKind.REPORT: Kind("Report", "reports", ReportRequest, _report),
    JobKind.VERIFY: Kind("Check of the stored logs", "jobs", type(None), _verify),
    JobKind.LEFTOVERS: Kind("Removal of leftovers", "jobs", type(None), _remove_leftovers),
    JobKind.EXPIRY: Kind("Reopening of ended exceptions", "findings", type(None), _reopen_exceptions),
    JobKind.REMINDERS: Kind("Count of what ended duties were used for", "temporary duties", type(None), _remind),
    JobKind.WATCH: Kind("Import of the files of watched folders", "imports", type(None), _take_watched),
    JobKind.COMPACT: Kind("Putting files of logs together", "jobs", type(None), _compact),
    JobKind.RETENTION: Kind("Removal of what is due", "sources", RemovalRequest, _remove_due),
    JobKind.NOTICES: Kind("Gathering of notices", "jobs", type(None), _gather),
    JobKind.MAILS: Kind("Sending of mails", "jobs", type(None), _send),
    JobKind.BACKUP: Kind("Backup", "backups", type(None), _back_up),
    JobKind.REVIEW_USES: Kind(
        "Count of what reviewed grants were used for", "access reviews", ReviewUsesRequest, _count_review
    ),
}
