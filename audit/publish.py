"""Let what an audit found stand: the short write at its end. Nothing moved meanwhile? Then the findings stand."""

from collections.abc import Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlmodel import Session, SQLModel, col, func, select, update

from audit.find_accesses import Found, months_of
from audit.models import AuditRun, Finding, FindingFigures
from audit.rules import VERDICT_OF
from config.errors import Conflict

_FIGURES = ("events", "first", "last", "subjects", "actions", "sources", "explanation")


class Moves(NamedTuple):
    """How many findings are new, changed their figures, or stood before and are no longer found."""

    new: int
    changed: int
    withdrawn: int


def newest_run(session: Session) -> int:
    """Give the number of the newest audit, 0 before the first."""
    return session.exec(select(func.max(AuditRun.id))).one() or 0


def publish(session: Session, run: AuditRun, found: Sequence[Found], zone: ZoneInfo, *, after: int) -> Moves:
    """Record a run, and let the findings of the audited months stand as it found them; status and notes stay.

    Args:
        run: The audit, not recorded yet.
        found: All that it found.
        zone: The entity's, in which months are told.
        after: The newest run when the audit began.

    Raises:
        Conflict: Another audit was published meanwhile.
    """
    if newest_run(session) != after:
        raise Conflict("Another audit was published while this one ran. Nothing was published; run the audit again.")
    session.add(run)
    session.flush()
    months = months_of(run.range_start, run.range_end, session.exec(select(Finding.month).distinct()), zone)
    known = {one.key: one for one in session.exec(select(Finding).where(col(Finding.month).in_(months)))}
    figures = _figures_that_stand(session, months)
    next_finding, next_figures = _next_id(session, Finding), _next_id(session, FindingFigures)
    new_findings, new_figures = list[dict[str, object]](), list[dict[str, object]]()
    moved: dict[int, int | None] = {}
    for one in found:
        counted = {name: getattr(one, name) for name in _FIGURES}
        before = known.get(one.key)
        if before is not None and figures.get(before.id) == counted:
            continue
        figures_id = next_figures + len(new_figures)
        if before is None:
            finding_id = next_finding + len(new_findings)
            new_findings.append(_new_finding(one, finding_id, figures_id))
        else:
            finding_id = before.id
            moved[finding_id] = figures_id
        new_figures.append({"id": figures_id, "finding_id": finding_id, "run_id": run.id, **counted})
    keys = {one.key for one in found}
    gone = [one.id for one in known.values() if one.key not in keys and one.figures_id is not None]
    _insert(session, Finding, new_findings)
    _insert(session, FindingFigures, new_figures)
    for finding_id, figures_now in [*moved.items(), *((finding_id, None) for finding_id in gone)]:
        session.execute(update(Finding).where(col(Finding.id) == finding_id).values(figures_id=figures_now))
    return Moves(len(new_findings), len(moved), len(gone))


def _next_id(session: Session, model: type[Finding] | type[FindingFigures]) -> int:
    return (session.exec(select(func.max(model.id))).one() or 0) + 1


def _insert(session: Session, model: type[SQLModel], rows: Sequence[dict[str, object]]) -> None:
    """Insert rows by their table: thousands of them need nothing of what the model adds."""
    if rows:
        session.execute(insert(SQLModel.metadata.tables[str(model.__tablename__)]), rows)


def _figures_that_stand(session: Session, months: set[str]) -> dict[int, dict[str, object]]:
    rows = session.exec(
        select(FindingFigures)
        .join(Finding, col(Finding.figures_id) == col(FindingFigures.id))
        .where(col(Finding.month).in_(months))
    )
    return {row.finding_id: {name: getattr(row, name) for name in _FIGURES} for row in rows}


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
        "status": "open",
        "figures_id": figures_id,
    }
