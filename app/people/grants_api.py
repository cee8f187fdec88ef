"""Grants over JSON: one is withdrawn, as never having been so; and the lists of officers and of what maps names."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from access.models import ListedCase, Officer, OfficerDuty, PurposeMeaning
from access.proposals.propose_access import AskedChange
from access.withdraw_grant import number_of_work_access, withdraw_grant
from app.imports.list_imports import ImportView, view_imports
from app.people.asked_access import AskedAccess
from app.people.own_record import refuse_own
from app.people.reach import among, reach_of
from app.people.record_lists import WantedDep, list_rows
from app.people.second_official import change_for_two
from app.people.views import (
    CaseView,
    OfficerDutyView,
    OfficerView,
    PatternView,
    PurposeView,
    case_view,
    officer_duty_view,
    officer_view,
    pattern_view,
    purpose_view,
)
from app.proposals.instead import PROPOSED, is_proposal, proposal_answer
from app.proposals.shown import ProposalView, propose
from audit.kept import Kept
from audit.shared_kept import KeptDep
from config.web.once import IdempotencyKey, answer_of, once
from config.web.paging import Listed
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation, Work
from inventory.models import ResourcePattern

router = APIRouter(prefix="/api/v1", tags=["grants"])
AccessReader = Annotated[SignedIn, official_who_may("read", "work access")]
AccessChanger = Annotated[SignedIn, official_who_may("change", "work access")]
MappingReader = Annotated[SignedIn, official_who_may("read", "mappings")]
GrantId = Annotated[str, Path(max_length=60, pattern=r"^[^\x00]*$", description="As decisions name it.")]
Wanted = Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00]*$")]


class Withdrawal(BaseModel):
    """Why a grant was never so; it is kept."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=1, max_length=2_000, pattern=r"^[^\x00]*$")


class _Withdrawn(Withdrawal):
    grant: str


@router.post("/grants/{grant}/withdraw", status_code=HTTPStatus.CREATED, response_model=ImportView, responses=PROPOSED)
def withdraw(
    installation: InstallationDep,
    official: AccessChanger,
    kept: KeptDep,
    grant: GrantId,
    asked: Withdrawal,
    key: IdempotencyKey = "",
) -> dict[str, Any] | JSONResponse:
    """Take a grant as never having been so, while what was known of it stays known; its entry can be taken back.

    Work access by which findings that stand would read otherwise is proposed to a second official instead.
    """
    proposed = _proposed(installation, kept, official, grant, asked, key)

    def make(work: Work) -> ImportView | ProposalView:
        if proposed is not None:
            return propose(work, official, proposed)
        withdrawn = withdraw_grant(
            work.session, grant, reason=asked.reason, zone=work.zone, now=work.now, by=official.login
        )
        refuse_own(work, official)
        return view_imports(work.session, [withdrawn])[0]

    made = once(installation, official, key, _Withdrawn(reason=asked.reason, grant=grant), make)
    return proposal_answer(made) if is_proposal(made) else made


def _proposed(
    installation: Installation, kept: Kept, official: SignedIn, grant: str, asked: Withdrawal, key: str
) -> AskedChange | None:
    number = number_of_work_access(grant)
    with installation.read() as work:
        if number is None or answer_of(work.session, official, key):
            return None
    return change_for_two(installation, kept, official, AskedAccess.withdrawal(number, asked.reason))


@router.get("/officers")
def list_officers(
    installation: InstallationDep,
    official: AccessReader,
    wanted: WantedDep,
    office: Wanted = None,
    employee_id: Wanted = None,
) -> Listed[OfficerView]:
    """List who holds a designated office, of those of whom one may know."""
    with installation.read() as work:
        known = among(reach_of(work, official), Officer)
        return list_rows(work, wanted, Officer, officer_view, {"office": office, "employee_id": employee_id}, *known)


@router.get("/officer-duties")
def list_officer_duties(
    installation: InstallationDep,
    official: AccessReader,
    wanted: WantedDep,
    employee_id: Wanted = None,
    series: Wanted = None,
) -> Listed[OfficerDutyView]:
    """List the specified duties of designated officers, of those of whom one may know."""
    filters = {"employee_id": employee_id, "series": series}
    with installation.read() as work:
        known = among(reach_of(work, official), OfficerDuty)
        return list_rows(work, wanted, OfficerDuty, officer_duty_view, filters, *known)


@router.get("/resource-patterns")
def list_patterns(
    installation: InstallationDep,
    official: MappingReader,  # noqa: ARG001 - who may
    wanted: WantedDep,
    system: Wanted = None,
    pattern: Wanted = None,
    series: Wanted = None,
) -> Listed[PatternView]:
    """List what maps the resources that logs name to data series."""
    filters = {"system": system, "pattern": pattern, "series": series}
    with installation.read() as work:
        return list_rows(work, wanted, ResourcePattern, pattern_view, filters)


@router.get("/purpose-meanings")
def list_purpose_meanings(
    installation: InstallationDep,
    official: MappingReader,  # noqa: ARG001 - who may
    wanted: WantedDep,
    source: Wanted = None,
    typed: Wanted = None,
    purpose: Wanted = None,
) -> Listed[PurposeView]:
    """List which purposes are meant by what people type as their reason."""
    filters = {"source": source, "typed": typed, "purpose": purpose}
    with installation.read() as work:
        return list_rows(work, wanted, PurposeMeaning, purpose_view, filters)


@router.get("/cases")
def list_cases(
    installation: InstallationDep,
    official: MappingReader,  # noqa: ARG001 - who may
    wanted: WantedDep,
    case_number: Wanted = None,
    system: Wanted = None,
) -> Listed[CaseView]:
    """List the cases by which the numbers in reasons are known."""
    filters = {"case_number": case_number, "system": system}
    with installation.read() as work:
        return list_rows(work, wanted, ListedCase, case_view, filters)
