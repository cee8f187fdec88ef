"""Findings over JSON: listed, looked at, moved alone and together."""

from dataclasses import asdict
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from audit.find_finding import find_finding
from audit.finding_rows import view_of
from audit.kept import AtHand
from audit.list_findings import FindingsFilter, list_findings, order_of
from audit.masked_subjects import mask_subjects
from audit.models import Finding
from audit.move_finding import move_finding
from audit.named_findings import NamedFinding, name_findings
from audit.read_finding import read_finding
from audit.record_moves import MoveRequest, MovesAnswer, MovesRequest, moved_by, record_moves, version_of_finding
from audit.said_not_seen import LINK
from audit.shared_kept import KeptDep
from config.web.look_purpose import Purpose
from config.web.once import IdempotencyKey
from config.web.paging import Cursor, Limit, Listed, Sort, read_cursor, write_cursor
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.web.versions import NamedVersion, check_version
from config.work import Work

router = APIRouter(prefix="/api/v1/findings", tags=["findings"])
_ACCESSES = 100
Reader = Annotated[SignedIn, official_who_may("read", "findings")]
Mover = Annotated[SignedIn, official_who_may("change", "findings")]


class FindingsQuery(BaseModel):
    """Which findings to list; what is empty narrows nothing."""

    status: str = ""
    verdict: str = ""
    reason: str = ""
    month: str = ""
    who: str = Field(default="", description="the id or name of an employee, or an account")
    what: str = Field(default="", description="the code or name of a series, or a resource")
    department: str = ""
    source: str = ""
    assignee: str = Field(default="", description="the login of the official who reviews them")
    grown: bool = False
    proposed: bool = Field(default=False, description="only those whose dismissal waits for a second official")
    sort: Sort = ""
    cursor: Cursor = ""
    limit: Limit = 100

    def filter(self) -> FindingsFilter:
        """Give it as the use case takes it."""
        return FindingsFilter(**self.model_dump(exclude={"cursor", "limit"}))


class FindingJson(BaseModel):
    """A finding. `who` is an employee's id, else the account; `what` a series' code, else the resource."""

    key: str
    who: str
    what: str
    reason: str
    verdict: str
    month: str = Field(description="YYYY-MM in the entity's time zone", examples=["2025-03"])
    events: int
    first: datetime
    last: datetime
    subjects: int
    status: str
    explanation: str
    who_is_employee: bool
    what_is_series: bool
    actions: str
    sources: str
    grown: int = Field(description="by how many accesses it grew since it was closed")
    notes: int
    last_note: str
    assignee: str = ""
    dismissal_proposed_by: str = Field(default="", description="while that waits for a second official")
    who_name: str = ""
    what_name: str = ""


class AccessJson(BaseModel):
    """One access of a finding: when, whose, what, and where in which file it stands."""

    time: datetime
    source: str
    file: str
    record: int
    account: str
    resource: str
    action: str
    purpose: str = Field(description="what is meant by what was typed")
    typed: str
    case_number: str = Field(description="in what was typed, where the source's profile says how one is found")
    subject: str = Field(description="masked where no purpose is stated; equal ones have equal masks")


class MoveJson(BaseModel):
    """What was made of a finding."""

    id: int
    from_status: str
    to_status: str
    note: str
    reason: str
    owner: str
    exception_ends: datetime | None
    referred_to: str
    assignee: str
    proposes: str = Field(description="the status that waits for a second official")
    asks: str = Field(description="the id of the employee whose explanation the note asks for")
    due: datetime | None = Field(description="until when it is asked for")
    answers: int | None = Field(description="the `id` of the question that the note answers")
    moved_at: datetime
    moved_by: str


class FindingDetailsJson(FindingJson):
    """A finding with its first accesses, its nearest grant and its history."""

    accesses: list[AccessJson]
    removed: str = Field(description="under which schedule accesses of it were removed; empty where none were")
    nearest_grant: str | None
    history: list[MoveJson]


@router.get("")
def list_all(
    installation: InstallationDep,
    official: Reader,
    kept: KeptDep,
    asked: Annotated[FindingsQuery, Query()],
    response: Response,
) -> Listed[FindingJson]:
    """List the findings that stand, the newest month first unless sorted otherwise.

    The answer's `Link` leads to the days that the logs did not hold: these are not judged.
    """
    response.headers.update(LINK)
    wanted = asked.filter()
    order = [name for name, _ in order_of(wanted)]
    after = read_cursor(asked.cursor, len(order)) if asked.cursor else ()
    with installation.read() as work:
        found = list_findings(
            work.session,
            wanted,
            now=work.now,
            limit=asked.limit + 1,
            after=after,
            limits=official.limits,
            at_hand=AtHand(kept, work),
        ).findings
        named = name_findings(work.session, found[: asked.limit], work.now)
    last = found[asked.limit - 1] if len(found) > asked.limit else None
    further = write_cursor([getattr(last, name) for name in order]) if last else None
    return Listed(items=[_json(one) for one in named], next=further)


@router.get("/{key}")
def show(
    installation: InstallationDep,
    official: Reader,
    kept: KeptDep,
    key: str,
    response: Response,
    purpose: Purpose = "",
) -> FindingDetailsJson:
    """Show a finding, with the version of which a move is made as its ETag; subjects are masked without a purpose."""
    with installation.read() as work:
        details = read_finding(work, kept, key, accesses=_ACCESSES, limits=official.limits)
        (named,) = name_findings(work.session, [details.finding], work.now)
        response.headers["ETag"] = version_of_finding(work.session, find_finding(work.session, key))
    nearest, shown = details.accesses.nearest, details if purpose.strip() else mask_subjects(details)
    return FindingDetailsJson(
        **_json(named).model_dump(),
        accesses=[AccessJson(**asdict(one)) for one in shown.accesses.first],
        removed=details.accesses.removed,
        nearest_grant=nearest.grant_id if nearest else None,
        history=[MoveJson.model_validate(move, from_attributes=True) for move in details.moves],
    )


@router.post("/{key}/moves")
def move(
    installation: InstallationDep,
    official: Mover,
    key: str,
    asked: MoveRequest,
    version: NamedVersion,
    response: Response,
) -> FindingJson:
    """Move a finding, note something on it, or both; of the version that `If-Match` names."""
    with installation.change() as work:
        check_version(version, version_of_finding(work.session, find_finding(work.session, key)))
        moved = move_finding(work.session, key, asked.move(work.zone), now=work.now, by=moved_by(official))
        response.headers["ETag"] = version_of_finding(work.session, moved)
        return _as_it_stands(work, moved)


@router.post("/moves", status_code=HTTPStatus.OK)
def move_several(
    installation: InstallationDep, official: Mover, asked: MovesRequest, key: IdempotencyKey = ""
) -> MovesAnswer:
    """Move several findings alike; each is moved or refused by itself."""
    return record_moves(installation, official, asked, key)


def _as_it_stands(work: Work, finding: Finding) -> FindingJson:
    (named,) = name_findings(work.session, [view_of(work.reader, finding.id)], work.now)
    return _json(named)


def _json(named: NamedFinding) -> FindingJson:
    shown = {name: value for name, value in asdict(named.finding).items() if name in FindingJson.model_fields}
    return FindingJson(**shown, who_name=named.who_name, what_name=named.what_name)
