"""Hold every file of the imported logs to the receipt of its import, byte by byte."""

from audit.logs.check_store import check_store
from audit.logs.file_kinds import FileKind
from config.work import Installation
from inventory.queries import the_entity


def verify_store(installation: Installation) -> str:
    """Digest every file of the imported logs, and say that they are as they were.

    Raises:
        NotFound: There is no entity yet.
        Conflict: A file is missing, or is not as its receipt says.
    """
    with installation.read() as work:
        the_entity(work.session, work.now)
        files = check_store(work.session, work.settings.data_dir, digest_all=True)
    accesses = sum(file.rows for file in files if file.kind == FileKind.EVENTS)
    size = sum(file.bytes for file in files)
    return f"{len(files):,} files with {accesses:,} accesses ({size:,} bytes) are as they were when they were imported."
