"""Grants of an employee to a data series, and what the inventory says of it (DOMAIN.md sections 1, 3 and 5)."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from tests.reference.facts import (
    ALWAYS,
    OPEN_ENDED,
    Cells,
    City,
    Period,
    cell_of,
    folded,
    parts_of,
    period,
    same,
)
from tests.reference.said import Recorded, recorded_time, said_by

Routes = list[tuple[Period, tuple[Recorded, ...]]]


@dataclass(frozen=True)
class Grant:
    """One employee's way to one series.

    Attributes:
        period: When it holds.
        actions: The cell that lists its actions.
        purposes: The cell that lists its purposes; empty means any.
        recorded: Of each part of the grant, when it was recorded (None: no recorded time) and its grace.
        of_officer: Whether it is a specified duty of a designated officer.
    """

    period: Period
    actions: str
    purposes: str
    recorded: tuple[Recorded, ...]
    of_officer: bool = False

    def covers_action(self, action: str) -> bool:
        """Say whether the actions contain it or are `*`; `other` is covered by `*` alone."""
        listed = [folded(part) for part in parts_of(self.actions)]
        return listed == ["*"] or (action in listed and action != "other")

    def covers_purpose(self, purpose: str) -> bool:
        """Say whether the purposes contain it or are `*`; no purpose is in no list."""
        listed = [folded(part) for part in parts_of(self.purposes)]
        return listed in ([], ["*"]) or folded(purpose) in listed

    def is_timely(self, moment: datetime) -> bool:
        """Say whether each part was recorded by the event's time plus its grace."""
        return all(when is None or when <= moment + grace for when, grace in self.recorded)


def grants_of(city: City, employee: str, series: Cells) -> list[Grant]:
    """Give every grant of a series to an employee, whenever it holds, timely or not."""
    return [
        *_temporary_duties(city, employee, series),
        *_work_access_rows(city, employee, series),
        *_work_access_of_text(city, employee, series),
        *_officer_duties(city, employee, series),
    ]


def _temporary_duties(city: City, employee: str, series: Cells) -> list[Grant]:
    grants = []
    for row in city.standing("temporary-duties"):
        if same(row.cells["employee_id"], employee) and series_named(city, row.cells["series"]) == series:
            grants += [
                Grant(said.period, said.actions, said.purposes, (said.recorded,))
                for said in said_by(city, "temporary-duties", row)
            ]
    return grants


def _work_access_rows(city: City, employee: str, series: Cells) -> list[Grant]:
    grants = []
    for row in city.standing("work-access"):
        if series_named(city, row.cells["series"]) == series:
            holder = (cell_of(row.cells, "holder_type"), cell_of(row.cells, "holder"))
            for said in said_by(city, "work-access", row):
                access = Grant(said.period, said.actions, said.purposes, (said.recorded,))
                grants += _reaching(city, employee, holder, access)
    return grants


def _work_access_of_text(city: City, employee: str, series: Cells) -> list[Grant]:
    grants = []
    for row in city.rows["inventory"]:
        if row.cells == series:
            standing = recorded_time(city, row, city.graces.work_access)
            access = Grant(Period(ALWAYS, OPEN_ENDED), "*", "*", (standing,))
            for part in parts_of(series.get("work_access", ""), "[;\n]"):
                for holder in _holders_named(city, part):
                    grants += _reaching(city, employee, holder, access)
    return grants


def _officer_duties(city: City, employee: str, series: Cells) -> list[Grant]:
    grants = []
    for row in city.standing("officer-duties"):
        named = row.cells["series"]
        if same(row.cells["employee_id"], employee) and (folded(named) == "*" or series_named(city, named) == series):
            for said in said_by(city, "officer-duties", row):
                duty = Grant(said.period, "*", "*", (said.recorded,), of_officer=True)
                grants += _while_also(duty, [(office, ()) for office in offices_of(city, employee)])
    return grants


def _reaching(city: City, employee: str, holder: tuple[str, str], access: Grant) -> list[Grant]:
    """Give an employee's grants from work access of a holder, as "Reaching a grant" says."""
    match holder:
        case ("employee", name):
            return [access] if same(name, employee) else []
        case ("everyone", _):
            return _while_also(access, [(held, ()) for held in employments_of(city, employee)])
        case ("department", name):
            codes = {folded(p["position_code"]) for p in city.cells("positions") if same(p["department"], name)}
            return _while_also(access, _assignments(city, employee, codes))
        case (_, code):
            return _while_also(access, _assignments(city, employee, {folded(code)}))


def _while_also(grant: Grant, routes: Routes) -> list[Grant]:
    """Cut a grant down to each of the periods in which it reaches the employee, and add what that was recorded by."""
    reached = [(grant.period.intersection(held), recorded) for held, recorded in routes]
    return [replace(grant, period=both, recorded=grant.recorded + recorded) for both, recorded in reached if both]


def _assignments(city: City, employee: str, position_codes: set[str]) -> Routes:
    return [
        (said.period, (said.recorded,))
        for row in city.standing("assignments")
        if same(row.cells["employee_id"], employee) and folded(row.cells["position_code"]) in position_codes
        for said in said_by(city, "assignments", row)
    ]


def employments_of(city: City, employee: str) -> list[Period]:
    rows = [cells for cells in city.cells("employees") if same(cells["employee_id"], employee)]
    return [period(city, cells, "hire_date", "separation_date") for cells in rows]


def offices_of(city: City, employee: str) -> list[Period]:
    rows = [cells for cells in city.cells("officers") if same(cells["employee_id"], employee)]
    return [period(city, cells, "start", "end") for cells in rows]


def series_named(city: City, text: str) -> Cells | None:
    named = [cells for cells in city.cells("inventory") if same(text, cells["code"]) or same(text, cells["name"])]
    return named[0] if named else None


def is_public(series: Cells) -> bool:
    """Say whether every class is public; one that is visibly lost behind or before a separator may be another."""
    written = series["classification"].strip()
    if re.search(r"[/;,:&]$|\band$|^[/;,]", written, re.IGNORECASE):
        return False
    classes = [folded(part) for part in parts_of(written, r"/|;|\n|,| and ")]
    return bool(classes) and all(name == "public" for name in classes)


def _holders_named(city: City, part: str) -> list[tuple[str, str]]:
    """Give each (holder_type, holder) that one part of a work access text names."""
    named = folded(part)
    people = {folded(e["employee_id"]): folded(e["name"]) for e in city.cells("employees")}
    positions = city.cells("positions")
    everyone = [("everyone", "")] if named == "all employees" else []
    departments = {cell_of(p, "department") for p in positions if folded(p["department"]) == named}
    codes = {
        cell_of(p, "position_code") for p in positions if named in (folded(p["position_code"]), folded(p["title"]))
    }
    by_name = [employee for employee, name in people.items() if name == named]
    employees = {employee for employee in people if employee == named} | set(by_name if len(by_name) == 1 else [])
    return [
        *everyone,
        *(("department", name) for name in sorted(departments)),
        *(("position", code) for code in sorted(codes)),
        *(("employee", employee) for employee in sorted(employees)),
    ]


def is_untestable(city: City, series: Cells) -> bool:
    parts = parts_of(series.get("work_access", ""), "[;\n]")
    return any(not _holders_named(city, part) for part in parts)
