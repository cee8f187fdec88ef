"""Findings with the names of the people and series they are about, as pages and programs show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from access.models import Employee
from audit.views import FindingView
from config.recorded import known_at
from inventory.models import DataSeries


@dataclass(frozen=True)
class NamedFinding:
    """A finding with the name of the employee and of the series; empty where it is about neither."""

    finding: FindingView
    who_name: str
    what_name: str


def name_findings(session: Session, findings: Sequence[FindingView], now: datetime) -> list[NamedFinding]:
    """Give findings with their names, as these are known now."""
    ids = {one.who for one in findings if one.who_is_employee}
    codes = {one.what for one in findings if one.what_is_series}
    people = select(col(Employee.employee_id), col(Employee.name)).where(
        known_at(Employee, now), col(Employee.employee_id).in_(ids)
    )
    series = select(col(DataSeries.code), col(DataSeries.name)).where(
        known_at(DataSeries, now), col(DataSeries.code).in_(codes)
    )
    names = {row[0]: row[1] for row in session.execute(people)}
    titles = {row[0]: row[1] for row in session.execute(series)}
    return [
        NamedFinding(
            one,
            names.get(one.who, "") if one.who_is_employee else "",
            titles.get(one.what, "") if one.what_is_series else "",
        )
        for one in findings
    ]
