"""Lists a new file of the store, with what it holds of which import."""

from audit.logs.check_store import ListedFile, log_of
from audit.logs.keeping.put_together import TogetherFile
from audit.logs.models import FilePart, LogImport, StoredFile
from config.work import Work


def list_file(work: Work, one: TogetherFile) -> ListedFile:
    """Let a file count that was put in place, and give it as it is listed."""
    file = one.file
    stored = StoredFile(
        import_id=min(part.import_id for part in one.parts),
        kind=file.kind,
        name=file.name,
        month=one.month,
        rows=file.rows,
        bytes=file.bytes,
        sha256=file.sha256,
    )
    work.session.add(stored)
    work.session.flush()
    if one.month:
        work.session.add_all(
            FilePart(file_id=stored.id, import_id=part.import_id, rows=part.rows, origin=part.origin)
            for part in one.parts
        )
    work.session.flush()
    log = work.session.get_one(LogImport, stored.import_id)
    named = log_of(one.month, log.file_name)
    return ListedFile(file.kind, file.name, file.rows, file.bytes, file.sha256, log.source, named)
