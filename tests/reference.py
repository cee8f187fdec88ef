"""The decision rules of DOMAIN.md sections 1-4, one event at a time and word for word.

Slow and plain on purpose, and written from DOMAIN.md alone: what decides millions of events at once is held against it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from fnmatch import fnmatchcase
from zoneinfo import ZoneInfo

Cells = dict[str, str]
ACTIONS = ("view", "search", "create", "modify", "delete", "print", "export", "share", "other")
CLASSES = ("public", "private", "confidential", "nonpublic", "protected nonpublic")
ALWAYS = datetime.min.replace(tzinfo=UTC)
OPEN_ENDED = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """One row of a file of DOMAIN.md section 5, its cells as written, and the service's clock when it was entered."""

    cells: Cells
    entered_at: datetime


@dataclass(frozen=True)
class Graces:
    """How long after an event each kind of row may be recorded and still be timely."""

    temporary_duty: timedelta = timedelta(0)
    officer_duty: timedelta = timedelta(0)
    assignment: timedelta = timedelta(days=14)
    work_access: timedelta = timedelta(days=14)


@dataclass(frozen=True)
class City:
    """All that is known of one entity, and its logs.

    Attributes:
        time_zone: The entity's zone; dates and naive clock times in files are in it.
        rows: The rows of each kind of file (all of section 5 but the roster).
        events: Canonical log records plus the `system` they come from, in the order of the logs.
        source_zones: The zone of naive times in the log of each system.
        went_live_at: When the entity went live; None while it has not.
        graces: The settings of the rule on timely grants.
    """

    time_zone: str
    rows: Mapping[str, list[Row]]
    events: list[Cells] = field(default_factory=list)
    source_zones: Mapping[str, str] = field(default_factory=dict)
    went_live_at: datetime | None = None
    graces: Graces = Graces()

    def cells(self, kind: str) -> list[Cells]:
        """Give the cells of every row of a kind."""
        return [row.cells for row in self.rows.get(kind, [])]


def decide(city: City, event: Cells) -> tuple[str, str]:
    """Decide one access event.

    Returns:
        The verdict and the reason, as DOMAIN.md spells them.
    """
    case = _case(city, event)
    return next((verdict, reason) for reason, verdict, fits in DECISION_TABLE if fits(case))


def findings(city: City, events: Iterable[Cells]) -> list[dict[str, object]]:
    """Group the events that were not authorised or not resolved, sorted by who, what, reason and month.

    Returns:
        Objects with who, what, reason, month (YYYY-MM), events, first, last (UTC) and subjects.
    """
    groups: dict[tuple[str, str, str, str], list[_Case]] = {}
    for event in events:
        verdict, reason = decide(city, event)
        if verdict in ("unauthorized", "unresolved"):
            case = _case(city, event)
            month = f"{case.time.astimezone(ZoneInfo(city.time_zone)):%Y-%m}"
            groups.setdefault((case.who, case.what, reason, month), []).append(case)
    return [
        {
            "who": who,
            "what": what,
            "reason": reason,
            "month": month,
            "events": len(cases),
            "first": min(case.time for case in cases),
            "last": max(case.time for case in cases),
            "subjects": len({_cell(case.event, "subject") for case in cases} - {""}),
        }
        for (who, what, reason, month), cases in sorted(groups.items())
    ]


# --- Times and periods (section 2) ---


@dataclass(frozen=True)
class Period:
    """start <= t < end, both UTC."""

    start: datetime
    end: datetime

    def holds_at(self, moment: datetime) -> bool:
        """Say whether the period is in force."""
        return self.start <= moment < self.end

    def intersection(self, other: "Period") -> "Period | None":
        """Give the time that both hold; None where there is none."""
        both = Period(max(self.start, other.start), min(self.end, other.end))
        return both if both.start < both.end else None


def instant(text: str, zone: str) -> datetime:
    """Read a date (its 00:00) or a clock time. Naive is in the zone: of two the earlier, one skipped moved forward."""
    moment = datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone), fold=0)
    return moment.astimezone(UTC)


def period(city: City, cells: Cells, start: str, end: str) -> Period:
    """Read the period that two columns of a row tell; a date as end is inclusive."""
    start_text, end_text = _cell(cells, start), _cell(cells, end)
    if end_text and _is_date(end_text):
        end_text = datetime.combine(date.fromisoformat(end_text) + timedelta(days=1), time.min).isoformat()
    return Period(
        instant(start_text, city.time_zone) if start_text else ALWAYS,
        instant(end_text, city.time_zone) if end_text else OPEN_ENDED,
    )


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None


def _cell(cells: Cells, column: str) -> str:
    return cells.get(column, "").strip()


def _folded(text: str) -> str:
    return text.strip().casefold()


def _parts(text: str, separators: str = ";") -> list[str]:
    return [part.strip() for part in re.split(separators, text) if part.strip()]


# --- Grants (sections 1 and 3) ---

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
        listed = [_folded(part) for part in _parts(self.actions)]
        return listed == ["*"] or (action in listed and action != "other")

    def covers_purpose(self, purpose: str) -> bool:
        """Say whether the purposes contain it or are `*`; no purpose is in no list."""
        listed = [_folded(part) for part in _parts(self.purposes)]
        return listed in ([], ["*"]) or _folded(purpose) in listed

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
        if _cell(row.cells, "employee_id") == employee and _series(city, _cell(row.cells, "series")) == series:
            held = period(city, row.cells, "start", "end")
            revoked = _cell(row.cells, "revoked_at")
            if revoked:
                held = replace(held, end=min(held.end, instant(revoked, city.time_zone)))
            grants.append(_grant(city, row, held, city.graces.temporary_duty))
    return grants


def _work_access_rows(city: City, employee: str, series: Cells) -> list[Grant]:
    grants = []
    for row in city.rows.get("work-access", []):
        if _series(city, _cell(row.cells, "series")) == series:
            held = period(city, row.cells, "start_date", "end_date")
            access = _grant(city, row, held, city.graces.work_access)
            holder = (_cell(row.cells, "holder_type"), _cell(row.cells, "holder"))
            grants += _reaching(city, employee, holder, access)
    return grants


def _work_access_of_text(city: City, employee: str, series: Cells) -> list[Grant]:
    grants = []
    for row in city.rows["inventory"]:
        if row.cells == series:
            standing = _recorded(city, row, city.graces.work_access)
            access = Grant(Period(ALWAYS, OPEN_ENDED), "*", "*", (standing,))
            for part in _parts(series.get("work_access", ""), "[;\n]"):
                for holder in _holders_named(city, part):
                    grants += _reaching(city, employee, holder, access)
    return grants


def _officer_duties(city: City, employee: str, series: Cells) -> list[Grant]:
    grants = []
    for row in city.rows.get("officer-duties", []):
        named = _cell(row.cells, "series")
        if _cell(row.cells, "employee_id") == employee and (named == "*" or _series(city, named) == series):
            recorded = _recorded(city, row, city.graces.officer_duty)
            duty = Grant(period(city, row.cells, "start", "end"), "*", "*", (recorded,), of_officer=True)
            grants += _while_also(duty, [(held, ()) for held in _offices(city, employee)])
    return grants


def _reaching(city: City, employee: str, holder: tuple[str, str], access: Grant) -> list[Grant]:
    """Give an employee's grants from work access of a holder, as "Reaching a grant" says."""
    match holder:
        case ("employee", name):
            return [access] if name == employee else []
        case ("everyone", _):
            return _while_also(access, [(held, ()) for held in _employments(city, employee)])
        case ("department", name):
            codes = {_cell(p, "position_code") for p in city.cells("positions") if _cell(p, "department") == name}
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
        if _cell(row.cells, "employee_id") == employee and _cell(row.cells, "position_code") in position_codes
    ]


def _employments(city: City, employee: str) -> list[Period]:
    rows = [cells for cells in city.cells("employees") if _cell(cells, "employee_id") == employee]
    return [period(city, cells, "hire_date", "separation_date") for cells in rows]


def _offices(city: City, employee: str) -> list[Period]:
    rows = [cells for cells in city.cells("officers") if _cell(cells, "employee_id") == employee]
    return [period(city, cells, "start", "end") for cells in rows]


def _grant(city: City, row: Row, held: Period, grace: timedelta) -> Grant:
    cells = row.cells
    return Grant(held, _cell(cells, "actions"), _cell(cells, "purposes"), (_recorded(city, row, grace),))


def _recorded(city: City, row: Row, grace: timedelta) -> Recorded:
    """Give what the file claims, else the service's own clock once the entity is live, else no recorded time."""
    claimed = _cell(row.cells, "recorded_at")
    if claimed:
        return instant(claimed, city.time_zone), grace
    if city.went_live_at is not None and row.entered_at >= city.went_live_at:
        return row.entered_at.astimezone(UTC), grace
    return None, grace


# --- What the inventory says (section 5) ---


def _series(city: City, text: str) -> Cells | None:
    named = [cells for cells in city.cells("inventory") if text in (_cell(cells, "code"), _cell(cells, "name"))]
    return named[0] if named else None


def _is_public(series: Cells) -> bool:
    classes = [_folded(part) for part in _parts(series["classification"], "/|;|\n|,| and ")]
    return bool(classes) and all(name == "public" for name in classes)


def _holders_named(city: City, part: str) -> list[tuple[str, str]]:
    """Give each (holder_type, holder) that one part of a work access text names."""
    named = _folded(part)
    people = {_cell(e, "employee_id"): _folded(e["name"]) for e in city.cells("employees")}
    positions = city.cells("positions")
    everyone = [("everyone", "")] if named == "all employees" else []
    departments = {_cell(p, "department") for p in positions if _folded(p["department"]) == named}
    codes = {
        _cell(p, "position_code") for p in positions if named in (_folded(p["position_code"]), _folded(p["title"]))
    }
    by_name = [employee for employee, name in people.items() if name == named]
    employees = {employee for employee in people if _folded(employee) == named} | set(
        by_name if len(by_name) == 1 else []
    )
    return [
        *everyone,
        *(("department", name) for name in sorted(departments)),
        *(("position", code) for code in sorted(codes)),
        *(("employee", employee) for employee in sorted(employees)),
    ]


def _is_untestable(city: City, series: Cells) -> bool:
    parts = _parts(series.get("work_access", ""), "[;\n]")
    return any(not _holders_named(city, part) for part in parts)


# --- One event and all that bears on it (section 3) ---


@dataclass(frozen=True)
class _Case:
    """One event and what is known of it; `target` is what the winning pattern maps the resource to."""

    city: City
    event: Cells
    time: datetime
    action: str
    target: str | None
    series: Cells | None
    account: Cells | None
    employee: str | None
    grants: list[Grant]

    @property
    def who(self) -> str:
        """The employee, else the account."""
        return self.employee or normal_account(self.event["account"])

    @property
    def what(self) -> str:
        """The series' code, else the resource."""
        return _cell(self.series, "code") if self.series else self.event["resource"]

    def in_force(self) -> list[Grant]:
        """Grants that cover series and time."""
        return [grant for grant in self.grants if grant.period.holds_at(self.time)]

    def permitting(self) -> list[Grant]:
        """Grants that cover series, time and action."""
        return [grant for grant in self.in_force() if grant.covers_action(self.action)]

    def covering(self) -> list[Grant]:
        """Grants that cover series, time, action and purpose."""
        return [grant for grant in self.permitting() if grant.covers_purpose(self.event.get("purpose", ""))]

    def covered_in_time(self, *, of_officer: bool) -> bool:
        """Say whether a timely grant of this kind covers the access."""
        return any(grant.is_timely(self.time) for grant in self.covering() if grant.of_officer == of_officer)


def normal_account(text: str) -> str:
    r"""Write an account as accounts are compared: without `DOMAIN\` and `@domain`, trimmed, case-folded."""
    return _folded(text.strip().rpartition("\\")[2].partition("@")[0])


def event_time(city: City, event: Cells) -> datetime:
    """Give an event's instant in UTC."""
    return instant(event["time"], city.source_zones.get(event["system"], city.time_zone))


def _case(city: City, event: Cells) -> _Case:
    moment = event_time(city, event)
    action = _folded(event["action"])
    target = _target(city, event)
    series = _series(city, target) if target not in (None, "public", "ignore") else None
    account = _account(city, event, moment)
    employee = _owner(account)
    return _Case(
        city=city,
        event=event,
        time=moment,
        action=action if action in ACTIONS else "other",
        target=target,
        series=series,
        account=account,
        employee=employee,
        grants=grants_of(city, employee, series) if employee and series else [],
    )


def _target(city: City, event: Cells) -> str | None:
    """Give what the longest matching pattern of the event's system maps the resource to; ties by plain text order."""
    matching = [
        (-len(_cell(cells, "pattern")), _cell(cells, "pattern"), _cell(cells, "series"))
        for cells in city.cells("resources")
        if _folded(cells["system"]) == _folded(event["system"])
        and fnmatchcase(event["resource"].casefold(), _cell(cells, "pattern").casefold())
    ]
    return min(matching)[2] if matching else None


def _account(city: City, event: Cells, moment: datetime) -> Cells | None:
    matching = [
        cells
        for cells in city.cells("accounts")
        if _folded(cells["system"]) == _folded(event["system"])
        and normal_account(cells["login"]) == normal_account(event["account"])
        and period(city, cells, "start", "end").holds_at(moment)
    ]
    return matching[0] if matching else None


def _is_shared(account: Cells | None) -> bool:
    return account is not None and _folded(account.get("kind", "")) in ("shared", "service")


def _owner(account: Cells | None) -> str | None:
    """Give the employee an account belongs to; a shared or service account names nobody."""
    return None if account is None or _is_shared(account) else _cell(account, "employee_id") or None


# --- The table of section 3, in its order; the first that fits decides ---


def _public_data(case: _Case) -> bool:
    return case.target == "public" or (case.series is not None and _is_public(case.series))


def _not_employed(case: _Case) -> bool:
    return case.employee is not None and not any(
        held.holds_at(case.time) for held in _employments(case.city, case.employee)
    )


def _holds_an_office(case: _Case) -> bool:
    return case.employee is not None and any(held.holds_at(case.time) for held in _offices(case.city, case.employee))


DECISION_TABLE: tuple[tuple[str, str, Callable[[_Case], bool]], ...] = (
    ("ignored", "out_of_scope", lambda case: case.target == "ignore"),
    ("public_data", "authorized", _public_data),
    ("not_employed", "unauthorized", _not_employed),
    ("uninventoried_resource", "unresolved", lambda case: case.series is None),
    ("shared_account", "unresolved", lambda case: _is_shared(case.account)),
    ("unknown_account", "unresolved", lambda case: case.employee is None),
    ("assigned", "authorized", lambda case: case.covered_in_time(of_officer=False)),
    ("officer_duty", "authorized", lambda case: case.covered_in_time(of_officer=True)),
    ("backdated", "unresolved", lambda case: bool(case.covering())),
    ("purpose_not_described", "unauthorized", lambda case: bool(case.permitting())),
    ("action_exceeds_assignment", "unauthorized", lambda case: bool(case.in_force())),
    ("officer_without_duty", "unresolved", _holds_an_office),
    (
        "untestable_access",
        "unresolved",
        lambda case: case.series is not None and _is_untestable(case.city, case.series),
    ),
    (
        "assignment_ended",
        "unauthorized",
        lambda case: any(grant.period.end <= case.time for grant in case.grants),
    ),
    (
        "assignment_not_begun",
        "unauthorized",
        lambda case: any(grant.period.start > case.time for grant in case.grants),
    ),
    ("no_work_assignment", "unauthorized", lambda _case: True),
)
REASONS = tuple(reason for reason, _verdict, _fits in DECISION_TABLE)
