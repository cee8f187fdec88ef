"""Small nasty cities: every kind of row and log event, crowded round the edges where decisions change.

One generator serves Hypothesis (`cities`) and long seeded runs (`city_from_seed`). DOMAIN.md lets every row in.
"""

import csv
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.reference import ACTIONS, Cells, City, Graces, Row, instant, normal_account, period

Option = TypeVar("Option")

COLUMNS = {
    "inventory": ("name", "description", "classification", "citation", "work_access", "code"),
    "positions": ("position_code", "title", "department"),
    "employees": ("employee_id", "name", "email", "manager_id", "hire_date", "separation_date"),
    "assignments": ("employee_id", "position_code", "start_date", "end_date", "recorded_at"),
    "accounts": ("system", "login", "employee_id", "kind", "start", "end"),
    "work-access": (
        *("series", "holder_type", "holder", "actions", "purposes"),
        *("start_date", "end_date", "authority", "recorded_at"),
    ),
    "temporary-duties": (
        *("employee_id", "series", "actions", "purposes", "start", "end"),
        *("granted_by", "reason", "recorded_at", "revoked_at"),
    ),
    "officers": ("office", "employee_id", "start", "end"),
    "officer-duties": ("employee_id", "series", "duty", "start", "end", "recorded_at"),
    "resources": ("system", "pattern", "series"),
}
ENTERED_AT_ONCE = ("positions", "employees", "accounts")
LOG_COLUMNS = ("time", "account", "resource", "action", "subject", "purpose", "workstation")


@st.composite
def cities(draw: st.DrawFn) -> City:
    """Draw a city whose every choice Hypothesis can shrink towards the plainest."""
    return _build(_Dice(lambda low, high: draw(st.integers(low, high))))


def city_from_seed(seed: int) -> City:
    """Give the same city for the same seed, as rich as a drawn one."""
    return _build(_Dice(random.Random(seed).randint))  # noqa: S311 - test cases, nothing secret


def write_city(city: City, folder: Path) -> dict[str, Path]:
    """Write a city as the files that an entity would hand in.

    Returns:
        Each kind that has rows, in an order in which the kinds can be imported, then `log-<system>` for each system:
        there record n is the n-th event of that system in `city.events`.
    """
    files = {}
    for kind, columns in COLUMNS.items():
        if city.cells(kind):
            files[kind] = _write_csv(folder / f"{kind}.csv", columns, city.cells(kind))
    for system in city.source_zones:
        events = [event for event in city.events if event["system"] == system]
        files[f"log-{system}"] = _write_csv(folder / f"log-{system}.csv", LOG_COLUMNS, events)
    return files


def as_entered(city: City) -> list[tuple[datetime, City]]:
    """Give, for each of the service's clock times at which rows were entered, the city with all rows known by then."""
    moments = sorted({row.entered_at for rows in city.rows.values() for row in rows})
    return [
        (
            moment,
            replace(
                city,
                rows={kind: [row for row in rows if row.entered_at <= moment] for kind, rows in city.rows.items()},
            ),
        )
        for moment in moments
    ]


def smallest(city: City, differs: Callable[[City], bool]) -> City:
    """Leave out every event, and every row that no other row names, without which a city still differs."""
    for n in reversed(range(len(city.events))):
        fewer = replace(city, events=[*city.events[:n], *city.events[n + 1 :]])
        city = fewer if differs(fewer) else city
    for kind in [kind for kind in COLUMNS if kind not in ("inventory", "positions", "employees")]:
        for n in reversed(range(len(city.rows.get(kind, [])))):
            fewer = replace(city, rows={**city.rows, kind: [*city.rows[kind][:n], *city.rows[kind][n + 1 :]]})
            city = fewer if differs(fewer) else city
    return city


def _write_csv(path: Path, columns: Sequence[str], rows: Sequence[Cells]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return path


# --- Choosing ---

MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NUDGES = (
    *(timedelta(0), -MICROSECOND, MICROSECOND, -HOUR, HOUR, HOUR - MICROSECOND, timedelta(minutes=30)),
    *(-DAY, DAY, 9 * DAY, -9 * DAY),
)
# Chicago changes its clocks on March 9 and November 2 of 2025, Havana at midnight, Lord Howe by half an hour.
ZONES = (
    *("America/Chicago", "America/Chicago", "America/Chicago", "UTC", "Europe/Berlin", "America/Havana"),
    *("America/Santiago", "Australia/Lord_Howe", "Asia/Kolkata"),
)
DAYS = (
    *("2025-06-15", "2025-03-09", "2025-11-02", "2025-03-31", "2025-04-01", "2025-01-01", "2025-12-31"),
    *("2025-02-28", "2025-05-01", "2025-09-07", "2025-03-10", "2025-11-03", "2024-02-29"),
)


@dataclass(frozen=True)
class _Dice:
    """All choices go through `integer` (both ends included); the first option is the plainest."""

    integer: Callable[[int, int], int]

    def one_of(self, options: Sequence[Option]) -> Option:
        return options[self.integer(0, len(options) - 1)]

    def chance(self, percent: int) -> bool:
        return self.integer(0, 99) >= 100 - percent

    def some_of(self, options: Sequence[Option], most: int) -> list[Option]:
        return [self.one_of(options) for _ in range(self.integer(1, most))]


@cache
def _clock_changes(zone: str) -> tuple[datetime, ...]:
    """Give the instants of 2025 at which a zone's clocks change; for a zone without, those of Chicago."""
    half_hours = [datetime(2025, 1, 1, tzinfo=UTC) + n * HOUR / 2 for n in range(2 * 24 * 365)]
    offsets = [moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in half_hours]
    changes = [half_hours[n] for n in range(1, len(half_hours)) if offsets[n] != offsets[n - 1]]
    return tuple(changes) or _clock_changes("America/Chicago")


def _spelled(dice: _Dice, moment: datetime, zone: str) -> str:
    """Write an instant with Z, with an offset, or naive where that names it, also as a local time that was skipped."""
    local = moment.astimezone(ZoneInfo(zone))
    offset_before = (moment - 3 * HOUR).astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)
    naive = [(moment + offset_before).replace(tzinfo=None).isoformat(), local.replace(tzinfo=None).isoformat()]
    texts = [
        moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z",
        local.isoformat(),
        *(text for text in naive if instant(text, zone) == moment),
    ]
    text = dice.one_of(texts)
    return text.replace("T", " ") if dice.chance(10) else text


# --- A city under construction ---


@dataclass
class _Draft:
    """A city so far.

    Attributes:
        entries: The service's clock times at which rows may be entered, earliest first.
        known_from: For each series' code and name, the first of `entries` at which the inventory has it.
        edges: Of each row that has any, the instants at which decisions change.
    """

    dice: _Dice
    zone: str
    systems: dict[str, str]
    graces: Graces
    went_live_at: datetime | None
    entries: list[datetime]
    rows: dict[str, list[Row]] = field(default_factory=lambda: {kind: [] for kind in COLUMNS})
    known_from: dict[str, int] = field(default_factory=dict)
    events: list[Cells] = field(default_factory=list)
    edges: list[tuple[Cells, list[datetime]]] = field(default_factory=list)

    def add(self, kind: str, *texts: str) -> int:
        """Add a row, its cells in the order of COLUMNS; tell at which of `entries` it was entered.

        Some are entered late, but none before the series it names, and none that other rows stand on.
        """
        cells = dict(zip(COLUMNS[kind], texts, strict=True))
        entry = self.known_from.get(cells.get("series", ""), 0)
        if kind not in ENTERED_AT_ONCE and self.dice.chance(25):
            entry = self.dice.integer(entry, len(self.entries) - 1)
        self.rows[kind].append(Row(cells, self.entries[entry]))
        return entry

    def column(self, kind: str, name: str) -> list[str]:
        """Give a column's distinct values."""
        return list(dict.fromkeys(row.cells[name] for row in self.rows[kind]))

    def city(self) -> City:
        """Give what there is as a city."""
        return City(self.zone, self.rows, self.events, self.systems, self.went_live_at, self.graces)


def _build(dice: _Dice) -> City:
    draft = _begin(dice)
    for add in (
        *(_add_positions, _add_employees, _add_assignments, _add_inventory, _add_accounts, _add_work_access),
        *(_add_temporary_duties, _add_officers, _add_officer_duties, _add_resources, _add_events),
    ):
        add(draft)
    return draft.city()


def _begin(dice: _Dice) -> _Draft:
    zone = dice.one_of(ZONES)
    systems = {
        name: zone if dice.chance(60) else dice.one_of(ZONES) for name in ("permits", "records")[: dice.integer(1, 2)]
    }
    graces = Graces()
    if dice.chance(15):
        graces = Graces(*(dice.one_of([0, 1, 3, 30]) * DAY for _ in range(4)))
    live = instant(dice.one_of(DAYS), zone) + dice.one_of(NUDGES)
    entries = [live - 400 * DAY, live - MICROSECOND, live, live + 20 * DAY + 3 * HOUR]
    return _Draft(dice, zone, systems, graces, live if dice.chance(70) else None, entries)


# --- Cells ---


def _moment(draft: _Draft) -> datetime:
    """Give an instant at or near an edge that many rows share."""
    dice = draft.dice
    edge = dice.one_of(_clock_changes(draft.zone)) if dice.chance(25) else instant(dice.one_of(DAYS), draft.zone)
    return edge + dice.one_of(NUDGES)


def _day_or_moment(draft: _Draft) -> str:
    if draft.dice.chance(50):
        return _spelled(draft.dice, _moment(draft), draft.zone)
    return _day(draft)


def _day(draft: _Draft) -> str:
    return f"{_moment(draft):%Y-%m-%d}"


def _two_ends(draft: _Draft, *, open_start: bool = False, open_end: bool = False) -> tuple[str, str]:
    """Give a period's start and end as written: dates, instants or a mix, now and then empty or open."""
    dice = draft.dice
    if dice.chance(5):
        both = _moment(draft)
        return _spelled(dice, both, draft.zone), _spelled(dice, both, draft.zone)
    if dice.chance(30):
        return "2024-01-01", ("" if open_end else "2026-12-31")
    start, end = _day_or_moment(draft), _day_or_moment(draft)
    held = period(draft.city(), {"start": start, "end": end}, "start", "end")
    if held.end < held.start:
        start, end = end, start
    return ("" if open_start and dice.chance(40) else start), ("" if open_end and dice.chance(40) else end)


def _recorded_at(draft: _Draft, start: str, grace: timedelta) -> str:
    """Give no time, a date, or one just within, at or just beyond the grace of a moment of the grant's own."""
    dice = draft.dice
    if dice.chance(55):
        return ""
    if dice.chance(15):
        return _day(draft)
    event = instant(start, draft.zone) if start and dice.chance(50) else _moment(draft)
    beyond = dice.one_of([timedelta(0), -MICROSECOND, MICROSECOND])
    return _spelled(dice, event + dice.one_of([timedelta(0), HOUR, DAY]) + grace + beyond, draft.zone)


def _odd_case(dice: _Dice, text: str) -> str:
    return dice.one_of([text, text, text, text.upper(), text.title(), f" {text} "])


def _actions(dice: _Dice) -> str:
    if dice.chance(35):
        return "*"
    return ";".join(_odd_case(dice, action) for action in dict.fromkeys(dice.some_of(ACTIONS, 4)))


PURPOSES = ("payroll", "audit", "case review", "straße")


def _purposes(dice: _Dice) -> str:
    if dice.chance(60):
        return dice.one_of(["", "*"])
    return ";".join(_odd_case(dice, purpose) for purpose in dict.fromkeys(dice.some_of(PURPOSES, 2)))


def _any_series(draft: _Draft) -> str:
    """Name a series by its code or its name."""
    return draft.dice.one_of([*draft.known_from])


# --- Who works here, and as what ---

NAMES = ("Ann Olson", "Bo Larson", "Cy Nguyen", "Dee Berg", "Ann Olson")
# A title that is also a department's name, and titles that several positions share.
TITLES = ("Clerk", "Assessor", "Officer", "clerk")
DEPARTMENTS = ("Assessor", "Police", "Public Works")


def _add_positions(draft: _Draft) -> None:
    departments = DEPARTMENTS[: draft.dice.integer(1, 3)]
    for number in range(1, draft.dice.integer(2, 4) + 1):
        draft.add("positions", f"P{number}", draft.dice.one_of(TITLES), draft.dice.one_of(departments))


def _add_employees(draft: _Draft) -> None:
    dice = draft.dice
    for number in range(1, dice.integer(2, 5) + 1):
        person = (f"E{number}", dice.one_of(NAMES), "", "")
        hired = "2019-01-07" if dice.chance(75) else _day(draft)
        left = max(hired, _day(draft)) if dice.chance(25) else ""
        draft.add("employees", *person, hired, left)
        if left and dice.chance(60):
            back = datetime.fromisoformat(left) + dice.one_of([1, 2, 30]) * DAY
            draft.add("employees", *person, f"{back:%Y-%m-%d}", "")


def _add_assignments(draft: _Draft) -> None:
    for employee in draft.column("employees", "employee_id"):
        for _ in range(draft.dice.integer(0, 3)):
            position = draft.dice.one_of(draft.column("positions", "position_code"))
            start, end = _two_ends(draft, open_end=True)
            recorded = _recorded_at(draft, start, draft.graces.assignment)
            draft.add("assignments", employee, position, start, end, recorded)


def _add_officers(draft: _Draft) -> None:
    offices = ("responsible_authority", "compliance_official", "administrator", "hr_manager", "is_manager")
    for _ in range(draft.dice.integer(0, 3)):
        start, end = _two_ends(draft, open_end=True)
        employee = draft.dice.one_of(draft.column("employees", "employee_id"))
        draft.add("officers", draft.dice.one_of(offices), employee, start, end)


# --- What data there is ---

ALL_PUBLIC = ("public", "Public", "Public/PUBLIC", "public and public")
NOT_ALL_PUBLIC = (
    *("private", "confidential", "nonpublic", "protected nonpublic", "Private/Public", "public, nonpublic"),
    *("Public\nConfidential", "Private; Protected Nonpublic and Public", "to be determined", "public / see statute"),
)
UNTESTABLE = "Certain employees on an as-needed basis as part of a specific work assignment"


def _add_inventory(draft: _Draft) -> None:
    for number in range(1, draft.dice.integer(2, 5) + 1):
        code, name = f"S{number}", f"Series {number} records"
        classes = draft.dice.one_of(ALL_PUBLIC if draft.dice.chance(12) else NOT_ALL_PUBLIC)
        citation = draft.dice.one_of(["Minn. Stat. 13.43", ""])
        entry = draft.add("inventory", name, "", classes, citation, _work_access_text(draft), code)
        draft.known_from |= {code: entry, name: entry}


def _work_access_text(draft: _Draft) -> str:
    dice = draft.dice
    if dice.chance(65):
        return ""
    known = [
        *draft.column("positions", "title"),
        *draft.column("positions", "position_code"),
        *draft.column("positions", "department"),
        *draft.column("employees", "employee_id"),
        *draft.column("employees", "name"),
    ]
    parts = [
        dice.one_of([UNTESTABLE, "All employees", "Fire Chief"]) if dice.chance(35) else dice.one_of(known)
        for _ in range(dice.integer(1, 3))
    ]
    return dice.one_of(["; ", "\n", ";"]).join(_odd_case(dice, part) for part in parts)


def _add_work_access(draft: _Draft) -> None:
    dice = draft.dice
    holders = {
        "position": draft.column("positions", "position_code"),
        "department": draft.column("positions", "department"),
        "employee": draft.column("employees", "employee_id"),
        "everyone": ["everyone"],
    }
    for _ in range(dice.integer(1, 6)):
        holder_type = dice.one_of(["position", "employee", "department", "position", "everyone"])
        start, end = _two_ends(draft, open_start=True, open_end=True)
        what = (_any_series(draft), holder_type, dice.one_of(holders[holder_type]), _actions(dice), _purposes(dice))
        recorded = _recorded_at(draft, start, draft.graces.work_access)
        draft.add("work-access", *what, start, end, "job description", recorded)


def _add_temporary_duties(draft: _Draft) -> None:
    for _ in range(draft.dice.integer(0, 5)):
        employee = draft.dice.one_of(draft.column("employees", "employee_id"))
        start, end = _two_ends(draft)
        what = (_any_series(draft), _actions(draft.dice), _purposes(draft.dice), start, end)
        recorded = _recorded_at(draft, start, draft.graces.temporary_duty)
        revoked = _revoked_at(draft, start, end)
        draft.add("temporary-duties", employee, *what, "the manager", "covers for a colleague", recorded, revoked)


def _revoked_at(draft: _Draft, start: str, end: str) -> str:
    """Give no time, or one anywhere round the duty: before it began, at its edges, after it ended."""
    dice = draft.dice
    if dice.chance(65):
        return ""
    if dice.chance(40):
        return _day_or_moment(draft)
    return _spelled(dice, instant(dice.one_of([start, end]), draft.zone) + dice.one_of(NUDGES), draft.zone)


def _add_officer_duties(draft: _Draft) -> None:
    dice = draft.dice
    holders = draft.column("officers", "employee_id") or draft.column("employees", "employee_id")
    for _ in range(dice.integer(0, 3)):
        employee = dice.one_of(draft.column("employees", "employee_id") if dice.chance(15) else holders)
        series = "*" if dice.chance(40) else _any_series(draft)
        start, end = _two_ends(draft)
        recorded = _recorded_at(draft, start, draft.graces.officer_duty)
        draft.add("officer-duties", employee, series, "answer a data request", start, end, recorded)


# --- Where it lies, and under which logins ---


def _add_accounts(draft: _Draft) -> None:
    """Give each employee a login in each system, some reassigned, plus those that name nobody."""
    dice = draft.dice
    for system in draft.systems:
        employees = draft.column("employees", "employee_id")
        for number, employee in enumerate(employees, start=1):
            owners = [employee, dice.one_of(["", *employees])] if dice.chance(20) else [employee]
            _add_login(draft, system, f"user{number}", owners)
        _add_login(draft, system, "straße", [dice.one_of(employees)])
        for login, kind in (("frontdesk", "shared"), ("svc-backup", "service")):
            owner = dice.one_of(employees) if dice.chance(15) else ""
            draft.add("accounts", _odd_case(dice, system), _as_typed(dice, login), owner, kind, "", "")


def _add_login(draft: _Draft, system: str, login: str, owners: list[str]) -> None:
    """Hand one login from owner to owner, with or without a gap, open or closed at either side."""
    dice = draft.dice
    for turn, owner in enumerate(owners):
        start, end = _account_ends(draft, turn, len(owners))
        kind = dice.one_of(["", "", "personal", "shared"]) if len(owners) > 1 else dice.one_of(["", "personal"])
        draft.add("accounts", _odd_case(dice, system), _as_typed(dice, login), owner, kind, start, end)


def _account_ends(draft: _Draft, turn: int, turns: int) -> tuple[str, str]:
    dice = draft.dice
    if turns == 1:
        return _two_ends(draft, open_start=True, open_end=True) if dice.chance(15) else ("", "")
    if turn == 0:
        return dice.one_of(["", "2020-02-03"]), dice.one_of(["2025-06-15", "2025-03-08", "2025-03-09T08:00:00Z"])
    return dice.one_of(["2025-06-16", "2025-07-01T12:00:00.000001Z"]), dice.one_of(["", "2026-01-31"])


def _as_typed(dice: _Dice, login: str) -> str:
    plain, titled = f"{login}@city.example", f"City\\{login.title()}"
    return dice.one_of([login, login, login.upper(), f"CITY\\{login}", plain, titled, f" {login} "])


def _add_resources(draft: _Draft) -> None:
    """Map resources `db.s1.list` and the like: one pattern that reaches each series, others that nest in it or tie."""
    dice = draft.dice
    codes = draft.column("inventory", "code")
    for system in draft.systems:
        patterns = {f"db.{code.lower()}.*": code for code in codes if dice.chance(85)}
        near = [shape.format(dice.one_of(codes).lower()) for shape in dice.some_of(PATTERNS, 4)]
        for pattern in near:
            target = _any_series(draft) if dice.chance(75) else dice.one_of(["public", "ignore"])
            if pattern.casefold() not in {known.casefold() for known in patterns}:
                patterns[pattern] = target
        for pattern, target in patterns.items():
            draft.add("resources", _odd_case(dice, system), pattern, target)


# Of `db.s1.x1` the last five of equal length tie; `[`, `*` and capitals sort before small letters.
PATTERNS = (
    *("public/*", "ignored/*", "*.list", "db.*", "db.s[12].*", "db.s[!1].x?", "db.{}.li*", "*.{}.*"),
    *("db.{}.x1", "DB.{}.X?", "db.s?.x1", "*b.{}.x1", "Db.S?.x?"),
)
LEAVES = ("list", "x1", "x2", "X1", "LIST")


# --- What the logs say ---


def _add_events(draft: _Draft) -> None:
    draft.edges = [
        (row.cells, edges) for kind, rows in draft.rows.items() for row in rows if (edges := _edges(draft, kind, row))
    ]
    for _ in range(draft.dice.integer(10, 40)):
        if draft.events and draft.dice.chance(4):
            draft.events.append(draft.events[-1])  # two equal lines are two accesses
        else:
            draft.events.append(_event(draft))


def _event(draft: _Draft) -> Cells:
    dice = draft.dice
    system = dice.one_of([*draft.systems])
    employee, series = _aim(draft)
    moment = _near_an_edge(draft, employee, series)
    if dice.chance(6):
        moment = dice.one_of(_clock_changes(draft.systems[system])) + dice.one_of(NUDGES)
    return {
        "system": system,
        "time": _spelled(dice, moment, draft.systems[system]),
        "account": _account(draft, employee),
        "resource": _resource(dice, series),
        "action": _odd_case(dice, dice.one_of(ACTIONS)) if dice.chance(85) else dice.one_of(["view", "REBOOT", "*"]),
        "subject": dice.one_of(["", "C-1", "C-2", "C-3"]),
        "purpose": _odd_case(dice, dice.one_of(["", "", *PURPOSES])),
        "workstation": dice.one_of(["", "PC-7"]),
    }


def _aim(draft: _Draft) -> tuple[str, str]:
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


def _near_an_edge(draft: _Draft, employee: str, series: str) -> datetime:
    """Choose an instant at or next to an edge of a row about the employee and the series, now and then of any row."""
    dice = draft.dice
    about = {employee, "", series, f"Series {series[1:]} records", "*"}
    near = [edges for cells, edges in draft.edges if {cells.get("employee_id", ""), cells.get("series", "")} <= about]
    edges = dice.one_of([edges for _cells, edges in draft.edges] if dice.chance(20) else near)
    return dice.one_of(edges) + dice.one_of(NUDGES)


def _edges(draft: _Draft, kind: str, row: Row) -> list[datetime]:
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


def _account(draft: _Draft, employee: str) -> str:
    """Write a login of the employee, or one that names somebody else or nobody, as a log might."""
    dice = draft.dice
    logins = [cells["login"] for cells in draft.city().cells("accounts") if cells["employee_id"] == employee]
    if dice.chance(12) or not logins:
        logins = [*draft.column("accounts", "login"), "nobody", "svc-unheard-of"]
    return _as_typed(dice, normal_account(dice.one_of(logins)))


def _resource(dice: _Dice, series: str) -> str:
    if dice.chance(8):
        return dice.one_of(["public/map", "ignored/health", "other/thing", "Other/Thing"])
    return f"db.{series.lower()}.{dice.one_of(LEAVES)}"
