"""What JSON shows of people, positions, accounts, assignments and work access."""

from datetime import datetime

from pydantic import BaseModel

from access.current_policy import HeldGrant
from access.models import (
    Account,
    Assignment,
    Employee,
    Employment,
    ListedCase,
    Officer,
    OfficerDuty,
    Position,
    PurposeMeaning,
    WorkAccess,
)
from access.read_person import PersonDetails
from access.rules import Grant
from inventory.models import ResourcePattern


class EmployeeView(BaseModel):
    """A person who works here or did."""

    employee_id: str
    name: str
    email: str
    manager_id: str


class PeriodView(BaseModel):
    """A period from its start up to, not including, its end; null where it is open."""

    start: datetime | None
    end: datetime | None


class HeldPositionView(PeriodView):
    """A position that somebody holds."""

    position_code: str
    title: str
    department: str


class AccountView(PeriodView):
    """A login in a system; a shared or service one has no employee."""

    id: int
    system: str
    login: str
    employee_id: str
    kind: str


class HeldTrainingView(BaseModel):
    """A training as it was last completed; it counts until `expires`, which is null where that is never."""

    training: str
    completed: datetime
    expires: datetime | None


class EmployeeDetailsView(EmployeeView):
    """A person with employments, positions, accounts and trainings."""

    manager: str
    employments: list[PeriodView]
    positions: list[HeldPositionView]
    accounts: list[AccountView]
    trainings: list[HeldTrainingView]


class PositionView(BaseModel):
    """A job."""

    position_code: str
    title: str
    department: str


class AssignmentView(PeriodView):
    """An employee holds a position; `recorded_at` is when it came to be known here, or what its file stated."""

    id: int
    employee_id: str
    position_code: str
    recorded_at: datetime


class WorkAccessView(PeriodView):
    """What a holder's work assignment requires; `grant` is the id by which decisions name it."""

    id: int
    grant: str
    series: str
    holder_type: str
    holder: str
    actions: list[str]
    purposes: list[str]
    authority: str
    recorded_at: datetime


class OfficerView(PeriodView):
    """An employee holds a designated office."""

    office: str
    employee_id: str


class OfficerDutyView(PeriodView):
    """A specified duty of a designated officer; `series` is a code, or `*` for all."""

    grant: str
    employee_id: str
    series: str
    duty: str
    recorded_at: datetime


class PatternView(BaseModel):
    """What maps the resources that a system's logs name: a series' code, `public` or `ignore`."""

    system: str
    pattern: str
    series: str


class PurposeView(BaseModel):
    """Which purpose is meant by a text that people type, or by what fits a pattern; `grant` withdraws it."""

    grant: str
    source: str
    typed: str
    match: str
    purpose: str


class CaseView(BaseModel):
    """A case; one without a system is one for the logs of any."""

    case_number: str
    system: str
    opened: datetime | None
    closed: datetime | None


class GrantView(PeriodView):
    """A grant, resolved: what it covers, through what, and from which event on it counts as recorded in time."""

    grant: str
    kind: str
    through: str
    actions: list[str]
    purposes: list[str]
    timely_from: datetime | None
    authority: str


class HeldGrantView(GrantView):
    """A grant, whose it is, and of which series."""

    employee_id: str
    series: str


def employee_view(row: Employee) -> EmployeeView:
    """Give an employee."""
    return EmployeeView(**row.model_dump(include=set(EmployeeView.model_fields)))


def employee_details_view(details: PersonDetails) -> EmployeeDetailsView:
    """Give an employee with all that is known of them."""
    return EmployeeDetailsView(
        **employee_view(details.employee).model_dump(),
        manager=details.manager,
        employments=[_period(row) for row in details.employments],
        positions=[
            HeldPositionView(
                position_code=one.code, title=one.title, department=one.department, start=one.start, end=one.end
            )
            for one in details.positions
        ],
        accounts=[account_view(row) for row in details.accounts],
        trainings=[HeldTrainingView(**vars(one)) for one in details.trainings],
    )


def _period(row: Employment) -> PeriodView:
    return PeriodView(start=row.start, end=row.end)


def position_view(row: Position) -> PositionView:
    """Give a position."""
    return PositionView(**row.model_dump(include=set(PositionView.model_fields)))


def account_view(row: Account) -> AccountView:
    """Give an account."""
    return AccountView(**row.model_dump(include=set(AccountView.model_fields)) | {"id": row.restores or row.id})


def assignment_view(row: Assignment) -> AssignmentView:
    """Give an assignment."""
    stated = {"id": row.restores or row.id, "recorded_at": row.stated_recorded_at or row.recorded_at}
    return AssignmentView(**row.model_dump(include=set(AssignmentView.model_fields)) | stated)


def work_access_view(row: WorkAccess) -> WorkAccessView:
    """Give work access."""
    said = row.model_dump(include={"series", "holder_type", "holder", "authority", "start", "end"})
    return WorkAccessView(
        **said,
        id=row.restores or row.id,
        grant=f"work-access:{row.restores or row.id}",
        actions=row.actions.split(";"),
        purposes=row.purposes.split(";"),
        recorded_at=row.stated_recorded_at or row.recorded_at,
    )


def officer_view(row: Officer) -> OfficerView:
    """Give who holds an office."""
    return OfficerView(**row.model_dump(include=set(OfficerView.model_fields)))


def officer_duty_view(row: OfficerDuty) -> OfficerDutyView:
    """Give a specified duty."""
    said = row.model_dump(include={"employee_id", "series", "duty", "start", "end"})
    recorded_at = row.stated_recorded_at or row.recorded_at
    return OfficerDutyView(**said, grant=f"officer-duty:{row.restores or row.id}", recorded_at=recorded_at)


def pattern_view(row: ResourcePattern) -> PatternView:
    """Give what maps resources."""
    return PatternView(**row.model_dump(include=set(PatternView.model_fields)))


def purpose_view(row: PurposeMeaning) -> PurposeView:
    """Give what a text means."""
    said = row.model_dump(include={"source", "typed", "match", "purpose"})
    return PurposeView(**said, grant=f"purpose:{row.restores or row.id}")


def case_view(row: ListedCase) -> CaseView:
    """Give a case."""
    return CaseView(case_number=row.case_number, system=row.system, opened=row.start, closed=row.end)


def grant_view(grant: Grant) -> GrantView:
    """Give a grant."""
    return GrantView(
        grant=grant.grant_id,
        kind=grant.kind,
        through=grant.through,
        actions=grant.actions.split(";"),
        purposes=grant.purposes.split(";"),
        start=grant.start,
        end=grant.end,
        timely_from=grant.timely_from,
        authority=grant.authority,
    )


def held_grant_view(held: HeldGrant) -> HeldGrantView:
    """Give a grant with whose it is, and of which series."""
    return HeldGrantView(**grant_view(held.grant).model_dump(), employee_id=held.employee_id, series=held.series)
