"""Let logs that were read count: the short, last step of an import, which notices what changed meanwhile."""

from collections.abc import Sequence
from dataclasses import replace

from audit.logs.check_store import ListedFile, remember_new
from audit.logs.find_source import find_source
from audit.logs.let_stand import let_fall, let_stand
from audit.logs.log_days import rows_of_days
from audit.logs.log_receipt import LogReceipt, ReadLog, said_of
from audit.logs.models import LogImport, RepairedReject, StoredFile
from audit.logs.new_files import NewFile, put_in_place
from audit.logs.number_jumps import rows_of_numbers
from audit.logs.source_state import SourceState, next_import_id
from audit.logs.standing_logs import standing_ids
from config.applied_imports import LOG, AppliedImport, record_import
from config.errors import Conflict
from config.own_source import OWN_SOURCE
from config.work import Work


def publish_logs(work: Work, state: SourceState, logs: Sequence[ReadLog], names: NewFile | None) -> list[LogReceipt]:
    """Let logs count that were read of one source, and give their receipts.

    Args:
        names: The file of names that they are the first to use.

    Raises:
        Conflict: The source was changed while its logs were read, or other logs were imported.
    """
    _refuse_what_moved(work, state, logs[0].receipt.id)
    made = [(log.receipt, file) for log in logs for file in log.files]
    made += [(logs[0].receipt, names)] if names else []
    put_in_place([file for _, file in made])
    receipts = []
    for log in logs:
        log.receipt.imported_at, log.receipt.imported_by = work.now, work.by
        receipts.append(_enter(work, log))
        work.session.add(log.receipt)
    work.session.flush()
    replaced = [one.import_id for log in logs for one in log.replaces]
    let_fall(work.session, replaced, now=work.now, by=work.by)
    let_stand(work.session, [log.receipt.id for log in logs], now=work.now, by=work.by)
    work.session.add_all(
        RepairedReject(import_id=log.receipt.id, record=one.record, reject_key=one.reject_key, is_read=one.is_read)
        for log in logs
        for one in log.repairs
    )
    work.session.add_all(
        StoredFile(
            import_id=receipt.id, kind=file.kind, name=file.name, rows=file.rows, bytes=file.bytes, sha256=file.sha256
        )
        for receipt, file in made
    )
    work.session.add_all(row for log in logs for row in rows_of_days(log.receipt.id, log.days))
    work.session.add_all(row for log in logs for row in rows_of_numbers(log.receipt.id, log.numbers))
    work.session.flush()
    remember_new((_listed_as(receipt, file) for receipt, file in made), work.settings.data_dir)
    return receipts


def _refuse_what_moved(work: Work, state: SourceState, first: int) -> None:
    source = find_source(work.session, state.source.name)
    standing = {one.import_id for one in state.standing}
    is_moved = not standing <= standing_ids(work.session)
    if source.id != state.source.id or next_import_id(work.session) != first or is_moved:
        raise Conflict(
            f"The source {source.name} was changed while its logs were read. Nothing was imported; import them again."
        )


def _listed_as(receipt: LogImport, file: NewFile) -> ListedFile:
    return ListedFile(file.kind, file.name, file.rows, file.bytes, file.sha256, receipt.source, receipt.file_name)


def _enter(work: Work, log: ReadLog) -> LogReceipt:
    """Enter a log in the list of imports, and give its receipt; what the service tells of itself is no import there."""
    one, said = log.receipt, said_of(log)
    if one.source == OWN_SOURCE:
        return said
    applied = AppliedImport(
        kind=LOG,
        file_name=one.file_name,
        file_sha256=one.file_sha256,
        receipt=str(said),
        applied_at=work.now,
        applied_by=work.by,
    )
    one.number = record_import(work.session, applied)
    return replace(said, number=one.number)
