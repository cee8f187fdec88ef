"""Keeps findings within the months and sources to which an auditor is limited, and tells which are of which sources."""

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import ColumnElement, exists
from sqlmodel import Session, col, select

from audit.models import Finding, FindingFigures
from audit.standing_counts import StandingCounts
from config.officials.limits import Limits


def within_limits(session: Session, limits: Limits, counts: StandingCounts | None) -> Iterator[ColumnElement[bool]]:
    """Give the conditions of `Finding`.

    Args:
        counts: What is at hand; None = the sources are looked up for this alone.
    """
    if limits.months:
        yield col(Finding.month).in_(limits.months)
    if limits.sources:
        yield of_sources(session, lambda sources: all(map(limits.admit_source, sources)), counts)


def of_sources(
    session: Session, are_meant: Callable[[Sequence[str]], bool], counts: StandingCounts | None
) -> ColumnElement[bool]:
    """Give the condition of `Finding` that the sources of its accesses, together, are meant.

    It is asked of each finding by itself, so that a list is still read in its order, and no further than needed.

    Args:
        counts: As of `within_limits`.
    """
    if counts is None:
        joined = set(session.execute(select(col(FindingFigures.sources)).distinct()).scalars())
    else:
        joined = {kind.sources for kind in counts.by_kind}
    meant = col(FindingFigures.sources).in_(sorted(text for text in joined if are_meant(text.split("; "))))
    return exists().where(col(FindingFigures.id) == col(Finding.figures_id), meant).correlate(Finding)
