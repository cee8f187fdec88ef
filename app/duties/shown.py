"""Temporary duties as the API gives them, and who asks for them here."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, Field

from access.change_duty import Decider
from access.find_duty import Duty
from access.list_duties import ListedDuty
from app.people.reach import reach_of
from config.clock import utc_text
from config.looks import looked_at
from config.web.signed_in import SignedIn
from config.web.versions import version_of
from config.work import Work

THING = "temporary duties"
REQUESTS = "duty requests"


class DutyEvent(BaseModel):
    """Something that was done to a duty: when, what, by whom and why, and when the duty ends since."""

    at: str
    act: str
    by: str
    note: str
    end: str | None


class DutyView(BaseModel):
    """A temporary duty; its times are in UTC, and it holds from `start` up to, not including, `end`."""

    id: str = Field(description="Stays the same whatever is done to the duty.")
    state: str = Field(
        description="requested, refused, awaiting confirmation, scheduled, in force, ended, revoked or withdrawn."
    )
    employee_id: str
    employee_name: str
    series: str
    series_name: str
    actions: str
    purposes: str
    start: str
    end: str
    revoked_at: str | None
    granted_by: str = Field(description="The granter's employee id, or else login; empty while nobody granted it.")
    granted_by_name: str
    reason: str


class DutyInFull(DutyView):
    """A temporary duty with what was done to it."""

    grant: str | None = Field(description="As decisions name it; null while it is no grant.")
    answer: str = Field(
        description="What became of the request: requested, approved, shortened, refused; empty where nobody asked."
    )
    answer_note: str = Field(description="The reason of a refusal, or what was said to an approval.")
    asked_end: str | None = Field(description="Until when it was asked for.")
    asked_actions: str | None = Field(description="The actions that were asked for.")
    history: list[DutyEvent]
    version: str = Field(description="The ETag, to be sent as If-Match with a change.")


def decider(work: Work, official: SignedIn) -> Decider:
    """Give who asks, with whose duties they may deal."""
    return Decider(official.login, reach_of(work, official))


def version_of_duty(duty: Duty) -> str:
    """Give the version of a duty as it stands."""
    return version_of(
        duty.id,
        duty.row and (duty.row.id, duty.row.superseded_at is None),
        duty.request and (str(duty.request.asked), duty.request.granter),
    )


def listed_view(duty: ListedDuty) -> DutyView:
    """Give a duty of a list."""
    return DutyView(**{name: _text(getattr(duty, name)) for name in DutyView.model_fields})


def duty_in_full(work: Work, duty: Duty) -> DutyInFull:
    """Give a duty with all that there is to it."""
    terms = duty.terms
    looked_at(terms.employee_id)
    return DutyInFull(
        id=duty.id,
        state=duty.state(work.now),
        employee_id=terms.employee_id,
        employee_name=duty.employee_name,
        series=terms.series,
        series_name=duty.series_name,
        actions=terms.actions,
        purposes=terms.purposes,
        start=utc_text(terms.start),
        end=utc_text(terms.end),
        revoked_at=utc_text(duty.revoked_at) if duty.revoked_at else None,
        granted_by=duty.granted_by,
        granted_by_name=duty.granted_by_name,
        reason=terms.reason,
        grant=f"temporary-duty:{duty.row.restores or duty.row.id}" if duty.row else None,
        answer=duty.answer,
        answer_note=duty.answered.note if duty.answered else "",
        asked_end=utc_text(duty.request.end) if duty.request else None,
        asked_actions=duty.request.actions if duty.request else None,
        history=list(_events(duty)),
        version=version_of_duty(duty),
    )


def _events(duty: Duty) -> Sequence[DutyEvent]:
    return [
        DutyEvent(
            at=utc_text(one.at), act=one.act, by=one.by, note=one.note, end=utc_text(one.end) if one.end else None
        )
        for one in duty.history
    ]


def _text(cell: object) -> object:
    return utc_text(cell) if isinstance(cell, datetime) else cell
