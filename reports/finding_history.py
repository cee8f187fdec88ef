"""What officials noted on findings and how these moved, as the report shows it: the one place that reads notes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from audit.models import Finding, FindingMove
from audit.statuses import move_details
from reports.finding_words import FindingWords
from reports.listed_findings import ListedFinding
from reports.sheets import CellValue, Column, ColumnKind, Sheet

_ABOUT = "Everything that was noted on the findings listed, in order; nothing that was noted is overwritten."


class HistoryEntry(NamedTuple):
    """What one official noted on a finding, and from which status it moved to which."""

    at: datetime
    by: str
    before: str
    after: str
    note: str


Histories = Mapping[str, Sequence[HistoryEntry]]


def finding_histories(session: Session, zone: ZoneInfo) -> Histories:
    """Give, by a finding's key, what was made of it, the oldest first; findings of which nothing was are left out."""
    rows = session.exec(
        select(Finding.key, FindingMove)
        .join(FindingMove, col(FindingMove.finding_id) == col(Finding.id))
        .order_by(col(FindingMove.moved_at), col(FindingMove.id))
    )
    histories: dict[str, list[HistoryEntry]] = defaultdict(list)
    for key, move in rows:
        said = ". ".join(part for part in (", ".join(move_details(move, zone)), move.note) if part)
        histories[key].append(HistoryEntry(move.moved_at, move.moved_by, move.from_status, move.to_status, said))
    return histories


def newest(histories: Histories, key: str) -> HistoryEntry | None:
    """Give the newest entry of a finding."""
    entries = histories.get(key)
    return entries[-1] if entries else None


def newest_note(histories: Histories, key: str) -> str:
    """Give the newest text that was noted on a finding; a mere change of status has none."""
    return next((entry.note for entry in reversed(histories.get(key, ())) if entry.note), "")


def history_sheet(findings: Iterator[ListedFinding], histories: Histories, words: FindingWords) -> Sheet:
    """Lay out the histories of the findings listed."""
    return Sheet(
        title="Notes and history",
        heading="What was noted on findings",
        notes=[_ABOUT],
        columns=[
            Column("Key", 18),
            Column("Who", 22, ColumnKind.WRAPPED),
            Column("What", 28, ColumnKind.WRAPPED),
            Column("When", 19, ColumnKind.INSTANT),
            Column("By", 14, ColumnKind.WRAPPED),
            Column("From", 12),
            Column("To", 12),
            Column("Note", 46, ColumnKind.WRAPPED),
        ],
        rows=(row for finding in findings for row in _rows(finding, histories, words)),
        empty="Nothing has been noted on any finding yet.",
        frozen_columns=1,
    )


def _rows(finding: ListedFinding, histories: Histories, words: FindingWords) -> Iterator[tuple[CellValue, ...]]:
    for entry in histories.get(finding.key, ()):
        moved = (entry.before, entry.after) if entry.before != entry.after else ("", "")
        yield finding.key, words.who(finding), words.what(finding), entry.at, entry.by, *moved, entry.note
