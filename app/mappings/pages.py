"""The page of what a source's logs name that maps to nothing, answered in place or by a workbook that goes round."""

import json
import secrets
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi import Path as PathPart
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from access.write_template import write_template
from app.given_files import WORKBOOK, GivenFile, give_once
from app.logs.source_version import source_version
from app.mappings.answers import AcceptedPurposes, AnsweredMapping, accept_purposes, answer_mapping
from app.mappings.masked_purposes import shown_for
from app.mappings.shown import KINDS, MappingPage, Tried, asked_of, choices_of
from app.mappings.workbook import filled_rows
from audit.kept_unmapped import KeptUnmapped
from audit.logs.find_source import find_source
from audit.logs.list_sources import describe_source
from audit.shared_kept import KeptUnmappedDep
from audit.try_pattern import try_pattern
from config.errors import Invalid, InvalidFields, NotFound, NotPermitted
from config.web.look_purpose import LONGEST, Purpose
from config.web.once import KeyUsed, answer_of, once
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation, Work

router = APIRouter()
_HERE = "/logs"
_IMPORTED = ("accounts", "resources", "purposes")
Reader = Annotated[SignedIn, official_who_may("read", "mappings")]
Changer = Annotated[SignedIn, official_who_may("change", "mappings")]
# in an address; no database takes a NUL
SourceName = Annotated[str, PathPart(max_length=200, pattern=r"^[^\x00]*$")]
KindName = Annotated[str, PathPart(max_length=20)]


class MappingForm(BaseModel):
    """An answer as it was sent; `step` says which button was pressed, and `name` to which name it is."""

    name: str = ""
    kind: str = "personal"
    employee_id: str = ""
    start: str = ""
    end: str = ""
    pattern: str = ""
    series: str = ""
    meaning: str = ""
    version: str = ""
    key: str = ""
    step: str = "save"
    purpose: str = Field(default="", max_length=LONGEST)


class AcceptForm(BaseModel):
    """The suggestions that were chosen, each a JSON list of the text and the purpose."""

    accepted: list[str] = []
    key: str = ""
    purpose: str = Field(default="", max_length=LONGEST)


@router.get(f"{_HERE}/{{source}}/mapping", response_class=HTMLResponse)
def show_mapping(
    request: Request,
    installation: InstallationDep,
    official: Reader,
    unmapped: KeptUnmappedDep,
    source: SourceName,
    what: Annotated[str, Query(max_length=20)] = "",
    offset: Annotated[int, Query(ge=0)] = 0,
    answered: Annotated[str, Query(max_length=100)] = "",
    purpose: Purpose = "",
) -> HTMLResponse:
    """Show the names of a kind that map to nothing."""
    return _show(request, installation, official, unmapped, source, what, purpose, offset=offset, answered=answered)


@router.get(f"{_HERE}/{{source}}/mapping/{{what}}.xlsx")
def give_workbook(
    installation: InstallationDep,
    official: Reader,
    unmapped: KeptUnmappedDep,
    source: SourceName,
    what: KindName,
    purpose: Purpose = "",
) -> FileResponse:
    """Give the accounts, resources or purposes that map to nothing as a workbook to be filled in and imported."""
    if what not in _IMPORTED:
        raise NotFound("There are workbooks of accounts, of resources and of purposes.")
    with installation.read() as work:
        of = find_source(work.session, source)
        shown = shown_for(unmapped.of(work, source, official.limits), what, purpose)
        rows = filled_rows(what, of, shown, work.zone)

    def make(folder: Path) -> GivenFile:
        write_template(what, folder / f"{what}.xlsx", rows)
        return GivenFile(folder / f"{what}.xlsx", f"{what} of {source}.xlsx", WORKBOOK)

    return give_once(installation.settings.data_dir, make)


@router.post(f"{_HERE}/{{source}}/mapping/purposes/accepted")
def take_suggestions(
    request: Request,
    installation: InstallationDep,
    official: Changer,
    unmapped: KeptUnmappedDep,
    source: SourceName,
    form: Annotated[AcceptForm, Form()],
) -> Response:
    """Record the suggestions that were chosen."""
    asked = AcceptedPurposes(source=source, accepted=[_chosen(text) for text in form.accepted])
    try:
        once(
            *(installation, official, form.key, asked),
            lambda work: accept_purposes(installation, work, official, asked),
        )
    except InvalidFields as invalid:
        faults = {"accepted": " ".join(invalid.faults.values())}
        return _show(
            request, installation, official, unmapped, source, "purposes", form.purpose, tried=Tried(faults=faults)
        )
    except (KeyUsed, NotPermitted) as refusal:
        faults = {"accepted": _in_words(refusal)}
        return _show(
            request, installation, official, unmapped, source, "purposes", form.purpose, tried=Tried(faults=faults)
        )
    return _answered(source, "purposes", form.key, form.purpose)


def _in_words(refusal: KeyUsed | NotPermitted) -> str:
    if isinstance(refusal, NotPermitted):
        return str(refusal)
    return "This form was sent before with something else in it. Look at it, and send it again."


def _chosen(text: str) -> tuple[str, str]:
    """Read a suggestion as the form has it: the text, and the purpose."""
    try:
        typed, purpose = json.loads(text)
    except ValueError as error:
        raise Invalid("A suggestion that was chosen cannot be read; open the page anew.") from error
    return str(typed), str(purpose)


@router.post(f"{_HERE}/{{source}}/mapping/{{what}}")
def take_answer(
    request: Request,
    installation: InstallationDep,
    official: Changer,
    unmapped: KeptUnmappedDep,
    source: SourceName,
    what: KindName,
    form: Annotated[MappingForm, Form()],
) -> Response:
    """Record an answer, or show what a pattern would match; where something is wrong, what was typed is still there."""
    typed = form.model_dump(exclude={"key", "step", "version", "name", "purpose"})
    if form.step == "try":
        with installation.read() as work:
            matched = try_pattern(work.session, work.settings, source, form.pattern)
        tried = Tried(form.name, typed, {} if form.pattern.strip() else {"pattern": "Write a pattern."}, matched)
        return _show(request, installation, official, unmapped, source, what, form.purpose, tried=tried)
    asked = AnsweredMapping(source=source, what=what, **form.model_dump(exclude={"key", "step", "purpose"}))
    try:
        once(
            *(installation, official, form.key, asked),
            lambda work: answer_mapping(installation, work, official, asked),
        )
    except InvalidFields as invalid:
        return _show(
            *(request, installation, official, unmapped, source, what, form.purpose),
            tried=Tried(form.name, typed, invalid.faults),
        )
    except (KeyUsed, NotPermitted) as refusal:
        faults = {"name": _in_words(refusal)}
        return _show(
            request, installation, official, unmapped, source, what, form.purpose, tried=Tried(form.name, typed, faults)
        )
    return _answered(source, what, form.key, form.purpose)


def _answered(source: str, what: str, key: str, purpose: str) -> RedirectResponse:
    query = urlencode({"what": what, "answered": key} | ({"purpose": purpose} if purpose else {}))
    return RedirectResponse(f"{_HERE}/{quote(source, safe='')}/mapping?{query}", HTTPStatus.SEE_OTHER)


def _show(
    request: Request,
    installation: Installation,
    official: SignedIn,
    unmapped: KeptUnmapped,
    source: str,
    what: str,
    purpose: str,
    *,
    offset: int = 0,
    tried: Tried | None = None,
    answered: str = "",
) -> HTMLResponse:
    with installation.read() as work:
        said = str(answer_of(work.session, official, answered).get("said", ""))
        page = _page(work, official, unmapped, source, what, offset, tried or Tried(), said, purpose.strip())
        work.session.expunge_all()
    faults: Mapping[str, str] = page.tried.faults
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    title = f"{'Error: ' if faults else ''}What maps to nothing: {source}"
    return render(request, "app/mapping.html", page, title=title, official=official, here=_HERE, status=status)


def _page(
    work: Work,
    official: SignedIn,
    kept: KeptUnmapped,
    name: str,
    what: str,
    offset: int,
    tried: Tried,
    said: str,
    purpose: str,
) -> MappingPage:
    source = find_source(work.session, name)
    unmapped = kept.of(work, name, official.limits)
    counts = {kind: len(getattr(unmapped, kind)) for kind in KINDS}
    kind = what if what in KINDS else next((kind for kind in KINDS if counts[kind]), KINDS[0])
    unmapped = shown_for(unmapped, kind, purpose)
    purposes = sorted(unmapped.described) if kind == "purposes" else []
    names = getattr(unmapped, kind)
    return MappingPage(
        describe_source(work.session, source, work.settings.data_dir),
        kind,
        counts,
        asked_of(work, kind, unmapped, offset, tried.name),
        counts[kind],
        sum(one.accesses for one in names),
        sum(bool(one.machine) for one in names),
        offset,
        work.zone,
        official.may("change", "mappings"),
        tried,
        said,
        choices_of(work, kind, purposes),
        source_version(work.session, source).strip('"'),
        secrets.token_urlsafe(16),
        purpose if kind == "purposes" else "",
    )
