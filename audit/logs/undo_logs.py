"""Take back the import of a log, or the taking back of one: what counted before it counts again.

What an import brought may be what a later file had as known already. That file rests on it: nothing that a file holds
which still counts may vanish, so the later import must be taken back first.
"""

from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from audit.logs.let_stand import let_fall, let_stand
from audit.logs.models import LogImport, StandingLog
from audit.logs.standing_logs import standing_ids
from config.applied_imports import LOG, UNDO, AppliedImport, record_import
from config.errors import Conflict, NotFound
from config.texts import listed
from config.work import Work

_MOST_NAMED = 5


@dataclass(frozen=True)
class LogUndone:
    """What was taken back.

    Args:
        number: Of the taking back, in the list of imports; None where it was not done.
        fallen: The imported logs that count no more.
        restored: Those that count again.
    """

    number: int | None
    fallen: tuple[LogImport, ...]
    restored: tuple[LogImport, ...]

    def __str__(self) -> str:
        """Say it in one line."""
        parts = [f"{_named(self.fallen)} no longer counts"] if len(self.fallen) == 1 else []
        parts += [f"{_named(self.fallen)} no longer count"] if len(self.fallen) > 1 else []
        parts += [f"{_named(self.restored)} counts again"] if len(self.restored) == 1 else []
        parts += [f"{_named(self.restored)} count again"] if len(self.restored) > 1 else []
        told = "; ".join(parts)
        number = "" if self.number is None else f" Import {self.number}."
        return f"{told[0].upper()}{told[1:]}. Findings follow at the next audit.{number}"


def is_of_log(session: Session, number: int) -> bool:
    """Say whether a number in the list of imports is of a log, or of the taking back of one."""
    applied = session.get(AppliedImport, number)
    return applied is not None and _log_of(session, applied) is not None


def undo_logs(work: Work, number: int, *, dry_run: bool = False) -> LogUndone:
    """Take back the import of a log, or the taking back of one, given its number in the list of imports.

    Args:
        dry_run: Say what would be taken back; record nothing.

    Raises:
        NotFound: No log was imported, or taken back, under that number.
        Conflict: It was taken back already, its file was read anew since, or a later import rests on it.
    """
    session = work.session
    applied = session.get(AppliedImport, number)
    log = _log_of(session, applied) if applied else None
    if applied is None or log is None:
        raise NotFound(f"Import {number} is none of a log.")
    fallen, restored = _reversed(session, applied, log)
    _refuse_what_rests_on(session, fallen, restored)
    undone = LogUndone(None, tuple(fallen), tuple(restored))
    if dry_run:
        return undone
    let_fall(session, [one.id for one in fallen], now=work.now, by=work.by)
    let_stand(session, [one.id for one in restored], now=work.now, by=work.by)
    entered = AppliedImport(
        kind=UNDO,
        file_name=log.file_name,
        file_sha256=log.file_sha256,
        receipt="",
        applied_at=work.now,
        applied_by=work.by,
        undoes=number,
    )
    undone = replace(undone, number=record_import(session, entered))
    entered.receipt = str(undone)
    session.flush()
    return undone


def _log_of(session: Session, applied: AppliedImport) -> LogImport | None:
    """Give the log that was imported, or in the end taken back."""
    while applied.kind == UNDO and applied.undoes is not None:
        applied = session.get_one(AppliedImport, applied.undoes)
    return session.exec(select(LogImport).where(LogImport.number == applied.number)).first()


def _reversed(session: Session, applied: AppliedImport, log: LogImport) -> tuple[list[LogImport], list[LogImport]]:
    """Give the logs that would count no more, and those that would count again.

    Raises:
        Conflict: What the import let count no longer does, or what it ended counts again.
    """
    same_file = (
        select(StandingLog, LogImport)
        .join(LogImport, col(LogImport.id) == col(StandingLog.import_id))
        .where(LogImport.source == log.source, LogImport.file_sha256 == log.file_sha256)
        .order_by(col(LogImport.id))
    )
    rows = session.exec(same_file).all()
    opened = [(row, one) for row, one in rows if row.recorded_at == applied.applied_at]
    if applied.kind == LOG:
        opened = [(row, one) for row, one in opened if one.id == log.id]
    ended = [one for row, one in rows if row.superseded_at == applied.applied_at]
    over = [row for row, _ in opened if row.superseded_at is not None]
    counting = standing_ids(session)
    if over or any(one.id in counting for one in ended):
        raise Conflict(
            f"What import {applied.number} did to {log.file_name} does not stand any more: it was taken back, or the "
            "file was read anew since. Nothing was changed; take back the later import instead."
        )
    return [one for _, one in opened], ended


def _refuse_what_rests_on(session: Session, fallen: list[LogImport], restored: list[LogImport]) -> None:
    gone = {(one.source, one.file_sha256) for one in fallen} - {(one.source, one.file_sha256) for one in restored}
    leaving = {one.id for one in fallen}
    counting = standing_ids(session) - leaving
    for source, sha256 in sorted(gone):
        others = session.exec(select(LogImport).where(LogImport.source == source).order_by(col(LogImport.id)))
        resting = [one for one in others if one.id in counting and sha256 in (one.rests_on or "").split(";")]
        if resting:
            one = resting[0]
            raise Conflict(
                f"Import {one.number} ({one.file_name}) of {source} had records as known already, or repaired records, "
                f"that this import brought: {_named(resting)} rests on it. Nothing was changed; take the later back "
                "first, and import its file again afterwards."
            )


def _named(logs: "list[LogImport] | tuple[LogImport, ...]") -> str:
    numbers = listed([one.number for one in logs], _MOST_NAMED)
    return f"import {numbers}" if len(logs) == 1 else f"imports {numbers}"
