"""Remove what is due, with every copy that this service keeps of accesses, and say what was done and what is left."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from app.reports.place import FOLDER as REPORTS
from app.stored_files import SET_ASIDE, files_set_aside
from audit.logs.keeping.removed import say_removal
from audit.logs.keeping.retention import retention_of_sources
from audit.remove_due import remove_due
from config.texts import counted
from config.uploads.uploads import remove_old_uploads, waiting_uploads
from config.work import Installation

_MOST_NAMED = 5


@dataclass(frozen=True)
class RemovalRequest:
    """Of which source what is due is to be removed, and what was shown to be; without one, of those that ask for it."""

    source: str = ""
    stamp: str = ""


def do_removal(installation: Installation, request: RemovalRequest) -> list[str]:
    """Remove what is asked for, as a job, and give its receipt.

    Raises: As apply_retention.
    """
    if request.source:
        said = apply_retention(installation, request.source, stamp=request.stamp or None)
        return said or [f"Nothing of {request.source} is due."]
    with installation.read() as work:
        wanted = [name for name, one in retention_of_sources(work.session).items() if one.by_itself]
    said = [sentence for name in wanted for sentence in apply_retention(installation, name)]
    return said or ["Nothing is due that is removed by itself."]


def apply_retention(installation: Installation, source: str, *, stamp: str | None = None) -> list[str]:
    """Remove what of a source is due; give a receipt, sentence by sentence, empty where nothing is due.

    Args:
        stamp: Of what was shown to be due; None = whatever is.

    Raises:
        NotFound: There is no such source, or no retention period is entered for it.
        Conflict: Something else is due than was shown, or what is stored cannot be changed now.
    """
    reports = installation.settings.data_dir / REPORTS
    gone = set[str]()

    def remove_reports() -> None:
        for folder in reports.iterdir() if reports.is_dir() else ():
            shutil.rmtree(folder, ignore_errors=True)
            gone.add(folder.name)

    removal = remove_due(installation, source, stamp=stamp, remove_also=remove_reports)
    if removal is None:
        return []
    with installation.read() as work:
        said = [say_removal(removal, work.zone)]
    if gone:
        files = counted(len(gone), "file of a report is", "files of reports are")
        said.append(f"{files} removed, as they may tell of what is gone; ask for them anew.")
    remove_old_uploads(installation)
    return [*said, *_left_to_people(installation)]


def _left_to_people(installation: Installation) -> Iterator[str]:
    """Say what may still tell of what is gone, and only people can remove."""
    with installation.read() as work:
        waiting = [one for one in waiting_uploads(work.session) if one.kind == "log"]
    if waiting:
        waits = counted(len(waiting), "upload of logs waits", "uploads of logs wait")
        yield f"{waits} to be applied or discarded, and stays as it was sent."
    if aside := sorted(files_set_aside(installation.settings.data_dir)):
        named = ", ".join(aside[:_MOST_NAMED])
        lie = counted(len(aside), "file lies", "files lie")
        yield (
            f"{lie} in {installation.settings.data_dir / SET_ASIDE} that no import lists ({named}): nobody can tell "
            "what they hold. Where nobody needs them, remove them by hand."
        )
    yield (
        "What lies outside the data folder is yours to remove: the logs themselves, what was taken of watched folders, "
        "backups, and files that were exported."
    )
