"""The JSON door to temporary duties."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Response
from sqlalchemy import Select

from access.answer_request import approve_duty, refuse_duty
from access.change_duty import Decider
from access.confirm_duty import confirm_duty
from access.duty_terms import DutyAsked, read_duty_terms, read_new_end
from access.extend_duty import extend_duty
from access.find_duty import Duty, find_duty
from access.grant_duty import grant_duty
from access.list_duties import STATES, DutyList
from access.people_below import recorded_id
from access.read_approval import read_approval
from access.request_duty import request_duty
from access.revoke_duty import revoke_duty
from app.duties.asked import ActOnDuty, ApprovalAsked, ChangePreviewAsked, Extension, NewDuty, Reason
from app.duties.preview_duty import approve_as_asked, needs_second, preview_change, preview_duty
from app.duties.preview_view import ChangeOfDutyPreview, DutyPreview, change_preview, duty_preview
from app.duties.shown import REQUESTS, THING, DutyInFull, DutyView, decider, duty_in_full, listed_view, version_of_duty
from audit.kept import Kept
from audit.shared_kept import KeptDep
from config.errors import Invalid
from config.web.once import IdempotencyKey, once
from config.web.paging import Cursor, Limit, Listed, Ordered, Sort, list_page
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.web.versions import NamedVersion, check_version
from config.work import Installation, Work

router = APIRouter(prefix="/api/v1/temporary-duties", tags=["temporary duties"])

Reader = Annotated[SignedIn, official_who_may("read", THING)]
Changer = Annotated[SignedIn, official_who_may("change", THING)]
Asker = Annotated[SignedIn, official_who_may("change", REQUESTS)]
_A_DUTY = {
    "employee_id": "E1001",
    "series": "S1",
    "actions": "view;search",
    "end": "friday",
    "reason": "covers for Eve",
}
# by these one may sort, and every column that has no text of its own is an instant
_SORTED_BY = ("id", "employee_id", "series", "start", "end", "granted_by", "recorded_at")


@router.get("")
def list_duties(
    installation: InstallationDep,
    official: Reader,
    employee_id: str = "",
    series: Annotated[str, Query(description="Its code.")] = "",
    state: Annotated[str, Query(description=f"One of {', '.join(STATES)}.")] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
    sort: Sort = "-recorded_at",
) -> Listed[DutyView]:
    """List temporary duties, those of people that one may know of."""
    if state and state not in STATES:
        raise Invalid(f'"{state}" is no state of a duty; the states are {", ".join(STATES)}.')
    with installation.read() as work:
        duties = DutyList(decider(work, official).reach, work.now)
        known = recorded_id(work.session, employee_id) or employee_id
        chosen = duties.choose(employee_id=known, series=series, state=state)
        rows, following = duty_page(work, duties, chosen, cursor=cursor, limit=limit, sort=sort)
        return Listed(items=[listed_view(one) for one in duties.in_words(work.session, rows)], next=following)


@router.post("", status_code=HTTPStatus.CREATED)
def create_duty(
    installation: InstallationDep,
    official: Asker,
    kept: KeptDep,
    asked: Annotated[NewDuty, Body(openapi_examples={"until friday": {"value": _A_DUTY}})],
    response: Response,
    key: IdempotencyKey = "",
) -> DutyInFull:
    """Grant a temporary duty, or, without the right to grant it, ask for it."""
    made = make_duty(installation, kept, official, asked, key)
    response.headers["Location"] = f"{router.prefix}/{made['id']}"
    return _answered(made, response)


@router.post("/preview")
def preview(
    installation: InstallationDep,
    official: Changer,
    kept: KeptDep,
    asked: Annotated[DutyAsked, Body(openapi_examples={"until friday": {"value": _A_DUTY}})],
) -> DutyPreview:
    """Say what a temporary duty would mean; nothing is recorded."""
    terms, found = preview_duty(installation, kept, asked, lambda work: decider(work, official))
    with installation.read() as work:
        return duty_preview(work, terms, found)


@router.post("/{duty_id}/preview")
def preview_one(
    installation: InstallationDep,
    official: Changer,
    kept: KeptDep,
    duty_id: str,
    asked: Annotated[
        ChangePreviewAsked, Body(openapi_examples={"to extend it": {"value": {"act": "extend", "end": "+3d"}}})
    ],
) -> ChangeOfDutyPreview:
    """Say what a change of a temporary duty would mean; nothing is recorded."""

    def change(work: Work, duty: Duty, by: Decider) -> Duty:
        if asked.act is ActOnDuty.EXTEND:
            return extend_duty(work, duty, end=read_new_end(work, asked.end), by=by)
        if asked.act is ActOnDuty.REVOKE:
            return revoke_duty(work, duty, reason="to be weighed", by=by)
        if asked.act is ActOnDuty.APPROVE:
            return approve_duty(work, duty, read_approval(work, asked.end, asked.actions, ""), by=by)
        return approve_as_asked(work, duty, by)

    found = preview_change(installation, kept, duty_id, change, lambda work: decider(work, official))
    with installation.read() as work:
        return change_preview(work, found)


@router.get("/{duty_id}")
def show_duty(installation: InstallationDep, official: Reader, duty_id: str, response: Response) -> DutyInFull:
    """Give a temporary duty with all that was done to it."""
    with installation.read() as work:
        found = duty_in_full(work, find_duty(work.session, duty_id, reach=decider(work, official).reach))
    return _answered(found.model_dump(), response)


@router.post("/{duty_id}/extend")
def extend_one(
    installation: InstallationDep,
    official: Changer,
    duty_id: str,
    version: NamedVersion,
    asked: Annotated[
        Extension, Body(openapi_examples={"as usual": {"value": {"end": "+3d", "reason": "Eve is still away"}}})
    ],
    response: Response,
) -> DutyInFull:
    """Let a duty hold until later; the version before stays on the record."""

    def change(work: Work, duty: Duty, by: Decider) -> Duty:
        return extend_duty(work, duty, end=read_new_end(work, asked.end), reason=asked.reason, by=by)

    return _changed(installation, official, duty_id, version, change, response)


@router.post("/{duty_id}/revoke")
def revoke_one(
    installation: InstallationDep,
    official: Changer,
    duty_id: str,
    version: NamedVersion,
    asked: Annotated[Reason, Body(openapi_examples={"as usual": {"value": {"reason": "Eve is back"}}})],
    response: Response,
) -> DutyInFull:
    """Let a duty end now."""

    def change(work: Work, duty: Duty, by: Decider) -> Duty:
        return revoke_duty(work, duty, reason=asked.reason, by=by)

    return _changed(installation, official, duty_id, version, change, response)


@router.post("/{duty_id}/approve")
def approve_one(
    installation: InstallationDep,
    official: Changer,
    duty_id: str,
    version: NamedVersion,
    response: Response,
    asked: Annotated[
        ApprovalAsked | None, Body(openapi_examples={"shorter": {"value": {"end": "friday", "note": "Eve is back"}}})
    ] = None,
) -> DutyInFull:
    """Approve a duty that was asked for, as it was asked for or with an earlier end or fewer actions."""

    def change(work: Work, duty: Duty, by: Decider) -> Duty:
        given = asked or ApprovalAsked()
        return approve_duty(work, duty, read_approval(work, given.end, given.actions, given.note), by=by)

    return _changed(installation, official, duty_id, version, change, response)


@router.post("/{duty_id}/refuse")
def refuse_one(
    installation: InstallationDep,
    official: Changer,
    duty_id: str,
    version: NamedVersion,
    asked: Annotated[Reason, Body(openapi_examples={"as usual": {"value": {"reason": "The team has it already"}}})],
    response: Response,
) -> DutyInFull:
    """Refuse a duty that was asked for, or that waits to be confirmed."""

    def change(work: Work, duty: Duty, by: Decider) -> Duty:
        return refuse_duty(work, duty, reason=asked.reason, by=by)

    return _changed(installation, official, duty_id, version, change, response)


@router.post("/{duty_id}/confirm")
def confirm_one(
    installation: InstallationDep,
    official: Changer,
    duty_id: str,
    version: NamedVersion,
    response: Response,
) -> DutyInFull:
    """Confirm, as a second person, a duty that reaches into the past."""

    def change(work: Work, duty: Duty, by: Decider) -> Duty:
        return confirm_duty(work, duty, by=by)

    return _changed(installation, official, duty_id, version, change, response)


def make_duty(installation: Installation, kept: Kept, official: SignedIn, asked: NewDuty, key: str) -> dict[str, Any]:
    """Grant what is asked for, or ask for it where the official may not grant it; what is sent twice is done once.

    Raises:
        KeyUsed: The key was used for something else.
    """
    is_granted = not asked.ask and official.may("change", THING)
    second = is_granted and needs_second(installation, kept, asked, lambda work: decider(work, official))

    def make(work: Work) -> DutyInFull:
        by = decider(work, official)
        terms = read_duty_terms(work, asked, reach=by.reach)
        made = grant_duty(work, terms, by=by, needs_second=second) if is_granted else request_duty(work, terms, by=by)
        return duty_in_full(work, made)

    return once(installation, official, key, asked, make)


def _changed(
    installation: InstallationDep,
    official: SignedIn,
    duty_id: str,
    version: str,
    change: Callable[[Work, Duty, Decider], Duty],
    response: Response,
) -> DutyInFull:
    with installation.change() as work:
        by = decider(work, official)
        duty = find_duty(work.session, duty_id, reach=by.reach)
        check_version(version, version_of_duty(duty))
        changed = duty_in_full(work, change(work, duty, by))
    return _answered(changed.model_dump(), response)


def _answered(duty: dict[str, Any], response: Response) -> DutyInFull:
    response.headers["ETag"] = str(duty["version"])
    return DutyInFull(**duty)


def duty_page(
    work: Work, duties: DutyList, chosen: Select[Any], *, cursor: str, limit: int, sort: str = "-recorded_at"
) -> tuple[Sequence[Any], str | None]:
    """Give a page of chosen duties, and the cursor of the next one."""
    fields = {name: Ordered(duties.columns[name], _value_of(name)) for name in _SORTED_BY}
    return list_page(work.session, chosen, fields, cursor=cursor, limit=limit, sort=sort, last="id")


def _value_of(name: str) -> Callable[[object], object]:
    return lambda row: getattr(row, name)
