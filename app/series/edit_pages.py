"""The pages on which the inventory is changed: the form of one series, and the texts that name no known holder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session, col, select
from starlette.concurrency import run_in_threadpool

from access.known_holders import holders_known_at
from access.models import Position
from access.read_parts import UnreadPart, unread_parts
from access.resolve_part import PartRequest, resolve_part
from app.people.own_matter import refuse_own_change, refuse_own_series
from app.people.own_record import refuse_own
from app.series.read_retired import read_retired, retired_day
from app.series.texts_api import found_of_series
from audit.kept import Kept
from audit.shared_kept import KeptDep
from config.errors import Conflict, Invalid, InvalidFields, NotFound, NotPermitted, Refusal
from config.recorded import current
from config.texts import compare_form
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.web.versions import version_of
from config.work import Installation, Work
from inventory.catalogue import catalogue
from inventory.change_series import SeriesChange, change_series, find_series, stated_of
from inventory.models import DataSeries
from inventory.queries import all_series
from inventory.rules import Classification

router = APIRouter()
_HERE = "/inventory"
Reader = Annotated[SignedIn, official_who_may("read", "inventory")]
Changer = Annotated[SignedIn, official_who_may("change", "inventory")]
_FIELDS = (
    *("name", "description", "classification", "citation", "work_access", "department", "systems", "retention"),
    *("purpose", "retired"),
)


@dataclass(frozen=True)
class EditPage:
    """Everything series_edit.html shows.

    Args:
        version: Of the series that the form was made of.
        filled: What stands in the fields.
        faults: What is wrong with some of them, by name.
        refusal: Why nothing was saved; empty where nothing was sent.
        standing: Where somebody else changed it meanwhile: what stands now, by field, where that differs.
    """

    series: DataSeries
    version: str
    filled: Mapping[str, str]
    faults: Mapping[str, str]
    refusal: str
    standing: Mapping[str, str]
    departments: Sequence[str]
    laws: Sequence[tuple[str, str]]
    classes: Sequence[str] = tuple(Classification)


@dataclass(frozen=True)
class UnreadPage:
    """Everything unread.html shows.

    Args:
        filled: What was typed for the part at which something was refused.
        at: That part: the code of its series, and its text.
        holders: What can be named: titles of positions, and departments.
        found: How many findings that stand depend on grants, by series; None for who may not read them.
    """

    parts: Sequence[UnreadPart]
    holders: Sequence[str]
    found: Mapping[str, int] | None
    may_change: bool
    filled: str = ""
    at: tuple[str, str] = ("", "")
    fault: str = ""


@router.get(f"{_HERE}/unread", response_class=HTMLResponse)
def show_unread(request: Request, installation: InstallationDep, kept: KeptDep, official: Reader) -> HTMLResponse:
    """Show the parts of work access texts that name no known holder."""
    return _show_unread(request, installation, kept, official)


@router.post(f"{_HERE}/unread")
def take_resolution(
    request: Request,
    installation: InstallationDep,
    kept: KeptDep,
    official: Changer,
    series: Annotated[str, Form(max_length=200)] = "",
    part: Annotated[str, Form(max_length=20_000)] = "",
    holders: Annotated[str, Form(max_length=20_000)] = "",
    act: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Resolve a part to holders, or dismiss it, or show it again with why not."""
    named = tuple(filter(None, (text.strip() for text in holders.split(";"))))
    try:
        if act != "dismiss" and not named:
            raise Invalid("Name at least one holder; or dismiss the part, if it adds nobody.")
        with installation.change() as work:
            _refuse_decided(work, series, part)
            request_ = PartRequest(series, part, () if act == "dismiss" else named)
            resolve_part(work.session, request_, now=work.now, by=official.login)
            refuse_own(work, official)
            refuse_own_series(work, official, series)
    except Refusal as refusal:
        return _show_unread(request, installation, kept, official, holders, (series, part), str(refusal))
    return RedirectResponse(f"{_HERE}/unread", HTTPStatus.SEE_OTHER)


@router.get(f"{_HERE}/{{code}}/edit", response_class=HTMLResponse)
def show_form(request: Request, installation: InstallationDep, official: Changer, code: str) -> HTMLResponse:
    """Show the form of a series."""
    with installation.read() as work:
        series = find_series(work.session, code)
        page = _edit_page(work, series, filled_of(series, work.zone), _version(series))
    return _render_form(request, official, page)


@router.post(f"{_HERE}/{{code}}/edit")
async def take_form(request: Request, installation: InstallationDep, official: Changer, code: str) -> Response:
    """Change a series, or show the form again with what is wrong at its field."""
    form = {name: str(text) for name, text in (await request.form()).items()}
    return await run_in_threadpool(_save, request, installation, official, code, form)


def _save(
    request: Request, installation: Installation, official: SignedIn, code: str, form: Mapping[str, str]
) -> Response:
    filled = {name: form.get(name, "").strip().replace("\r\n", "\n") for name in _FIELDS}
    filled["classification"] = _joined(filled["classification"], form.get("add_class", ""))
    filled["citation"] = _joined(filled["citation"], form.get("add_law", ""))
    version, faults, refusal = form.get("version", ""), dict[str, str](), ""
    try:
        with installation.change() as work:
            standing = find_series(work.session, code)
            if version != _version(standing):
                refusal = (
                    f"{standing.recorded_by} changed this series meanwhile. What stands now is shown at each field "
                    "that differs, and what you typed is still there; save again if it is to stand."
                )
            else:
                before, change = stated_of(standing), _change(filled, work.zone)
                changed = change_series(work.session, code, change, now=work.now, by=official.login)
                refuse_own(work, official)
                refuse_own_change(work, official, before, changed)
    except InvalidFields as invalid:
        faults, refusal = invalid.faults, str(invalid)
    except (Conflict, Invalid, NotPermitted) as refused:
        refusal = str(refused)
    if not refusal:
        return RedirectResponse(f"{_HERE}/{quote(code, safe='')}", HTTPStatus.SEE_OTHER)
    with installation.read() as work:
        series = find_series(work.session, code)
        page = _edit_page(work, series, filled, version, faults, refusal)
    return _render_form(request, official, page)


def _change(filled: Mapping[str, str], zone: ZoneInfo) -> SeriesChange:
    return SeriesChange(
        **{name: text for name, text in filled.items() if name != "retired"},
        retired=read_retired(filled["retired"], zone),
    )


def filled_of(series: DataSeries, zone: ZoneInfo) -> dict[str, str]:
    """Give what the inventory says of a series as the fields of a form."""
    stated = stated_of(series)
    return {name: getattr(stated, name) for name in _FIELDS if name != "retired"} | {
        "retired": retired_day(stated.retired, zone)
    }


def _joined(text: str, added: str) -> str:
    return "; ".join(filter(None, (text, added.strip())))


def _version(series: DataSeries) -> str:
    return version_of(series.code, series.id).strip('"')


def _edit_page(
    work: Work,
    series: DataSeries,
    filled: Mapping[str, str],
    version: str,
    faults: Mapping[str, str] | None = None,
    refusal: str = "",
) -> EditPage:
    stands = filled_of(series, work.zone)
    is_stale = version != _version(series)
    differs = {name: text or "(empty)" for name, text in stands.items() if is_stale and text != filled[name]}
    departments = {one.department for one in all_series(work.session, work.now)} | set(_departments(work.session))
    laws = [(str(entry.citation), f"{entry.citation}: {entry.title} ({entry.classification})") for entry in catalogue()]
    return EditPage(series, _version(series), filled, faults or {}, refusal, differs, sorted(departments - {""}), laws)


def _departments(session: Session) -> Sequence[str]:
    return session.exec(select(Position.department).where(current(Position)).distinct()).all()


def _render_form(request: Request, official: SignedIn, page: EditPage) -> HTMLResponse:
    title = f"{'Error: ' if page.refusal else ''}Change {page.series.name}"
    status = (
        HTTPStatus.CONFLICT if page.standing else HTTPStatus.UNPROCESSABLE_ENTITY if page.refusal else HTTPStatus.OK
    )
    return render(request, "app/series_edit.html", page, title=title, official=official, here=_HERE, status=status)


def _refuse_decided(work: Work, series: str, part: str) -> None:
    """Refuse where another official was first: what they decided is not to be undone unseen."""
    parts = unread_parts(work.session, work.now, holders_known_at(work.session, work.now))
    unread = {(one.series, compare_form(one.part)) for one in parts}
    if (series, compare_form(part)) not in unread:
        raise NotFound("This part is no longer unread: it was resolved, dismissed or changed meanwhile.")


def _show_unread(
    request: Request,
    installation: Installation,
    kept: Kept,
    official: SignedIn,
    filled: str = "",
    at: tuple[str, str] = ("", ""),
    fault: str = "",
) -> HTMLResponse:
    with installation.read() as work:
        titles = work.session.exec(
            select(Position.title).where(current(Position)).distinct().order_by(col(Position.title))
        )
        holders = sorted({*titles, *_departments(work.session)})
        parts = unread_parts(work.session, work.now, kept.policy.of(work).holders)
        found = found_of_series(work, kept, official)
    page = UnreadPage(parts, holders, found, official.may("change", "inventory"), filled, at, fault)
    title = f"{'Error: ' if fault else ''}Texts that name no known holder"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return render(request, "app/unread.html", page, title=title, official=official, here=_HERE, status=status)
