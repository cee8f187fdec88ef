"""What a change of work access would mean, over JSON, before it is saved."""

from typing import Annotated

from fastapi import APIRouter, Body

from access.withdraw_grant import number_of_work_access
from app.people.asked_access import AskedAccess, WorkAccessBody
from app.people.enter import RowId
from app.people.grants_api import AccessChanger, GrantId
from app.people.meaning_view import AccessPreview, access_preview
from app.people.weigh_access import to_be_shown, weigh_access, weigh_withdrawal
from audit.shared_kept import KeptDep
from audit.weigh_grants import Meaning
from config.web.signed_in import InstallationDep
from config.work import Installation

router = APIRouter(prefix="/api/v1", tags=["grants"])
_FOR_A_DEPARTMENT = {"series": "S1", "holder_type": "department", "holder": "Police", "actions": ["view"]}
Stated = Annotated[WorkAccessBody, Body(openapi_examples={"for a department": {"value": _FOR_A_DEPARTMENT}})]


@router.post("/work-access/preview")
def preview_work_access(
    installation: InstallationDep, official: AccessChanger, kept: KeptDep, asked: Stated
) -> AccessPreview:
    """Say what a new statement of work access would mean; nothing is recorded."""
    return _view(installation, weigh_access(installation, kept, official, AskedAccess.of(asked)).meaning)


@router.post("/work-access/{number}/preview")
def preview_changed_access(
    installation: InstallationDep, official: AccessChanger, kept: KeptDep, number: RowId, asked: Stated
) -> AccessPreview:
    """Say what another statement in place of this one would mean; nothing is recorded."""
    return _view(installation, weigh_access(installation, kept, official, AskedAccess.of(asked, number)).meaning)


@router.post("/grants/{grant}/preview")
def preview_withdrawal(
    installation: InstallationDep, official: AccessChanger, kept: KeptDep, grant: GrantId
) -> AccessPreview:
    """Say what rests on a grant, and what would be otherwise if it had never been so; nothing is recorded."""
    meaning = weigh_withdrawal(installation, kept, official, grant)
    return _view(installation, meaning, waits=number_of_work_access(grant) is not None)


def _view(installation: Installation, meaning: Meaning, *, waits: bool = True) -> AccessPreview:
    with installation.read() as work:
        return access_preview(work, to_be_shown(meaning), waits=waits)
