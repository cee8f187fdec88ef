"""What taking an import back would change, and which findings that is about; nothing is recorded."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from access.import_changes import Change, changes_at
from access.models import Employee
from access.undo_import import undo_import
from app.changes.kept import KEPT, Kept
from app.imports.concerned import concerned_by, person_of
from app.imports.list_imports import undoable_import
from audit.findings_about import findings_about, findings_from
from audit.logs.models import LogImport
from audit.logs.undo_logs import is_of_log, undo_logs
from audit.models import Finding
from config.applied_imports import AppliedImport
from config.recorded import current
from config.tables.in_words import cell_in_words, column_name
from config.web.signed_in import SignedIn
from config.work import Work

_KEPT: Mapping[type, Kept] = {kept.model: kept for kept in KEPT}
_CLOCKS = frozenset({"id", "recorded_at", "recorded_by", "superseded_at", "superseded_by", "restores"})


class UndoRow(NamedTuple):
    """A thing of the record that would be another: what it says now, and afterwards; empty = it is not there."""

    thing: str
    subject: str
    now: str
    afterwards: str


@dataclass(frozen=True)
class UndoPreview:
    """What taking an import back would do.

    Args:
        applied: The import.
        receipt: What it would do, in one line.
        findings: Those that stand, of the people, data series and logs concerned; the next audit decides them anew.
    """

    applied: AppliedImport
    receipt: str
    rows: Sequence[UndoRow]
    findings: Sequence[Finding]


def preview_undo(work: Work, number: int, official: SignedIn) -> UndoPreview:
    """Work out what taking an import back would do.

    Raises:
        NotFound: There is no such import.
        NotPermitted: It is somebody else's, and the official may take back only what is theirs.
        Conflict: It was taken back already, or something rests on it.
    """
    applied = undoable_import(work.session, number, official)
    if is_of_log(work.session, number):
        undone = undo_logs(work, number, dry_run=True)
        logs = (*undone.fallen, *undone.restored)
        rows = [*(_log_row(one, counts=False) for one in undone.fallen), *(_log_row(one) for one in undone.restored)]
        return UndoPreview(applied, str(undone), rows, findings_from(work.session, logs))
    receipt = undo_import(work.session, number, now=work.now, by=work.by, dry_run=True)
    changes = list(changes_at(work.session, applied.applied_at))
    names = _names(work.session)
    rows = [row for change in changes for row in _rows(change, names, work.zone)]
    concerned = concerned_by(changes)
    return UndoPreview(applied, str(receipt), rows, findings_about(work.session, concerned.people, concerned.series))


def _log_row(log: LogImport, *, counts: bool = True) -> UndoRow:
    states = ("does not count", f"counts, with {log.added:,} accesses")
    now, afterwards = states if counts else reversed(states)
    return UndoRow("logs that count", f"{log.file_name} of {log.source}", now, afterwards)


def _names(session: Session) -> Mapping[str, str]:
    """Give how each employee is named in a list."""
    chosen = select(Employee.employee_id, Employee.name).where(current(Employee))
    return {employee_id: f"{name} ({employee_id})" for employee_id, name in session.exec(chosen)}


def _rows(change: Change, names: Mapping[str, str], zone: ZoneInfo) -> Iterator[UndoRow]:
    """Pair what would stand no longer with what would stand again of the same thing."""
    kept = _KEPT[change.model]
    opened, closed = (_by_subject(kept, rows, names, zone) for rows in (change.opened, change.closed))
    for subject in sorted(opened.keys() | closed.keys()):
        for now, afterwards in zip_longest(opened[subject], closed[subject], fillvalue=""):
            yield UndoRow(kept.thing, subject, now, afterwards)


def _by_subject(
    kept: Kept, rows: Sequence[Any], names: Mapping[str, str], zone: ZoneInfo
) -> defaultdict[str, list[str]]:
    told = defaultdict[str, list[str]](list)
    # a period is told with what else a thing says, so that one with another end is beside the one it takes the place of
    about = [name for name in kept.named_by if name not in {"start", "end"}]
    for row in rows:
        cells = {name: cell_in_words(name, cell, zone) for name, cell in row._asdict().items() if name not in _CLOCKS}
        if person_of(row):
            cells |= {name: names.get(cells[name], cells[name]) for name in ("employee_id", "holder") if name in cells}
        subject = ", ".join(str(cells[name]) for name in about if cells[name])
        rest = (f"{column_name(name)} {cell}" for name, cell in cells.items() if cell and name not in about)
        told[subject or kept.thing].append(", ".join(rest) or "stands")
    return told
