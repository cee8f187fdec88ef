"""Say who is meant by a part of the inventory's work access text that names no known holder, or that it adds nobody."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from access.match_work_access import Holders
from access.models import Employee, Position
from config.errors import Conflict, Invalid, NotFound
from config.recorded import current
from config.texts import compare_form
from inventory.models import DataSeries, PartResolution, WorkAccessPart
from inventory.series_names import SeriesNames


@dataclass(frozen=True)
class PartRequest:
    """What an official decides.

    Args:
        series: A series' code or exact name.
        part: The part as it stands in the work access text; case does not count.
        holders: Who is meant, each written as in a work access text; none = the part is dismissed, it adds nobody.
    """

    series: str
    part: str
    holders: tuple[str, ...]


def resolve_part(session: Session, request: PartRequest, *, now: datetime, by: str) -> list[PartResolution]:
    """Record the decision; what an earlier one said otherwise is superseded, what both say stands as recorded.

    Returns:
        What stands of the part now, a row for each holder.

    Raises:
        NotFound: There is no such series, or its text has no such part.
        Invalid: A holder names nobody known.
        Conflict: The part names a known holder by itself.
    """
    series = SeriesNames(list(session.exec(select(DataSeries).where(current(DataSeries))))).find(request.series)
    parts_of_text = session.exec(
        select(WorkAccessPart)
        .where(WorkAccessPart.series == series.code, current(WorkAccessPart))
        .order_by(col(WorkAccessPart.id))
    ).all()
    part = {compare_form(found.part): found.part for found in parts_of_text}.get(compare_form(request.part))
    if part is None:
        there = "; ".join(f'"{found.part}"' for found in parts_of_text) or "none"
        raise NotFound(f'The work access text of {series.code} has no part "{request.part}"; its parts are {there}.')
    holders = _holders(session)
    if holders.named(part):
        raise Conflict(f'"{part}" names a known holder by itself; there is nothing to resolve.')
    meant = [pair for text in request.holders for pair in _named(holders, text)] or [("", "")]
    decided = _decided(session, series.code, part)
    for pair, row in decided.items():
        if pair not in meant:
            row.superseded_at, row.superseded_by = now, by
    for kind, holder in meant:
        if (kind, holder) not in decided:
            added = PartResolution(
                series=series.code, part=part, holder_type=kind, holder=holder, recorded_at=now, recorded_by=by
            )
            session.add(added)
    session.flush()
    return list(_decided(session, series.code, part).values())


def _decided(session: Session, series: str, part: str) -> dict[tuple[str, str], PartResolution]:
    rows = session.exec(
        select(PartResolution)
        .where(PartResolution.series == series, current(PartResolution))
        .order_by(col(PartResolution.id))
    )
    # compared here, as no database has the form in which texts compare
    return {(row.holder_type, row.holder): row for row in rows if compare_form(row.part) == compare_form(part)}


def _holders(session: Session) -> Holders:
    return Holders(
        session.exec(select(Position).where(current(Position))).all(),
        session.exec(select(Employee).where(current(Employee))).all(),
    )


def _named(holders: Holders, text: str) -> list[tuple[str, str]]:
    named = holders.named(text)
    if not named:
        raise Invalid(
            f'"{text}" names no known position, department or employee; write a position\'s title or code, '
            'a department, an employee\'s id or full name, or "all employees".'
        )
    return named
