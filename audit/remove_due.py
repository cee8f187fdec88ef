"""Remove what of a source is due under its schedule, with all that audits keep of it beside the store."""

import shutil
from collections.abc import Callable
from pathlib import Path

from sqlmodel import update

from audit.logs.keeping.remove_due import remove_from_store
from audit.logs.retention_models import Removal
from audit.models import AuditRun
from config.work import Installation, Work


def _nothing_else() -> None:
    """Stand in where nothing else is removed."""


def remove_due(
    installation: Installation,
    source: str,
    *,
    stamp: str | None = None,
    remove_also: Callable[[], None] = _nothing_else,
) -> Removal | None:
    """Remove what of a source is due; None where nothing is. Findings keep their own facts.

    The next audit decides everything anew, as what the one before kept is removed with it.

    Args:
        stamp: Of what was shown to be due; None = whatever is.
        remove_also: Removes other copies that can be made anew. It is called where something is due: before the
            commit, so that none stays whatever happens after it, and once more after it.

    Raises: As remove_from_store.
    """
    data_dir = installation.settings.data_dir

    def forget(work: Work) -> None:
        """Let no audit go on from what another kept."""
        work.session.exec(update(AuditRun).values(kept=""))
        _remove_kept(data_dir)
        remove_also()

    removal = remove_from_store(installation, source, stamp=stamp, write_also=forget)
    if removal is not None:
        _remove_kept(data_dir)
        remove_also()
    return removal


def _remove_kept(data_dir: Path) -> None:
    for folder in (data_dir / "cache").glob("decided-*"):
        shutil.rmtree(folder, ignore_errors=True)
