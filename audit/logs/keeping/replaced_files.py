"""Files whose rows lie in other ones now: who began to read one reads on, and an older database still finds them.

They are removed some days after they were replaced, by the next who puts files together.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from audit.logs.models import FilePart, ReplacedFile, StoredFile
from config.work import Installation, Work


def replace_files(work: Work, file_ids: Iterable[int], *, since: datetime) -> None:
    """Let files be listed no more, and be on record as replaced.

    Args:
        since: From when on they stay for some days; long ago, and they go at the next start at the latest.
    """
    wanted = list(file_ids)
    files = work.session.exec(select(StoredFile).where(col(StoredFile.id).in_(wanted))).all()
    work.session.add_all(ReplacedFile(kind=file.kind, name=file.name, replaced_at=since) for file in files)
    work.session.exec(delete(FilePart).where(col(FilePart.file_id).in_(wanted)))
    work.session.exec(delete(StoredFile).where(col(StoredFile.id).in_(wanted)))
    work.session.flush()


def remove_replaced(installation: Installation, *, at_once: bool = False) -> None:
    """Remove the files that were replaced long enough ago; the caller holds `importing`.

    Args:
        at_once: However short a time ago.
    """
    with installation.read() as work:
        days = 0 if at_once else work.settings.replaced_files_days
        over = _replaced_until(work.session, None if at_once else work.now - timedelta(days=days))
    for kind, name in over:
        (installation.settings.data_dir / kind / name).unlink(missing_ok=True)
    if over:
        with installation.change() as work:
            for kind, name in over:
                work.session.exec(
                    delete(ReplacedFile).where(col(ReplacedFile.kind) == kind, col(ReplacedFile.name) == name)
                )


def _replaced_until(session: Session, until: datetime | None) -> Sequence[tuple[str, str]]:
    asked = select(ReplacedFile.kind, ReplacedFile.name).order_by(col(ReplacedFile.kind), col(ReplacedFile.name))
    return session.exec(asked if until is None else asked.where(col(ReplacedFile.replaced_at) <= until)).all()
