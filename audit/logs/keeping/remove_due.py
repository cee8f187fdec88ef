"""Remove from the store what of a source is due under its schedule: wholly, in one short commit, on the record.

What stays of a file is written anew beside it. With the commit the old files are on record as replaced, long ago; so
they go right after it, and where the process is killed in between, at the next start.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sqlmodel import col, select, update

from audit.logs.check_store import remember_new
from audit.logs.file_kinds import FileKind
from audit.logs.find_source import find_source
from audit.logs.keeping.find_due import OpenedDue, SourceDue, opened_due
from audit.logs.keeping.legal_holds import legal_holds, say_hold
from audit.logs.keeping.list_file import list_file
from audit.logs.keeping.replaced_files import remove_replaced, replace_files
from audit.logs.keeping.retention import Retention, retention_of_sources
from audit.logs.keeping.rewrite_files import Rewriter, Rewritten
from audit.logs.log_days import keep_days
from audit.logs.models import FilePart, LogImport
from audit.logs.new_files import NewFile, discarded_on_failure, put_in_place
from audit.logs.retention_models import Removal
from audit.logs.stored_parts import StoredPart, stored_parts
from config.bulk import plain_faults
from config.clock import EPOCH
from config.errors import Conflict, NotFound
from config.locks import importing
from config.work import Installation, Work


def _nothing_else(_: Work) -> None:
    """Stand in where nothing else is written."""


def remove_from_store(
    installation: Installation,
    source: str,
    *,
    stamp: str | None = None,
    write_also: Callable[[Work], None] = _nothing_else,
) -> Removal | None:
    """Remove what of a source is due; None where nothing is.

    Args:
        stamp: Of what was shown to be due; None = whatever is.
        write_also: Writes what is to stand in the same commit.

    Raises:
        NotFound: There is no such source, or no retention period is entered for it.
        Conflict: Something else is due than was shown, another process imports logs, a file of the store is not as
            its receipt says, or the disk is full.
    """
    keep_days(installation)  # how many there were on which day is still told afterwards
    made = list[NewFile]()
    with importing(installation.engine, installation.settings), plain_faults():
        with discarded_on_failure(made):
            removal = _remove(installation, source, stamp, made, write_also)
        remove_replaced(installation, at_once=removal is not None)
    return removal


def _remove(
    installation: Installation,
    source: str,
    stamp: str | None,
    made: list[NewFile],
    write_also: Callable[[Work], None],
) -> Removal | None:
    with installation.read() as work:
        source = find_source(work.session, source).name
        state = retention, parts, _ = _state(work, source)
        with opened_due(work, source, retention) as opened:
            due = opened.due
            if stamp is not None and due.stamp != stamp:
                raise Conflict(f"Of {source} something else is due now than was shown. Look at it again.")
            if due.is_nothing:
                return None
            installation.progress.step(f"Removing what is due of {source}")
            data_dir = installation.settings.data_dir
            rewritten = _rewrite(opened, parts, Rewriter(opened, data_dir, made), data_dir)
            touched = opened.imports()
    with installation.change() as work:
        if _state(work, source) != state:
            raise Conflict(f"{source} was changed while what is due was looked for. Nothing was removed; try again.")
        removal = _publish(work, due, rewritten, touched)
        write_also(work)
        work.session.flush()
        work.session.refresh(removal)
        work.session.expunge(removal)
    return removal


_Parts = Mapping[FileKind, Sequence[StoredPart]]


def _state(work: Work, source: str) -> tuple[Retention, _Parts, list[str]]:
    """Give all that decides what is removed, and from which files.

    Raises:
        NotFound: No retention period is entered for the source.
    """
    retention = retention_of_sources(work.session).get(source)
    if retention is None:
        raise NotFound(f"No retention period is entered for {source}, so nothing of it is due.")
    imported = set(work.session.exec(select(LogImport.id).where(LogImport.source == source)))
    parts = {
        kind: [part for part in stored_parts(work.session, kind) if part.import_id in imported] for kind in FileKind
    }
    holds = legal_holds(work.session, source=source, on=work.clock.astimezone(work.zone).date())
    return retention, parts, [say_hold(hold) for hold in holds]


def _rewrite(opened: OpenedDue, parts: _Parts, rewriter: Rewriter, data_dir: Path) -> list[Rewritten]:
    """Write anew what stays of the files that hold something that is due."""
    rewritten = list(rewriter.events(parts[FileKind.EVENTS])) if opened.due.events else []
    gone = {one.file_id for one in rewritten}
    events = {data_dir / FileKind.EVENTS / one.name for one in parts[FileKind.EVENTS] if one.file_id not in gone}
    events |= {one.stays.file.partial for one in rewritten if one.stays}
    if opened.due.events:
        rewritten += rewriter.names(parts[FileKind.NAMES], sorted(events))
    return [*rewritten, *rewriter.rejects()]


def _publish(work: Work, due: SourceDue, rewritten: Sequence[Rewritten], touched: Sequence[int]) -> Removal:
    """Let the files that were written anew count, and put on record what is gone."""
    stay = [one.stays for one in rewritten if one.stays]
    put_in_place([one.file for one in stay])
    listed = [list_file(work, one) for one in stay]
    replace_files(work, [one.file_id for one in rewritten], since=EPOCH)
    removal = Removal(
        source=due.source,
        before=due.before,
        first_time=due.first,
        last_time=due.last,
        events=due.events,
        rejects=due.rejects,
        held=due.held,
        keeps=due.retention.keeps,
        unit=due.retention.unit.value,
        code=due.retention.code,
        citation=due.retention.citation,
        removed_at=work.now,
        removed_by=work.by,
    )
    work.session.add(removal)
    work.session.flush()
    # they hold other rows than before, wherever these lie
    for import_id in touched:
        parts = update(FilePart).where(col(FilePart.import_id) == import_id)
        work.session.exec(parts.values(origin=f"import {import_id} after the removal of {work.now.isoformat()}"))
    remember_new(listed, work.settings.data_dir)
    return removal
