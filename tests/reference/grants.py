"""Grants of an employee to a data series, and what the inventory says of it (DOMAIN.md sections 1, 3 and 5)."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tests.reference.facts import (
    ALWAYS,
    OPEN_ENDED,
    Cells,
    City,
    Period,
    Row,
    cell_of,
    folded,
    instant,
    parts_of,
    period,
)

Recorded = tuple[datetime | None, timedelta]
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
    for row in city.rows.get("temporary-duties", []):
        if cell_of(row.cells, "employee_id") == employee and series_named(city, cell_of(row.cells, "series")) == series:
            held = period(city, row.cells, "start", "end")
            revoked = cell_of(row.cells, "revoked_at")
            if revoked:
                held = replace(held, end=min(held.end, instant(revoked, city.time_zone)))
            grants.append(_grant(city, row, held, city.graces.temporary_duty))
    return grants


def _work_access_rows(city: City, employee: str, series: Cells) -> list[Grant]:
    grants = []
    for row in city.rows.get("work-access", []):
        if series_named(city, cell_of(row.cells, "series")) == series:
            held = period(city, row.cells, "start_date", "end_date")
            access = _grant(city, row, held, city.graces.work_access)
            holder = (cell_of(row.cells, "holder_type"), cell_of(row.cells, "holder"))
            grants += _reaching(city, employee, holder, access)
    return grants


def _work_access_of_text(city: City, employee: str, series: Cells) -> list[Grant]:
    grants = []
    for row in city.rows["inventory"]:
        if row.cells == series:
            standing = _recorded(city, row, city.graces.work_access)
            access = Grant(Period(ALWAYS, OPEN_ENDED), "*", "*", (standing,))
            for part in parts_of(series.get("work_access", ""), "[;\n]"):
                for holder in _holders_named(city, part):
                    grants += _reaching(city, employee, holder, access)
    return grants


def _officer_duties(city: City, employee: str, series: Cells) -> list[Grant]:
    grants = []
    for row in city.rows.get("officer-duties", []):
        named = cell_of(row.cells, "series")
        if cell_of(row.cells, "employee_id") == employee and (named == "*" or series_named(city, named) == series):
            recorded = _recorded(city, row, city.graces.officer_duty)
            duty = Grant(period(city, row.cells, "start", "end"), "*", "*", (recorded,), of_officer=True)
            grants += _while_also(duty, [(held, ()) for held in offices_of(city, employee)])
    return grants


def _reaching(city: City, employee: str, holder: tuple[str, str], access: Grant) -> list[Grant]:
    """Give an employee's grants from work access of a holder, as "Reaching a grant" says."""
    match holder:
        case ("employee", name):
            return [access] if name == employee else []
        case ("everyone", _):
            return _while_also(access, [(held, ()) for held in employments_of(city, employee)])
        case ("department", name):
            codes = {cell_of(p, "position_code") for p in city.cells("positions") if cell_of(p, "department") == name}
            return _while_also(access, _assignments(city, employee, codes))
        case (_, code):
            return _while_also(access, _assignments(city, employee, {code}))


def _while_also(grant: Grant, routes: Routes) -> list[Grant]:
    """Cut a grant down to each of the periods in which it reaches the employee, and add what that was recorded by."""
    reached = [(grant.period.intersection(held), recorded) for held, recorded in routes]
    return [replace(grant, period=both, recorded=grant.recorded + recorded) for both, recorded in reached if both]


def _assignments(city: City, employee: str, position_codes: set[str]) -> Routes:
    return [
        (period(city, row.cells, "start_date", "end_date"), (_recorded(city, row, city.graces.assignment),))
        for row in city.rows.get("assignments", [])
        if cell_of(row.cells, "employee_id") == employee and cell_of(row.cells, "position_code") in position_codes
    ]


def employments_of(city: City, employee: str) -> list[Period]:
    rows = [cells for cells in city.cells("employees") if cell_of(cells, "employee_id") == employee]
    return [period(city, cells, "hire_date", "separation_date") for cells in rows]


def offices_of(city: City, employee: str) -> list[Period]:
    rows = [cells for cells in city.cells("officers") if cell_of(cells, "employee_id") == employee]
    return [period(city, cells, "start", "end") for cells in rows]


def _grant(city: City, row: Row, held: Period, grace: timedelta) -> Grant:
    cells = row.cells
    return Grant(held, cell_of(cells, "actions"), cell_of(cells, "purposes"), (_recorded(city, row, grace),))


def _recorded(city: City, row: Row, grace: timedelta) -> Recorded:
    """Give what the file claims, else the service's own clock once the entity is live, else no recorded time."""
    claimed = cell_of(row.cells, "recorded_at")
    if claimed:
        return instant(claimed, city.time_zone), grace
    if city.went_live_at is not None and row.entered_at >= city.went_live_at:
        return row.entered_at.astimezone(UTC), grace
    return None, grace


def series_named(city: City, text: str) -> Cells | None:
    named = [cells for cells in city.cells("inventory") if text in (cell_of(cells, "code"), cell_of(cells, "name"))]
    return named[0] if named else None


def is_public(series: Cells) -> bool:
    classes = [folded(part) for part in parts_of(series["classification"], "/|;|\n|,| and ")]
    return bool(classes) and all(name == "public" for name in classes)


def _holders_named(city: City, part: str) -> list[tuple[str, str]]:
    """Give each (holder_type, holder) that one part of a work access text names."""
    named = folded(part)
    people = {cell_of(e, "employee_id"): folded(e["name"]) for e in city.cells("employees")}
    positions = city.cells("positions")
    everyone = [("everyone", "")] if named == "all employees" else []
    departments = {cell_of(p, "department") for p in positions if folded(p["department"]) == named}
    codes = {
        cell_of(p, "position_code") for p in positions if named in (folded(p["position_code"]), folded(p["title"]))
    }
    by_name = [employee for employee, name in people.items() if name == named]
    employees = {employee for employee in people if folded(employee) == named} | set(
        by_name if len(by_name) == 1 else []
    )
    return [
        *everyone,
        *(("department", name) for name in sorted(departments)),
        *(("position", code) for code in sorted(codes)),
        *(("employee", employee) for employee in sorted(employees)),
    ]


def is_untestable(city: City, series: Cells) -> bool:
    parts = parts_of(series.get("work_access", ""), "[;\n]")
    return any(not _holders_named(city, part) for part in parts)
