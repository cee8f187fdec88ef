"""Let what an audit found stand: the short write at its end. Nothing moved meanwhile? Then the findings stand."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, bindparam, insert, update
from sqlmodel import Session, SQLModel, col, func, select

from audit.audited_range import months_of
from audit.find_accesses import Found
from audit.logs.keeping.removed import is_of_removed, removed_spans
from audit.models import AuditRun, Finding, FindingFigures, FindingMove
from audit.reopen_exceptions import BY_ITSELF
from audit.rules import VERDICT_OF
from audit.statuses import CLOSED, Status
from config.errors import Conflict
from config.remedies import Advice, Remedy
from config.texts import counted

AGAIN = Remedy(Advice.AUDIT_AGAIN)
# A statement holds only so many.
_KEYS_AT_ONCE = 5_000
FIGURES = ("events", "first", "last", "subjects", "actions", "sources", "explanation")


class RecordMoved(Conflict):
    """What an audit rests on was changed while it ran; nothing is published, and it can be run again."""


class Moves(NamedTuple):
    """What publishing moved.

    Args:
        new: Findings never found before.
        changed: Those that stood and are counted otherwise.
        gone: Those that stood and are not found any more.
        returned: Those that were not found any more and are found again.
        grown: Those that were closed, have grown since, and are open again.
        left: Those of accesses that were removed, which stand as they stood.
    """

    new: int = 0
    changed: int = 0
    gone: int = 0
    returned: int = 0
    grown: int = 0
    left: int = 0


def newest_run(session: Session) -> int:
    """Give the number of the newest audit whose findings stand, 0 before the first."""
    return session.exec(select(func.max(AuditRun.id)).where(~col(AuditRun.is_question))).one() or 0


def publish(
    session: Session,
    run: AuditRun,
    found: Sequence[Found],
    zone: ZoneInfo,
    *,
    after: int,
    among: Collection[str] | None = None,
) -> Moves:
    """Record a run, and let the findings of the audited months stand as it found them; status and notes stay.

    A finding that was closed and has grown since is open again.

    Args:
        run: The audit, not recorded yet.
        found: All that it found; or of the keys `among`.
        zone: The entity's, in which months are told.
        after: The newest run when the audit began.
        among: The keys of all findings that can have moved, found now or before; None = all of the audited months.

    Raises:
        RecordMoved: Another audit was published meanwhile.
    """
    if newest_run(session) != after:
        raise RecordMoved("Another audit was published while this one ran; of this one nothing was.", remedy=AGAIN)
    session.add(run)
    session.flush()
    known, figures = _known(session, _which(session, run, zone, among))
    had = _of_removed(session, known, figures)
    whole = [one for one in found if had.get(one.key, 0) <= one.events]
    changes = _changes(session, run, whole, known, figures)
    left = had.keys() - {one.key for one in whole}
    keys = left.union(one.key for one in found)
    gone = [one for one in known.values() if one.key not in keys and one.figures_id is not None]
    _write(session, run, changes, gone)
    returned = sum(before.figures_id is None for before, _, _ in changes.moved)
    figures_moved = (len(changes.new_findings), len(changes.moved) - returned, len(gone), returned)
    return Moves(*figures_moved, _reopen_grown(session, run, changes), len(left))


def _known(
    session: Session, asked: Iterable[ColumnElement[bool]]
) -> tuple[dict[str, Finding], dict[int, dict[str, object]]]:
    """Give the findings of the conditions by their keys, and the figures of those that stand."""
    known, figures = dict[str, Finding](), dict[int, dict[str, object]]()
    for which in asked:
        known |= {one.key: one for one in session.exec(select(Finding).where(which))}
        figures |= _figures_that_stand(session, which)
    return known, figures


def _which(
    session: Session, run: AuditRun, zone: ZoneInfo, among: Collection[str] | None
) -> Iterator[ColumnElement[bool]]:
    """Give, as conditions some of which hold for each, the findings that a run can have moved."""
    if among is None:
        months = months_of(run.range_start, run.range_end, session.exec(select(Finding.month).distinct()), zone)
        yield col(Finding.month).in_(months)
        return
    keys = sorted(among)
    for first in range(0, len(keys), _KEYS_AT_ONCE):
        yield col(Finding.key).in_(keys[first : first + _KEYS_AT_ONCE])


def _of_removed(
    session: Session, known: Mapping[str, Finding], figures: Mapping[int, Mapping[str, Any]]
) -> dict[str, int]:
    """Give the findings of accesses some of which were removed, with how many there had been.

    They keep their own facts; what is found of the accesses that are left is no more than a part of them, unless it is
    as many or more.
    """
    spans = removed_spans(session)
    if not spans:
        return {}
    had = {key: figures[one.id] for key, one in known.items() if one.id in figures}
    return {
        key: int(one["events"])
        for key, one in had.items()
        if is_of_removed(one["first"], one["last"], one["sources"], spans)
    }


def figures_that_stand(session: Session, months: set[str]) -> dict[int, dict[str, object]]:
    """Give the figures of the findings of some months that stand, by the finding's id."""
    return _figures_that_stand(session, col(Finding.month).in_(months))


def _figures_that_stand(session: Session, which: ColumnElement[bool]) -> dict[int, dict[str, object]]:
    rows = session.exec(
        select(FindingFigures).join(Finding, col(Finding.figures_id) == col(FindingFigures.id)).where(which)
    )
    return {row.finding_id: {name: getattr(row, name) for name in FIGURES} for row in rows}


@dataclass
class _Changes:
    """Rows to be written; `moved` are known findings with the id of their new figures and their number of accesses."""

    new_findings: list[dict[str, object]] = field(default_factory=list)
    new_figures: list[dict[str, object]] = field(default_factory=list)
    moved: list[tuple[Finding, int, int]] = field(default_factory=list)


def _changes(
    session: Session,
    run: AuditRun,
    found: Sequence[Found],
    known: Mapping[str, Finding],
    figures: Mapping[int, dict[str, object]],
) -> _Changes:
    changes = _Changes()
    next_finding, next_figures = _next_id(session, Finding), _next_id(session, FindingFigures)
    for one in found:
        counted = {name: getattr(one, name) for name in FIGURES}
        before = known.get(one.key)
        if before is not None and figures.get(before.id) == counted:
            continue
        figures_id = next_figures + len(changes.new_figures)
        if before is None:
            finding_id = next_finding + len(changes.new_findings)
            changes.new_findings.append(_new_finding(one, finding_id, figures_id))
        else:
            finding_id = before.id
            changes.moved.append((before, figures_id, one.events))
        changes.new_figures.append({"id": figures_id, "finding_id": finding_id, "run_id": run.id, **counted})
    return changes


def _write(session: Session, run: AuditRun, changes: _Changes, gone: Sequence[Finding]) -> None:
    replaced = [one.figures_id for one, _, _ in changes.moved if one.figures_id is not None]
    replaced += [one.figures_id for one in gone if one.figures_id is not None]
    now: list[dict[str, int | None]] = [
        {"finding": one.id, "figures": figures_id, "counted": events} for one, figures_id, events in changes.moved
    ]
    now += [{"finding": one.id, "figures": None, "counted": None} for one in gone]
    insert_rows(session, Finding, changes.new_findings)
    insert_rows(session, FindingFigures, changes.new_figures)
    if replaced:
        ended = update(_FIGURES_TABLE).where(_FIGURES_TABLE.c.id == bindparam("figures")).values(until_run=run.id)
        session.execute(ended, [{"figures": figures_id} for figures_id in replaced])
    if now:
        stands: dict[str, Any] = {"figures_id": bindparam("figures"), "accesses": bindparam("counted")}
        session.execute(update(_FINDINGS_TABLE).where(_FINDINGS_TABLE.c.id == bindparam("finding")).values(stands), now)


def _reopen_grown(session: Session, run: AuditRun, changes: _Changes) -> int:
    """Open findings again that were closed and have grown since; give how many."""
    grown = 0
    for finding, _, events in changes.moved:
        if finding.status not in CLOSED or finding.closed_events is None or events <= finding.closed_events:
            continue
        more = events - finding.closed_events
        note = f"Grew by {counted(more, 'access', 'accesses')} since it was closed."
        session.add(
            FindingMove(
                finding_id=finding.id,
                from_status=finding.status,
                to_status=Status.OPEN,
                note=note,
                moved_at=run.run_at,
                moved_by=BY_ITSELF,
            )
        )
        finding.take(Status.OPEN)
        grown += 1
    session.flush()
    return grown


def insert_rows(session: Session, model: type[SQLModel], rows: Sequence[dict[str, object]]) -> None:
    """Insert rows by their table: thousands of them need nothing of what the model adds."""
    if rows:
        session.execute(insert(SQLModel.metadata.tables[str(model.__tablename__)]), rows)


def _next_id(session: Session, model: type[Finding] | type[FindingFigures]) -> int:
    return (session.exec(select(func.max(model.id))).one() or 0) + 1


def _new_finding(one: Found, finding_id: int, figures_id: int) -> dict[str, object]:
    return {
        "id": finding_id,
        "key": one.key,
        "who": one.who,
        "who_is_employee": one.who_is_employee,
        "what": one.what,
        "what_is_series": one.what_is_series,
        "reason": one.reason,
        "verdict": str(VERDICT_OF[one.reason]),
        "month": one.month,
        "status": Status.OPEN.value,
        "assignee": "",
        "dismissal_proposed_by": "",
        "figures_id": figures_id,
        "accesses": one.events,
    }


_FINDINGS_TABLE = SQLModel.metadata.tables["findings"]
_FIGURES_TABLE = SQLModel.metadata.tables["finding_figures"]
