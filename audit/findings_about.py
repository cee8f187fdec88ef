"""Which of the findings that stand are about some people or data series, or rest on some logs."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, func, select

from audit.logs.models import LogImport
from audit.models import Finding, FindingFigures
from audit.rules import REASONS, rule_number

_AT_ONCE = 500  # names in one statement, well below what either database takes


def findings_about(
    session: Session, people: Collection[str], series: Collection[str], *, who: str = ""
) -> list[Finding]:
    """Give the findings that stand of some employees, and those of some data series, the newest month first.

    Args:
        who: Only those about this employee; empty = about anybody.
    """
    of_people = ([col(Finding.who_is_employee), col(Finding.who).in_(some)] for some in _parts(people))
    of_series = ([col(Finding.what_is_series), col(Finding.what).in_(some)] for some in _parts(series))
    found = dict[int, Finding]()
    for conditions in (*of_people, *of_series):
        found |= {one.id: one for one in session.exec(select(Finding).where(_STANDS, *conditions, *_about(who)))}
    return _in_order(found.values())


def findings_from(session: Session, logs: Sequence[LogImport], *, who: str = "") -> list[Finding]:
    """Give the findings that stand and have accesses of a log's source from the time that the log covers.

    Args:
        who: As of `findings_about`.
    """
    found = dict[int, Finding]()
    for log in logs:
        if log.first_time is None or log.last_time is None:
            continue
        there = [col(FindingFigures.first) <= log.last_time, col(FindingFigures.last) >= log.first_time]
        found |= {one.id: one for one in _of_source(session, log.source, *there, *_about(who))}
    return _in_order(found.values())


def is_found_in(session: Session, source: str, who: str) -> bool:
    """Say whether a finding about an employee stands that has accesses of a source."""
    return any(_of_source(session, source, *_about(who)))


def count_by_grants(session: Session) -> Mapping[str, int]:
    """Count, by the code of a series, the findings about employees that stand and depend on who holds which grant."""
    by_grants = REASONS[rule_number("backdated") - 1 :]
    counted = select(Finding.what, func.count()).where(_STANDS, Finding.who_is_employee, Finding.what_is_series)
    return dict(session.exec(counted.where(col(Finding.reason).in_(by_grants)).group_by(Finding.what)).all())


def _of_source(session: Session, source: str, *conditions: ColumnElement[bool]) -> Iterator[Finding]:
    figures = and_(col(Finding.figures_id) == col(FindingFigures.id), _STANDS)
    chosen = select(Finding, FindingFigures.sources).join(FindingFigures, figures).where(*conditions)
    return (one for one, sources in session.exec(chosen) if source in sources.split("; "))


def _about(who: str) -> list[ColumnElement[bool]]:
    return [col(Finding.who_is_employee).is_(True), col(Finding.who) == who] if who else []


_STANDS: ColumnElement[bool] = col(Finding.figures_id).is_not(None)


def _parts(names: Collection[str]) -> Iterator[list[str]]:
    listed = sorted(names)
    return (listed[place : place + _AT_ONCE] for place in range(0, len(listed), _AT_ONCE))


def _in_order(found: Collection[Finding]) -> list[Finding]:
    return sorted(sorted(found, key=lambda one: one.key), key=lambda one: one.month, reverse=True)
