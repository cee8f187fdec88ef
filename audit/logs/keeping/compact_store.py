"""Put the many small files of the store together: of each source one file a month, and one of its names.

All of it is written aside, while others may read and write, and becomes what counts in one short commit. Each event
keeps its import and its record, so that an import can still be taken back or read anew, and what was known in the past
stays known. The files that are replaced stay for some days: who began to read them reads on.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from sqlmodel import col, select

from audit.logs.check_store import check_store, remember_new
from audit.logs.find_source import find_source
from audit.logs.keeping.list_file import list_file
from audit.logs.keeping.plan_months import SourcePlan, plan_months
from audit.logs.keeping.put_together import TogetherFile, put_together
from audit.logs.keeping.replaced_files import remove_replaced, replace_files
from audit.logs.log_days import keep_days
from audit.logs.models import StoredFile
from audit.logs.new_files import NewFile, discarded_on_failure, put_in_place
from config.bulk import open_bulk, plain_faults
from config.errors import Conflict
from config.locks import importing
from config.texts import counted
from config.work import Installation, Work


@dataclass(frozen=True)
class Compacted:
    """How many files of how many sources were put together into how many, and for how long the old ones stay."""

    sources: int
    before: int
    after: int
    stay_days: int

    def __str__(self) -> str:
        """Say it in a sentence or two."""
        if not self.before:
            return "There are no files to be put together."
        files = f"{self.before:,} files of {counted(self.sources, 'source')} were put together into {self.after:,}."
        if not self.stay_days:
            return files
        return f"{files} The files that they replace stay for {counted(self.stay_days, 'day')} more."


def compact_store(
    installation: Installation, *, source: str = "", by_itself: bool = False, drop_at_once: bool = False
) -> Compacted:
    """Put the files of one source, or of each, together.

    Args:
        source: Its name; empty = all.
        by_itself: Only where it is worth a rewriting.
        drop_at_once: The files that are replaced do not stay, nor do those that were replaced before.

    Raises:
        NotFound: There is no such source, or no entity yet.
        Conflict: Another process imports logs, a file of the store is not as its receipt says, or the disk is full.
    """
    keep_days(installation)  # afterwards a file is no longer of one import, of which its days could be counted
    with importing(installation.engine, installation.settings), plain_faults():
        compacted = _compact(installation, source, by_itself=by_itself, stay=not drop_at_once)
        remove_replaced(installation, at_once=drop_at_once)
    return compacted


def _compact(installation: Installation, source: str, *, by_itself: bool, stay: bool) -> Compacted:
    settings = installation.settings
    made, found = list[NewFile](), list[TogetherFile]()
    with discarded_on_failure(made), closing(open_bulk(settings)) as connection:
        installation.progress.step("Looking for files to be put together")
        with installation.read() as work:
            if source:
                source = find_source(work.session, source).name
            check_store(work.session, settings.data_dir)
            plans = plan_months(work.session, connection, settings.data_dir, source=source, by_itself=by_itself)
        for place, plan in enumerate(plans):
            installation.progress.step(f"Putting the files of {plan.source} together", place / len(plans))
            found += put_together(connection, plan, settings.data_dir, made)
        replaced = {part.file_id for plan in plans for part in (*plan.events, *plan.names)}
        if found:
            with installation.change() as work:
                _check_unmoved(work, plans)
                put_in_place([one.file for one in found])
                listed = [list_file(work, one) for one in found]
                replace_files(work, replaced, since=work.now)
    if found:
        remember_new(listed, settings.data_dir)
    return Compacted(len(plans), len(replaced), len(found), settings.replaced_files_days if stay else 0)


def _check_unmoved(work: Work, plans: Sequence[SourcePlan]) -> None:
    names = {part.file_id: part.name for plan in plans for part in (*plan.events, *plan.names)}
    there = select(StoredFile.id, StoredFile.name).where(col(StoredFile.id).in_(names))
    if dict(work.session.exec(there).all()) != names:
        raise Conflict("The stored logs were changed while their files were put together. Nothing was; try again.")
