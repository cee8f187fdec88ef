"""Trainings over JSON: which were completed by whom, and until when each counts."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement
from sqlmodel import and_, col, not_

from access.models import Training
from app.people.api import PeopleReader, Wanted
from app.people.reach import among, reach_of
from app.people.record_lists import WantedDep, list_rows
from config.web.paging import Listed
from config.web.signed_in import InstallationDep
from config.work import Work

router = APIRouter(prefix="/api/v1", tags=["people"])


class TrainingView(BaseModel):
    """A training that was completed; one that was completed again is listed again."""

    id: int
    employee_id: str
    training: str
    completed: datetime
    expires: datetime | None = Field(description="From when on it counts no longer; null where it does not expire.")
    recorded_at: datetime


@router.get("/trainings")
def list_trainings(
    installation: InstallationDep,
    official: PeopleReader,
    wanted: WantedDep,
    employee_id: Wanted = None,
    training: Wanted = None,
    expired: Annotated[bool | None, Query(description="Only those that have expired, or that have not.")] = None,
) -> Listed[TrainingView]:
    """List the trainings of the people of whom one may know."""
    filters = {"employee_id": employee_id, "training": training}
    with installation.read() as work:
        known = [*among(reach_of(work, official), Training), *_as_asked(work, expired)]
        return list_rows(work, wanted, Training, _view, filters, *known)


def _as_asked(work: Work, expired: bool | None) -> list[ColumnElement[bool]]:  # noqa: FBT001 - a part of an address
    if expired is None:
        return []
    has = and_(col(Training.end).is_not(None), col(Training.end) <= work.now)
    return [has if expired else not_(has)]


def _view(row: Training) -> TrainingView:
    return TrainingView(
        id=row.restores or row.id,
        employee_id=row.employee_id,
        training=row.training,
        completed=row.start,
        expires=row.end,
        recorded_at=row.recorded_at,
    )
