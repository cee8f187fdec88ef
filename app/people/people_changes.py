"""Positions and people over JSON: made, looked at, changed; what stood stays on the record."""

from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, select

from access.models import Position
from access.people_below import recorded_id
from access.read_person import read_person
from access.stated import POSITIONS
from app.people.enter import Entered, Entry, enter
from app.people.own_record import refuse_own
from app.people.reach import reach_of
from app.people.views import EmployeeDetailsView, PositionView, employee_details_view, position_view
from config.errors import Conflict, NotFound
from config.recorded import current
from config.spellings import Spellings
from config.tables.facts import find_current
from config.tables.options import ImportOptions
from config.texts import shortened
from config.web.once import IdempotencyKey, once
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.web.versions import NamedVersion, check_version, version_of
from config.work import Work

router = APIRouter(prefix="/api/v1", tags=["people"])
Reader = Annotated[SignedIn, official_who_may("read", "people")]
Changer = Annotated[SignedIn, official_who_may("change", "people")]
Text = Annotated[str, Field(max_length=20_000, pattern=r"^[^\x00]*$")]
Id = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
When = Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")]


class PositionBody(BaseModel):
    """What a job is called, and where it belongs."""

    model_config = ConfigDict(extra="forbid")

    title: Id
    department: Id


class NewPosition(PositionBody):
    """A job that is to be recorded."""

    position_code: Id


class EmploymentBody(BaseModel):
    """A period of employment: the first and the last day, or instants; an empty end = it goes on."""

    model_config = ConfigDict(extra="forbid")

    start: When = Field(description="The hire date.")
    end: When | None = Field(default="", description="The last day of employment.")


class EmployeeBody(BaseModel):
    """What is recorded of a person: all of it, with every period of employment."""

    model_config = ConfigDict(extra="forbid")

    name: Id
    email: Text = ""
    manager_id: Text = ""
    employments: list[EmploymentBody] = Field(min_length=1, max_length=50)


class NewEmployee(EmployeeBody):
    """A person who is to be recorded."""

    employee_id: Id


@router.get("/positions/{code}")
def show_position(installation: InstallationDep, official: Reader, code: str, response: Response) -> PositionView:  # noqa: ARG001 - who may
    """Show a position."""
    with installation.read() as work:
        row = _position(work.session, code)
        response.headers["ETag"] = _version(row)
        return position_view(row)


@router.post("/positions", status_code=HTTPStatus.CREATED, response_model=Entered[PositionView])
def create_position(
    installation: InstallationDep, official: Changer, asked: NewPosition, response: Response, key: IdempotencyKey = ""
) -> dict[str, object]:
    """Record a position; one of the same code is refused, as that is changed under its own address."""

    def make(work: Work) -> Entered[PositionView]:
        if _spelled(work.session, asked.position_code) is not None:
            raise Conflict(f"There is a position {shortened(asked.position_code)} already; change that one.")
        return _enter_position(work, asked.position_code, asked, official)

    made = once(installation, official, key, asked, make)
    _point(response, "positions", made, "position_code")
    return made


@router.put("/positions/{code}")
def put_position(
    installation: InstallationDep,
    official: Changer,
    code: str,
    version: NamedVersion,
    asked: PositionBody,
    response: Response,
) -> Entered[PositionView]:
    """Change a position; who holds it keeps it."""
    with installation.change() as work:
        standing = _position(work.session, code)
        check_version(version, _version(standing))
        entered = _enter_position(work, standing.position_code, asked, official)
        response.headers["ETag"] = _version(_position(work.session, code))
        return entered


@router.post("/employees", status_code=HTTPStatus.CREATED, response_model=Entered[EmployeeDetailsView])
def create_employee(
    installation: InstallationDep, official: Changer, asked: NewEmployee, response: Response, key: IdempotencyKey = ""
) -> dict[str, object]:
    """Record a person with their periods of employment."""

    def make(work: Work) -> Entered[EmployeeDetailsView]:
        if recorded_id(work.session, asked.employee_id):
            raise Conflict(f"There is an employee {shortened(asked.employee_id)} already; change that one.")
        return _enter_employee(work, asked.employee_id, asked, official)

    made = once(installation, official, key, asked, make)
    _point(response, "employees", made, "employee_id")
    return made


@router.put("/employees/{employee_id}")
def put_employee(
    installation: InstallationDep,
    official: Changer,
    employee_id: str,
    version: NamedVersion,
    asked: EmployeeBody,
    response: Response,
) -> Entered[EmployeeDetailsView]:
    """Change what is recorded of a person; a period of employment that is left out is withdrawn."""
    with installation.change() as work:
        employee = reach_of(work, official).find(work.session, employee_id)
        standing = employee_details_view(read_person(work.session, employee, work.now))
        check_version(version, version_of(standing.model_dump_json()))
        entered = _enter_employee(work, employee.employee_id, asked, official)
        refuse_own(work, official)
        response.headers["ETag"] = version_of(entered.item.model_dump_json())
        return entered


def _enter_position(work: Work, code: str, asked: PositionBody, official: SignedIn) -> Entered[PositionView]:
    row: dict[str, str | None] = {"position_code": code, "title": asked.title, "department": asked.department}
    number, said = enter(work, Entry(kind="positions", about=code, rows=[row]), by=official.login)
    return Entered(item=position_view(_position(work.session, code)), number=number, said=said)


def _enter_employee(
    work: Work, employee_id: str, asked: EmployeeBody, official: SignedIn
) -> Entered[EmployeeDetailsView]:
    fields = {"hire_date": "employments/{number}/start", "separation_date": "employments/{number}/end"}
    person = {"employee_id": employee_id, "name": asked.name, "email": asked.email, "manager_id": asked.manager_id}
    rows: list[dict[str, str | None]] = [
        {**person, "hire_date": one.start, "separation_date": one.end or ""} for one in asked.employments
    ]
    entry = Entry(kind="employees", about=employee_id, rows=rows, fields=fields)
    number, said = enter(work, entry, by=official.login, options=ImportOptions(replace=True))
    employee = reach_of(work, official).find(work.session, employee_id)
    details = employee_details_view(read_person(work.session, employee, work.now))
    return Entered(item=details, number=number, said=said)


def _position(session: Session, code: str) -> Position:
    spelled = _spelled(session, code)
    if spelled is None:
        raise NotFound(f'There is no position with the code "{shortened(code)}".')
    return session.exec(select(Position).where(Position.position_code == spelled, current(Position))).one()


def _spelled(session: Session, code: str) -> str | None:
    return Spellings(one.position_code for one in find_current(session, POSITIONS).facts).find(code)


def _version(row: Position) -> str:
    return version_of("position", row.id)


def _point(response: Response, things: str, made: dict[str, Any], name: str) -> None:
    response.headers["Location"] = f"{router.prefix}/{things}/{quote(made['item'][name], safe='')}"
