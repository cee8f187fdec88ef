"""Keeps findings within the months and sources to which an auditor is limited."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from audit.models import Finding, FindingFigures
from config.officials.limits import Limits


def within_limits(session: Session, limits: Limits) -> Iterator[ColumnElement[bool]]:
    """Give the conditions of `Finding`, and where sources are named of `FindingFigures`."""
    if limits.months:
        yield col(Finding.month).in_(limits.months)
    if limits.sources:
        joined = session.execute(select(col(FindingFigures.sources)).distinct()).scalars()
        admitted = [text for text in joined if all(map(limits.admit_source, text.split("; ")))]
        yield col(FindingFigures.sources).in_(admitted)
