"""The work access texts of the inventory over JSON: how each part is read, and whom an official says it means."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from access.known_holders import holders_known_at
from access.read_parts import ReadPart, UnreadPart, read_parts, unread_parts
from access.resolve_part import PartRequest, resolve_part
from access.shared_policy import CurrentPolicyDep
from app.people.own_matter import refuse_own_series
from app.people.own_record import refuse_own
from audit.kept import Kept
from audit.shared_kept import KeptDep
from config.web.paging import Listed
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Work
from inventory.change_series import find_series

router = APIRouter(prefix="/api/v1", tags=["inventory"])
Reader = Annotated[SignedIn, official_who_may("read", "inventory")]
Changer = Annotated[SignedIn, official_who_may("change", "inventory")]


class PartView(BaseModel):
    """A part of a work access text: whom it means in words, and who decided so where it names nobody by itself."""

    part: str
    holders: list[str]
    decided_by: str
    decided_at: datetime | None
    is_dismissed: bool
    is_unread: bool


class UnreadPartView(BaseModel):
    """A part that names no known holder and that nobody has resolved yet, with its series."""

    series: str
    series_name: str
    department: str
    part: str
    findings: int | None = Field(
        description="Those that stand of its series and depend on grants; the next audit decides them anew. Null for "
        "who may not read findings."
    )


class Resolution(BaseModel):
    """Who is meant by a part, each written as in a work access text; nobody = it is dismissed, as it adds nobody."""

    model_config = ConfigDict(extra="forbid")

    part: str = Field(min_length=1, max_length=20_000, pattern=r"^[^\x00]*$")
    holders: list[Annotated[str, Field(min_length=1, max_length=1_000, pattern=r"^[^\x00]*$")]] = Field(max_length=100)


@router.get("/work-access-texts/unread")
def list_unread(installation: InstallationDep, kept: KeptDep, official: Reader) -> Listed[UnreadPartView]:
    """List the parts of work access texts that name no known holder; accesses to their series stay untestable."""
    with installation.read() as work:
        unread = unread_parts(work.session, work.now, kept.policy.of(work).holders)
        found = found_of_series(work, kept, official)
        return Listed(items=[_unread(one, found) for one in unread], next=None)


@router.get("/series/{code}/work-access-texts")
def list_parts(
    installation: InstallationDep,
    policies: CurrentPolicyDep,
    official: Reader,  # noqa: ARG001 - who may
    code: str,
) -> Listed[PartView]:
    """List the parts of a series' work access text, and how each is read."""
    with installation.read() as work:
        series = find_series(work.session, code).code
        return _views(read_parts(work.session, series, work.now, policies.of(work).holders))


@router.post("/series/{code}/work-access-texts", status_code=HTTPStatus.CREATED)
def resolve(installation: InstallationDep, official: Changer, code: str, asked: Resolution) -> Listed[PartView]:
    """Say who is meant by a part that names no known holder, or that it adds nobody; the answer is how all are read.

    Sent twice it is done once: what was decided before and is said again stands as it was recorded.
    """
    with installation.change() as work:
        series = find_series(work.session, code).code
        request = PartRequest(series, asked.part, tuple(asked.holders))
        resolve_part(work.session, request, now=work.now, by=official.login)
        refuse_own(work, official)
        refuse_own_series(work, official, series)
        return _views(read_parts(work.session, series, work.now, holders_known_at(work.session, work.now)))


def found_of_series(work: Work, kept: Kept, official: SignedIn) -> Mapping[str, int] | None:
    """Count the findings that depend on grants by series; None for who may not read them, or not all of them."""
    may_read = official.may("read", "findings") and not official.limits
    return kept.counts.by_grants(work) if may_read else None


def _unread(one: UnreadPart, found: Mapping[str, int] | None) -> UnreadPartView:
    return UnreadPartView(**one._asdict(), findings=None if found is None else found.get(one.series, 0))


def _views(parts: Sequence[ReadPart]) -> Listed[PartView]:
    return Listed(
        items=[
            PartView(
                part=one.part,
                holders=list(one.holders),
                decided_by=one.decided_by,
                decided_at=one.decided_at,
                is_dismissed=one.is_dismissed,
                is_unread=one.is_unread,
            )
            for one in parts
        ],
        next=None,
    )
