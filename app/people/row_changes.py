"""Assignments and accounts over JSON: each made, looked at, and changed by another row in its place."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from access.standing_row import standing_row
from access.stated import ACCOUNTS, ASSIGNMENTS
from app.people.enter import Entered, Entry, RowId, enter, entered_row
from app.people.own_record import refuse_own
from app.people.period_body import Id, PeriodBody, Text, When
from app.people.reach import among, reach_of
from app.people.views import AccountView, AssignmentView, account_view, assignment_view
from config.tables.facts import StatedTable
from config.web.once import IdempotencyKey, once
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.web.versions import NamedVersion, check_version, version_of
from config.work import Installation, Work

router = APIRouter(prefix="/api/v1", tags=["people"])
PeopleReader = Annotated[SignedIn, official_who_may("read", "people")]
PeopleChanger = Annotated[SignedIn, official_who_may("change", "people")]


class AssignmentBody(PeriodBody):
    """Who holds which position, and when; `recorded_at` is what you claim of when it was recorded, mostly nothing."""

    employee_id: Id
    position_code: Id
    recorded_at: When | None = None


class AccountBody(PeriodBody):
    """Whose a login of a system is, and when; a shared or service account names nobody."""

    system: Id
    login: Id
    employee_id: Text = ""
    kind: str = Field(default="personal", json_schema_extra={"enum": ["personal", "shared", "service"]})


@dataclass(frozen=True)
class _Thing:
    """A kind of thing whose rows are changed by others in their place.

    Args:
        table: Of the record.
        path: Of its address.
        entry: Gives what is to be entered of a request.
        view: Shows a row.
    """

    table: StatedTable[Any]
    path: str
    entry: Callable[[Any], Entry]
    view: Callable[[Any], Any]


def _assignment_entry(asked: AssignmentBody) -> Entry:
    row = {"employee_id": asked.employee_id, "position_code": asked.position_code, "recorded_at": asked.recorded_at}
    return Entry(
        kind="assignments",
        about=f"{asked.employee_id}, {asked.position_code}",
        rows=[{**row, "start_date": asked.start or "", "end_date": asked.end or ""}],
        fields={"start_date": "start", "end_date": "end"},
    )


def _account_entry(asked: AccountBody) -> Entry:
    row = {"system": asked.system, "login": asked.login, "employee_id": asked.employee_id, "kind": asked.kind}
    rows = [{**row, "start": asked.start or "", "end": asked.end or ""}]
    return Entry(kind="accounts", about=f"{asked.login} of {asked.system}", rows=rows)


_ASSIGNMENTS = _Thing(ASSIGNMENTS, "assignments", _assignment_entry, assignment_view)
_ACCOUNTS = _Thing(ACCOUNTS, "accounts", _account_entry, account_view)


@router.get("/assignments/{number}")
def show_assignment(
    installation: InstallationDep, official: PeopleReader, number: RowId, response: Response
) -> AssignmentView:
    """Show who holds a position, and when."""
    with installation.read() as work:
        known = among(reach_of(work, official), ASSIGNMENTS.model)
        return assignment_view(_shown(work, _ASSIGNMENTS, number, response, *known))


@router.post("/assignments", status_code=HTTPStatus.CREATED, response_model=Entered[AssignmentView])
def create_assignment(
    installation: InstallationDep,
    official: PeopleChanger,
    asked: AssignmentBody,
    response: Response,
    key: IdempotencyKey = "",
) -> dict[str, object]:
    """Let an employee hold a position, beside what they hold already."""
    return _made(installation, official, _ASSIGNMENTS, asked, key, response)


@router.put("/assignments/{number}")
def put_assignment(
    installation: InstallationDep,
    official: PeopleChanger,
    number: RowId,
    version: NamedVersion,
    asked: AssignmentBody,
    response: Response,
) -> Entered[AssignmentView]:
    """Let another statement stand in place of this one, which stays on the record; to end one, give its end."""
    return _changed(installation, official, _ASSIGNMENTS, asked, number, version, response)


@router.get("/accounts/{number}")
def show_account(
    installation: InstallationDep, official: PeopleReader, number: RowId, response: Response
) -> AccountView:
    """Show whose a login is, and when."""
    with installation.read() as work:
        known = among(reach_of(work, official), ACCOUNTS.model)
        return account_view(_shown(work, _ACCOUNTS, number, response, *known))


@router.post("/accounts", status_code=HTTPStatus.CREATED, response_model=Entered[AccountView])
def create_account(
    installation: InstallationDep,
    official: PeopleChanger,
    asked: AccountBody,
    response: Response,
    key: IdempotencyKey = "",
) -> dict[str, object]:
    """Record whose a login is; one login belongs to one employee at a time."""
    return _made(installation, official, _ACCOUNTS, asked, key, response)


@router.put("/accounts/{number}")
def put_account(
    installation: InstallationDep,
    official: PeopleChanger,
    number: RowId,
    version: NamedVersion,
    asked: AccountBody,
    response: Response,
) -> Entered[AccountView]:
    """Let another statement of a login stand in place of this one, which stays on the record."""
    return _changed(installation, official, _ACCOUNTS, asked, number, version, response)


def _shown(work: Work, thing: _Thing, number: int, response: Response, *conditions: Any) -> Any:  # noqa: ANN401 - a row
    row = standing_row(work.session, thing.table, number, *conditions)
    response.headers["ETag"] = _version(thing, row)
    return row


def _made(
    installation: Installation, official: SignedIn, thing: _Thing, asked: BaseModel, key: str, response: Response
) -> dict[str, object]:
    def make(work: Work) -> Entered[Any]:
        number, said = enter(work, thing.entry(asked), by=official.login, is_new=True)
        refuse_own(work, official)
        return Entered(item=thing.view(entered_row(work, thing.table)), number=number, said=said)

    made: dict[str, Any] = once(installation, official, key, asked, make)
    response.headers["Location"] = f"{router.prefix}/{thing.path}/{made['item']['id']}"
    return made


def _changed(
    installation: Installation,
    official: SignedIn,
    thing: _Thing,
    asked: BaseModel,
    number: int,
    version: str,
    response: Response,
) -> Entered[Any]:
    with installation.change() as work:
        row = standing_row(work.session, thing.table, number)
        check_version(version, _version(thing, row))
        made, said = enter(work, thing.entry(asked), by=official.login, instead_of=(thing.table, row.id))
        refuse_own(work, official)
        standing = entered_row(work, thing.table, row)
        response.headers["ETag"] = _version(thing, standing)
        view = thing.view(standing)
        response.headers["Content-Location"] = f"{router.prefix}/{thing.path}/{view.id}"
        return Entered(item=view, number=made, said=said)


def _version(thing: _Thing, row: Any) -> str:  # noqa: ANN401 - a row of any of the tables
    return version_of(thing.path, row.id)
