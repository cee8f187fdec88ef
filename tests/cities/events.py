"""What a city's logs say: accesses aimed at the edges of grants."""

from datetime import datetime

from tests.cities.dice import NUDGES, Dice, clock_changes, spelled
from tests.cities.draft import PURPOSES, TYPED, Draft, in_odd_case
from tests.cities.systems import LEAVES, _as_typed
from tests.reference.cases import normal_account
from tests.reference.facts import ACTIONS, Cells, Row, instant, period


def add_events(draft: Draft) -> None:
    draft.edges = [
        (row.cells, edges) for kind, rows in draft.rows.items() for row in rows if (edges := _edges(draft, kind, row))
    ]
    for _ in range(draft.dice.integer(10, 40)):
        if draft.events and draft.dice.chance(4):
            draft.events.append(draft.events[-1])  # two equal lines are two accesses
        else:
            draft.events.append(_event(draft))


def _event(draft: Draft) -> Cells:
    dice = draft.dice
    system = dice.one_of([*draft.systems])
    employee, series = _aim(draft)
    moment = _near_an_edge(draft, employee, series)
    if dice.chance(6):
        moment = dice.one_of(clock_changes(draft.systems[system])) + dice.one_of(NUDGES)
    return {
        "system": system,
        "time": spelled(dice, moment, draft.systems[system]),
        "account": _account(draft, employee),
        "resource": _resource(dice, series),
        "action": in_odd_case(dice, dice.one_of(ACTIONS)) if dice.chance(85) else dice.one_of(["view", "REBOOT", "*"]),
        "subject": dice.one_of(["", "C-1", "C-2", "C-3"]),
        "purpose": in_odd_case(dice, dice.one_of(["", "", *PURPOSES, *TYPED])),
        "workstation": dice.one_of(["", "PC-7"]),
    }


def _aim(draft: Draft) -> tuple[str, str]:
    """Choose an employee and a series' code, mostly such as some row of the city brings together."""
    dice = draft.dice
    kind = dice.one_of(["work-access", "temporary-duties", "officer-duties", "work-access", "officers", "inventory"])
    row = dice.one_of(draft.rows[kind] or draft.rows["inventory"]).cells
    employee = row.get("employee_id") or dice.one_of(draft.column("employees", "employee_id"))
    codes = [
        cells["code"]
        for cells in draft.city().cells("inventory")
        if row.get("series") in (cells["code"], cells["name"])
    ]
    return employee, (codes or [dice.one_of(draft.column("inventory", "code"))])[0]


def _near_an_edge(draft: Draft, employee: str, series: str) -> datetime:
    """Choose an instant at or next to an edge of a row about the employee and the series, now and then of any row."""
    dice = draft.dice
    about = {employee, "", series, f"Series {series[1:]} records", "*"}
    near = [edges for cells, edges in draft.edges if {cells.get("employee_id", ""), cells.get("series", "")} <= about]
    edges = dice.one_of([edges for _cells, edges in draft.edges] if dice.chance(20) else near)
    return dice.one_of(edges) + dice.one_of(NUDGES)


def _edges(draft: Draft, kind: str, row: Row) -> list[datetime]:
    """Give the instants at which a row begins, ends, is revoked, or is no longer recorded in time."""
    grace = {
        "assignments": draft.graces.assignment,
        "temporary-duties": draft.graces.temporary_duty,
        "officer-duties": draft.graces.officer_duty,
    }.get(kind, draft.graces.work_access)
    written = {name: text for name, text in row.cells.items() if text}
    starts = [written[name] for name in ("start", "start_date", "hire_date", "revoked_at") if name in written]
    ends = [name for name in ("end", "end_date", "separation_date") if name in written]
    recorded = [instant(written["recorded_at"], draft.zone)] if "recorded_at" in written else []
    if draft.went_live_at and row.entered_at >= draft.went_live_at:
        recorded.append(row.entered_at)
    return [
        *(instant(text, draft.zone) for text in starts),
        *(period(draft.city(), written, "", name).end for name in ends),
        *(moment - grace for moment in recorded),
    ]


def _account(draft: Draft, employee: str) -> str:
    """Write a login of the employee, or one that names somebody else or nobody, as a log might."""
    dice = draft.dice
    logins = [cells["login"] for cells in draft.city().cells("accounts") if cells["employee_id"] == employee]
    if dice.chance(12) or not logins:
        logins = [*draft.column("accounts", "login"), "nobody", "svc-unheard-of"]
    return _as_typed(dice, normal_account(dice.one_of(logins)))


def _resource(dice: Dice, series: str) -> str:
    if dice.chance(8):
        return dice.one_of(["public/map", "ignored/health", "other/thing", "Other/Thing"])
    return f"db.{series.lower()}.{dice.one_of(LEAVES)}"
