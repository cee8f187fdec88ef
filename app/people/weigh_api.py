"""What a change of work access would mean, over JSON, before it is saved."""

from typing import Annotated

from fastapi import APIRouter, Body

from app.people.enter import RowId
from app.people.grants_api import AccessChanger, GrantId
from app.people.meaning_view import MeaningView, meaning_view
from app.people.row_changes import WorkAccessBody, access_entry
from app.people.weigh_access import weigh_changed_access, weigh_new_access, weigh_withdrawal
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
) -> MeaningView:
    """Say what a new statement of work access would mean; nothing is recorded."""
    return _view(installation, weigh_new_access(installation, kept, official, access_entry(asked), asked.series))


@router.post("/work-access/{number}/preview")
def preview_changed_access(
    installation: InstallationDep, official: AccessChanger, kept: KeptDep, number: RowId, asked: Stated
) -> MeaningView:
    """Say what another statement in place of this one would mean; nothing is recorded."""
    entry = access_entry(asked)
    return _view(installation, weigh_changed_access(installation, kept, official, number, entry, asked.series))


@router.post("/grants/{grant}/preview")
def preview_withdrawal(
    installation: InstallationDep, official: AccessChanger, kept: KeptDep, grant: GrantId
) -> MeaningView:
    """Say what rests on a grant, and what would be otherwise if it had never been so; nothing is recorded."""
    return _view(installation, weigh_withdrawal(installation, kept, official, grant))


def _view(installation: Installation, meaning: Meaning) -> MeaningView:
    with installation.read() as work:
        return meaning_view(work, meaning)
