"""Work access over JSON: stated, looked at, and changed; what makes findings read otherwise is proposed instead."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from access.models import WorkAccess
from access.standing_row import standing_row
from access.stated import WORK_ACCESS
from app.people.asked_access import AskedAccess, WorkAccessBody
from app.people.enter import Entered, RowId, entered_row
from app.people.reach import reach_of, reaching
from app.people.second_official import change_for_two
from app.people.views import WorkAccessView, work_access_view
from app.proposals.instead import PROPOSED, is_proposal, proposal_answer
from app.proposals.shown import ProposalView, propose
from audit.kept import Kept
from audit.shared_kept import KeptDep
from config.web.once import IdempotencyKey, answer_of, once
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.web.versions import NamedVersion, check_version, version_of
from config.work import Installation, Work

router = APIRouter(prefix="/api/v1/work-access", tags=["people"])
AccessReader = Annotated[SignedIn, official_who_may("read", "work access")]
AccessChanger = Annotated[SignedIn, official_who_may("change", "work access")]


@router.get("/{number}")
def show_work_access(
    installation: InstallationDep, official: AccessReader, number: RowId, response: Response
) -> WorkAccessView:
    """Show a statement of work access; its number is that of the grant `work-access:NUMBER`."""
    with installation.read() as work:
        known = reaching(work.session, reach_of(work, official))
        row = standing_row(work.session, WORK_ACCESS, number, *known)
        response.headers["ETag"] = version_of_access(row)
        return work_access_view(row)


@router.post("", status_code=HTTPStatus.CREATED, response_model=Entered[WorkAccessView], responses=PROPOSED)
def create_work_access(
    installation: InstallationDep,
    official: AccessChanger,
    kept: KeptDep,
    asked: WorkAccessBody,
    response: Response,
    key: IdempotencyKey = "",
) -> dict[str, Any] | JSONResponse:
    """State that a holder's work assignment reasonably requires a series.

    Where findings that stand would read otherwise by it, it is proposed to a second official instead.
    """
    made = state_access(installation, kept, official, asked, key)
    if is_proposal(made):
        return proposal_answer(made)
    response.headers["Location"] = f"{router.prefix}/{made['item']['id']}"
    return made


@router.put("/{number}", response_model=Entered[WorkAccessView], responses=PROPOSED)
def put_work_access(
    installation: InstallationDep,
    official: AccessChanger,
    kept: KeptDep,
    number: RowId,
    version: NamedVersion,
    asked: WorkAccessBody,
    response: Response,
) -> Entered[WorkAccessView] | JSONResponse:
    """Let another statement of work access stand in place of this one, which stays on the record.

    Where findings that stand would read otherwise by it, it is proposed to a second official instead.
    """
    made, stands = change_access(installation, kept, official, AskedAccess.of(asked, number), version)
    if isinstance(made, ProposalView):
        return proposal_answer(made.model_dump(mode="json"))
    response.headers["ETag"] = stands
    response.headers["Content-Location"] = f"{router.prefix}/{made.item.id}"
    return made


def state_access(
    installation: Installation, kept: Kept, official: SignedIn, body: WorkAccessBody, key: str
) -> dict[str, Any]:
    """State work access, or propose to; what is sent twice is done once.

    Raises: As `AskedAccess.make`, and:
        KeyUsed: The key was used for something else.
    """
    asked = AskedAccess.of(body)
    with installation.read() as work:
        is_answered = bool(answer_of(work.session, official, key))
    proposed = None if is_answered else change_for_two(installation, kept, official, asked)

    def make(work: Work) -> Entered[WorkAccessView] | ProposalView:
        if proposed is not None:
            return propose(work, official, proposed)
        number, said = asked.make(work, official)
        return Entered(item=work_access_view(entered_row(work, WORK_ACCESS)), number=number, said=said)

    return once(installation, official, key, body, make)


def change_access(
    installation: Installation, kept: Kept, official: SignedIn, asked: AskedAccess, version: str
) -> tuple[Entered[WorkAccessView] | ProposalView, str]:
    """Change or withdraw what stands under a number, or propose to; the version of what stands then is given besides.

    Raises: As `AskedAccess.make`, and:
        VersionStale: It is not the version that was seen.
    """
    with installation.read() as work:
        _check_version(work, asked, version)
    proposed = change_for_two(installation, kept, official, asked)
    with installation.change() as work:
        row = _check_version(work, asked, version)
        if proposed is not None:
            return propose(work, official, proposed), version_of_access(row)
        number, said = asked.make(work, official)
        standing = entered_row(work, WORK_ACCESS, row)
        return Entered(item=work_access_view(standing), number=number, said=said), version_of_access(standing)


def version_of_access(row: WorkAccess) -> str:
    """Give the version of a statement of work access."""
    return version_of("work-access", row.id)


def _check_version(work: Work, asked: AskedAccess, version: str) -> WorkAccess:
    row: WorkAccess = standing_row(work.session, WORK_ACCESS, asked.number or 0)
    check_version(version, version_of_access(row))
    return row
