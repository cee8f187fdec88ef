"""One event and all that bears on it (DOMAIN.md section 3)."""

from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase

from tests.reference.facts import ACTIONS, Cells, City, cell_of, folded, instant, period, same
from tests.reference.grants import Grant, grants_of, series_named


@dataclass(frozen=True)
class Case:
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
        return cell_of(self.series, "code") if self.series else self.event["resource"]

    def in_force(self) -> list[Grant]:
        """Grants that cover series and time."""
        return [grant for grant in self.grants if grant.period.holds_at(self.time)]

    def permitting(self) -> list[Grant]:
        """Grants that cover series, time and action."""
        return [grant for grant in self.in_force() if grant.covers_action(self.action)]

    def covering(self) -> list[Grant]:
        """Grants that cover series, time, action and purpose."""
        return [grant for grant in self.permitting() if grant.covers_purpose(_meant(self.city, self.event))]

    def covered_in_time(self, *, of_officer: bool) -> bool:
        """Say whether a timely grant of this kind covers the access."""
        return any(grant.is_timely(self.time) for grant in self.covering() if grant.of_officer == of_officer)


def normal_account(text: str) -> str:
    r"""Write an account as accounts are compared: without `DOMAIN\` and `@domain`, in compare form."""
    return folded(folded(text).rpartition("\\")[2].partition("@")[0])


def event_time(city: City, event: Cells) -> datetime:
    """Give an event's instant in UTC."""
    return instant(event["time"], city.source_zones.get(event["system"], city.time_zone))


def case_of(city: City, event: Cells) -> Case:
    moment = event_time(city, event)
    action = folded(event["action"])
    target = _target(city, event)
    target = folded(target) if target and folded(target) in ("public", "ignore") else target
    series = series_named(city, target) if target not in (None, "public", "ignore") else None
    account = _account(city, event, moment)
    employee = _owner(city, account)
    return Case(
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
    """Give what the longest matching pattern of the event's system maps the resource to; ties by text order."""
    matching = [
        (-len(folded(cells["pattern"])), folded(cells["pattern"]), cell_of(cells, "series"))
        for cells in city.cells("resources")
        if same(cells["system"], event["system"]) and fnmatchcase(folded(event["resource"]), folded(cells["pattern"]))
    ]
    return min(matching)[2] if matching else None


def _meant(city: City, event: Cells) -> str:
    """Give the purpose that is meant: by a row for the whole text, else by the longest pattern, else as typed."""
    typed = folded(event.get("purpose", ""))
    rows = [
        (cells.get("match") == "pattern", -len(folded(cells["typed"])), folded(cells["typed"]), cells["purpose"])
        for cells in city.cells("purposes")
        if cells["source"] == event["system"]
    ]
    fitting = [row for row in rows if (fnmatchcase(typed, row[2]) if row[0] else typed == row[2])]
    return min(fitting)[3] if typed and fitting else typed


def _account(city: City, event: Cells, moment: datetime) -> Cells | None:
    matching = [
        cells
        for cells in city.cells("accounts")
        if same(cells["system"], event["system"])
        and normal_account(cells["login"]) == normal_account(event["account"])
        and period(city, cells, "start", "end").holds_at(moment)
    ]
    return matching[0] if matching else None


def is_shared(account: Cells | None) -> bool:
    return account is not None and folded(account.get("kind", "")) in ("shared", "service")


def _owner(city: City, account: Cells | None) -> str | None:
    """Give the employee an account belongs to, spelled as the employee; a shared or service account names nobody."""
    if account is None or is_shared(account):
        return None
    named = cell_of(account, "employee_id")
    spellings = (cell_of(cells, "employee_id") for cells in city.cells("employees"))
    return next((spelling for spelling in spellings if same(spelling, named)), None)
