"""Findings as they are shown, with what people noted: those that stand, and those not found any more."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, select
from sqlmodel import Session, col, func

from audit.finding_rows import SHOWN, in_order, notes_on, view_from
from audit.models import Finding, FindingFigures
from audit.views import FindingView


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
    with_figures: bool = True,
) -> list[FindingView]:
    """Give some of the findings that stand, in the order that is asked for.

    Args:
        conditions: Of `Finding` and `FindingFigures`.
        order: Empty = by month, reason, who and what.
        limit: How many at most; None = all.
        with_figures: Whether conditions or order are of `FindingFigures`: without, only those shown are read of these.
    """
    stand = col(Finding.figures_id) == col(FindingFigures.id)
    if not order:
        return views_asked(session, WITH_FIGURES.where(stand, *conditions))
    if with_figures or limit is None:
        asked = WITH_FIGURES.where(stand, *conditions).order_by(*order).limit(limit).offset(offset)
    else:
        chosen = select(col(Finding.id)).where(col(Finding.figures_id).is_not(None), *conditions)
        few = chosen.order_by(*order).limit(limit).offset(offset).scalar_subquery()
        asked = WITH_FIGURES.where(stand, col(Finding.id).in_(few)).order_by(*order)
    rows = session.execute(asked).all()
    noted = notes_on(session, None if limit is None else [row[0] for row in rows])
    return [view_from(row, noted) for row in rows]


def vanished_views(session: Session) -> list[FindingView]:
    """Give the findings that are not found any more, with the figures that they had last, in the same order."""
    newest = select(func.max(FindingFigures.id)).group_by(col(FindingFigures.finding_id))
    gone = (col(Finding.figures_id).is_(None), col(FindingFigures.id).in_(newest))
    return views_asked(session, WITH_FIGURES.where(*gone))


def views_asked(session: Session, asked: Select[Any], ids: Sequence[int] | None = None) -> list[FindingView]:
    """Give the findings that rows of `view_columns` tell of, by month, reason, who and what.

    Args:
        ids: Those of the findings that may be among them; None = any.
    """
    noted = notes_on(session, ids)
    views = (view_from(row, noted) for row in session.execute(asked))  # plain rows, which load faster than objects
    return in_order(views)


def view_columns(finding: Any, figures: Any, *others: Any) -> list[Any]:  # noqa: ANN401 - tables and columns
    """Give what a view is made of: how the finding stands, and what is shown of it but its status."""
    of_people = (col(Finding.assignee), col(Finding.dismissal_proposed_by))
    stands = (col(Finding.id), *others[:1], col(Finding.status), col(Finding.closed_events), *of_people, *others[1:])
    return [*stands, *(getattr(finding, name, None) or getattr(figures, name) for name in SHOWN)]


# each finding with each of its figures
WITH_FIGURES = select(*view_columns(Finding, FindingFigures, col(Finding.figures_id).is_(None), literal(""))).join_from(
    Finding, FindingFigures, col(FindingFigures.finding_id) == col(Finding.id)
)
