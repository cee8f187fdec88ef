"""Data series over JSON: listed, looked at, changed, and who may reach one."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from access.may_reach import let_reach
from access.shared_policy import CurrentPolicyDep
from app.people.enter import Entered, Entry, enter, entered_row
from app.people.own_matter import refuse_own_change
from app.people.own_record import refuse_own
from app.people.reach import reach_of
from app.people.record_lists import WantedDep, list_rows
from app.people.views import HeldGrantView, held_grant_view
from app.series.read_retired import read_retired, retired_day
from config.errors import Conflict
from config.tables.facts import find_current
from config.texts import compare_form
from config.web.as_of import AsOfText, KnownAtText, read_as_of
from config.web.once import IdempotencyKey, once
from config.web.paging import Listed
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.web.versions import NamedVersion, check_version, version_of
from config.work import Work
from inventory.change_series import SeriesChange, change_series, find_series, stated_of
from inventory.models import DataSeries
from inventory.stated import SERIES

router = APIRouter(prefix="/api/v1/series", tags=["inventory"])
Reader = Annotated[SignedIn, official_who_may("read", "inventory")]
Changer = Annotated[SignedIn, official_who_may("change", "inventory")]
PeopleReader = Annotated[SignedIn, official_who_may("read", "people")]
Wanted = Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00]*$")]


class SeriesBody(BaseModel):
    """What the inventory is to say of a series, all of it; texts as in an inventory's file."""

    name: str
    description: str = ""
    classification: str = Field(default="", examples=["Private/Confidential"])
    citation: str = Field(default="", examples=["13.82 subd. 7"])
    work_access: str = Field(default="", examples=["Police Clerk; Detective"])
    department: str = ""
    systems: str = ""
    retention: str = ""
    purpose: str = ""
    retired: str = Field(default="", description="A day or an instant; empty = it is not retired.")


class NewSeries(SeriesBody):
    """A series that is to be put into the inventory; without a code it gets one from its name."""

    code: str = Field(default="", max_length=500, pattern=r"^[^\x00]*$")


class SeriesView(SeriesBody):
    """A data series: what the inventory says of it, what was read in that, and since when it stands so."""

    code: str
    classes: list[str]
    unreadable_classes: list[str]
    citations: list[str]
    unreadable_citations: list[str]
    recorded_at: datetime
    recorded_by: str


@router.get("")
def list_series(
    installation: InstallationDep,
    official: Reader,  # noqa: ARG001 - who may
    wanted: WantedDep,
    code: Wanted = None,
    name: Wanted = None,
    department: Wanted = None,
) -> Listed[SeriesView]:
    """List the data series of the inventory."""
    with installation.read() as work:
        filters = {"code": code, "name": name, "department": department}
        return list_rows(work, wanted, DataSeries, lambda row: _view(row, work.zone), filters)


@router.post("", status_code=HTTPStatus.CREATED, response_model=Entered[SeriesView])
def create_series(
    installation: InstallationDep, official: Changer, asked: NewSeries, response: Response, key: IdempotencyKey = ""
) -> dict[str, object]:
    """Put a data series into the inventory; a class, citation or holder that cannot be read is an issue to resolve."""

    def make(work: Work) -> Entered[SeriesView]:
        number, said = enter(work, _entry(work, asked), by=official.login, is_new=True)
        refuse_own(work, official)
        return Entered(item=_view(entered_row(work, SERIES), work.zone), number=number, said=said)

    made: dict[str, Any] = once(installation, official, key, asked, make)
    response.headers["Location"] = f"{router.prefix}/{quote(made['item']['code'], safe='')}"
    return made


@router.get("/{code}")
def show_series(installation: InstallationDep, official: Reader, response: Response, code: str) -> SeriesView:  # noqa: ARG001 - who may
    """Show a data series."""
    with installation.read() as work:
        series = find_series(work.session, code)
        response.headers["ETag"] = _version(series)
        return _view(series, work.zone)


@router.put("/{code}")
def put_series(
    installation: InstallationDep,
    official: Changer,
    version: NamedVersion,
    response: Response,
    code: str,
    body: SeriesBody,
) -> SeriesView:
    """Change a data series: what stands is superseded, and stays known."""
    with installation.change() as work:
        standing = find_series(work.session, code)
        check_version(version, _version(standing))
        before = stated_of(standing)
        texts = body.model_dump(exclude={"retired"})
        change = SeriesChange(**texts, retired=read_retired(body.retired, work.zone))
        changed = change_series(work.session, code, change, now=work.now, by=official.login)
        refuse_own(work, official)
        refuse_own_change(work, official, before, changed)
        response.headers["ETag"] = _version(changed)
        return _view(changed, work.zone)


@router.get("/{code}/holders")
def show_holders(
    installation: InstallationDep,
    policies: CurrentPolicyDep,
    official: PeopleReader,
    code: str,
    as_of: AsOfText = "",
    known_at: KnownAtText = "",
) -> Listed[HeldGrantView]:
    """Show who may reach a data series, and through what: of those of whom one may know, the grants in force then."""
    with installation.read() as work:
        series = find_series(work.session, code)
        day = read_as_of(work, as_of, known_at)
        people = reach_of(work, official).people()
        ids = None if people is None else set(work.session.exec(people))
        policy = policies.known_at(work, day.known_at)
        held = let_reach(policy, policy.grants_of_series(series.code), day)
        shown = [held_grant_view(one) for one in held if ids is None or one.employee_id in ids]
        return Listed(items=shown, next=None)


def _entry(work: Work, asked: NewSeries) -> Entry:
    """Give the row of an inventory's file.

    Raises:
        Conflict: A series has the code, or is that of the name and department.
    """
    standing = find_current(work.session, SERIES).facts
    named = (compare_form(asked.name), compare_form(asked.department))
    for one in standing:
        same_code = asked.code and compare_form(one.code) == compare_form(asked.code)
        if same_code or (not asked.code and (compare_form(one.name), compare_form(one.department)) == named):
            raise Conflict(f"There is a series {one.code} ({one.name}) already; change that one.")
    return Entry(kind="inventory", about=asked.name, rows=[dict(asked.model_dump())])


def _version(series: DataSeries) -> str:
    return version_of(series.code, series.id)


def _view(series: DataSeries, zone: ZoneInfo) -> SeriesView:
    stated = stated_of(series)
    cells: dict[str, Any] = {name: getattr(stated, name) for name in SeriesBody.model_fields}
    cells["retired"] = retired_day(stated.retired, zone)
    for name in ("classes", "unreadable_classes", "citations", "unreadable_citations"):
        cells[name] = list(filter(None, getattr(series, name).split("; ")))
    return SeriesView(**cells, code=series.code, recorded_at=series.recorded_at, recorded_by=series.recorded_by)
