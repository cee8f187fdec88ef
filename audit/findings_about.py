"""Which of the findings that stand are about some people or data series, or rest on some logs."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from audit.logs.models import LogImport
from audit.models import Finding, FindingFigures

_AT_ONCE = 500  # names in one statement, well below what either database takes


def findings_about(session: Session, people: Collection[str], series: Collection[str]) -> list[Finding]:
    """Give the findings that stand of some employees, and those of some data series, the newest month first."""
    of_people = ([col(Finding.who_is_employee), col(Finding.who).in_(some)] for some in _parts(people))
    of_series = ([col(Finding.what_is_series), col(Finding.what).in_(some)] for some in _parts(series))
    found = dict[int, Finding]()
    for conditions in (*of_people, *of_series):
        found |= {one.id: one for one in session.exec(select(Finding).where(_STANDS, *conditions))}
    return _in_order(found.values())


def findings_from(session: Session, logs: Sequence[LogImport]) -> list[Finding]:
    """Give the findings that stand and have accesses of a log's source from the time that the log covers."""
    figures = and_(col(Finding.figures_id) == col(FindingFigures.id), _STANDS)
    found = dict[int, Finding]()
    for log in logs:
        if log.first_time is None or log.last_time is None:
            continue
        there: list[Any] = [col(FindingFigures.first) <= log.last_time, col(FindingFigures.last) >= log.first_time]
        chosen = select(Finding, FindingFigures.sources).join(FindingFigures, figures).where(*there)
        found |= {one.id: one for one, sources in session.exec(chosen) if log.source in sources.split("; ")}
    return _in_order(found.values())


_STANDS: ColumnElement[bool] = col(Finding.figures_id).is_not(None)


def _parts(names: Collection[str]) -> Iterator[list[str]]:
    listed = sorted(names)
    return (listed[place : place + _AT_ONCE] for place in range(0, len(listed), _AT_ONCE))


def _in_order(found: Collection[Finding]) -> list[Finding]:
    return sorted(sorted(found, key=lambda one: one.key), key=lambda one: one.month, reverse=True)
