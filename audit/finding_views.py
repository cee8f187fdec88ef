"""Findings as they are shown, with what people noted: those that stand, and those not found any more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, literal, select
from sqlmodel import Session, col, func

from audit.models import Finding, FindingFigures, FindingMove
from audit.statuses import CLOSED, NOT_FOUND, Status
from audit.views import FindingView

_MOST_NAMED = 10


def finding_views(session: Session) -> list[FindingView]:
    """Give the findings that stand, by month, reason, who and what."""
    return views_asked(session, WITH_FIGURES.where(col(Finding.figures_id) == col(FindingFigures.id)))


def standing_views(
    session: Session,
    conditions: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]] = (),
    *,
    limit: int | None = None,
    offset: int = 0,
) -> list[FindingView]:
    """Give some of the findings that stand, in the order that is asked for.

    Args:
        conditions: Of `Finding` and `FindingFigures`.
        order: Empty = by month, reason, who and what.
        limit: How many at most; None = all.
    """
    asked = WITH_FIGURES.where(col(Finding.figures_id) == col(FindingFigures.id), *conditions)
    if not order:
        return views_asked(session, asked)
    rows = session.execute(asked.order_by(*order).limit(limit).offset(offset)).all()
    noted = _noted(session, None if limit is None else [row[0] for row in rows])
    return [_view(row, noted) for row in rows]


@dataclass(frozen=True)
class SomeFindings:
    """Some of many findings, by month, reason, who and what, and how many they are in all."""

    shown: Sequence[FindingView]
    total: int


def some_views(session: Session, conditions: Sequence[ColumnElement[bool]], wanted: slice) -> SomeFindings:
    """Give some of the findings that stand, by their places among those that fit.

    Args:
        conditions: Of `Finding` and `FindingFigures`.
    """
    columns = (col(Finding.month), col(Finding.reason), col(Finding.who), col(Finding.what), col(Finding.key))
    joined = select(*columns, col(Finding.id)).join_from(
        Finding, FindingFigures, col(Finding.figures_id) == col(FindingFigures.id)
    )
    found = sorted(tuple(row) for row in session.execute(joined.where(*conditions)))
    ids = [row[-1] for row in found[wanted]]
    chosen = WITH_FIGURES.where(col(Finding.figures_id) == col(FindingFigures.id), col(Finding.id).in_(ids))
    return SomeFindings(views_asked(session, chosen, ids) if ids else (), len(found))


def vanished_views(session: Session, *conditions: ColumnElement[bool]) -> list[FindingView]:
    """Give the findings that are not found any more, with the figures that they had last, in the same order."""
    newest = select(func.max(FindingFigures.id)).group_by(col(FindingFigures.finding_id))
    gone = (col(Finding.figures_id).is_(None), col(FindingFigures.id).in_(newest))
    return views_asked(session, WITH_FIGURES.where(*gone, *conditions))


class _Noted(NamedTuple):
    """How many notes a finding has, and the newest."""

    notes: int
    newest: str


def views_asked(session: Session, asked: Select[Any], ids: Sequence[int] | None = None) -> list[FindingView]:
    """Give the findings that rows of `view_columns` tell of, by month, reason, who and what.

    Args:
        ids: Those of the findings that may be among them; None = any.
    """
    noted = _noted(session, ids)
    views = (_view(row, noted) for row in session.execute(asked))  # plain rows, which load faster than objects
    # sorted here, as databases sort text in ways of their own
    return sorted(views, key=lambda one: (one.month, one.reason, one.who, one.what, one.key))


def _view(row: Any, noted: Mapping[int, _Noted]) -> FindingView:  # noqa: ANN401 - a row of view_columns
    finding_id, is_gone, status, closed_events, assignee, proposed_by, difference, *shown = row
    events = shown[_SHOWN.index("events")]
    notes = noted.get(finding_id, _NO_NOTES)
    grown = 0 if closed_events is None or status in CLOSED else max(0, events - closed_events)
    status = NOT_FOUND if is_gone else status or Status.OPEN.value
    named = dict(zip(_SHOWN, shown, strict=True))
    return FindingView(
        **named,
        status=status,
        grown=grown,
        notes=notes.notes,
        last_note=notes.newest,
        difference=difference,
        assignee=assignee or "",
        dismissal_proposed_by=proposed_by or "",
    )


def _noted(session: Session, ids: Sequence[int] | None = None) -> dict[int, _Noted]:
    asked = select(col(FindingMove.finding_id), col(FindingMove.note)).where(col(FindingMove.note) != "")
    if ids is not None:
        asked = asked.where(col(FindingMove.finding_id).in_(ids))
    noted: dict[int, _Noted] = {}
    for finding_id, note in session.execute(asked.order_by(col(FindingMove.id))):
        noted[finding_id] = _Noted(noted.get(finding_id, _NO_NOTES).notes + 1, note)
    return noted


def view_columns(finding: Any, figures: Any, *others: Any) -> list[Any]:  # noqa: ANN401 - tables and columns
    """Give what a view is made of: how the finding stands, and what is shown of it but its status."""
    of_people = (col(Finding.assignee), col(Finding.dismissal_proposed_by))
    stands = (col(Finding.id), *others[:1], col(Finding.status), col(Finding.closed_events), *of_people, *others[1:])
    return [*stands, *(getattr(finding, name, None) or getattr(figures, name) for name in _SHOWN)]


_NO_NOTES = _Noted(0, "")
_NAMES = [field.name for field in fields(FindingView)]
_SHOWN = [name for name in _NAMES[: _NAMES.index("grown")] if name != "status"]
# each finding with each of its figures
WITH_FIGURES = select(*view_columns(Finding, FindingFigures, col(Finding.figures_id).is_(None), literal(""))).join_from(
    Finding, FindingFigures, col(FindingFigures.finding_id) == col(Finding.id)
)
