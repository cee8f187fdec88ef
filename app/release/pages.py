"""The page of a source's release: what is decided of each column of its audit trail, and what was handed out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from http import HTTPStatus
from typing import Annotated, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from app.logs.pages import Reader, SourceName
from app.release.kept_trail import KeptTrail, find_trail, keep_trail
from app.release.views import ColumnView, admitted_source, column_views, release_version
from audit.logs.release_models import Release
from audit.logs.releasing.say_trail import list_exports, say_decided_then, say_export
from audit.logs.releasing.state_release import Decision, state_release
from audit.logs.releasing.suggested_releases import SUGGESTED
from config.clock import read_date
from config.errors import Conflict, Invalid
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation

router = APIRouter()
_HERE = "/logs/{source}/release"
Decider = Annotated[SignedIn, official_who_may("change", "report releases")]
Exporter = Annotated[SignedIn, official_who_may("export", "report releases")]
Typed = Annotated[str, Form(max_length=2_000)]


class Written(NamedTuple):
    """What was handed out, in words, and what was decided of the columns then."""

    said: str
    decided: Sequence[str]


@dataclass(frozen=True)
class ReleasePage:
    """Everything that source_release.html shows.

    Args:
        exported: What was handed out.
        version: Of what is decided.
        filled: What stands in the forms, by field; `faults`, what is wrong there.
    """

    source: str
    columns: Sequence[ColumnView]
    exported: Sequence[Written]
    may_decide: bool
    may_export: bool
    version: str
    filled: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)
    decisions: Sequence[str] = tuple(one.value for one in Release)
    suggested: Sequence[str] = SUGGESTED

    @property
    def names(self) -> list[str]:
        """The columns on which can be decided."""
        return [one.column for one in self.columns]


@dataclass(frozen=True)
class WrittenPage:
    """Everything that release_written.html shows."""

    trail: KeptTrail


@router.get(_HERE, response_class=HTMLResponse)
def show_release(request: Request, installation: InstallationDep, official: Reader, source: SourceName) -> HTMLResponse:
    """Show what is decided of each column of a source's audit trail, and what was handed out."""
    return _show(request, installation, official, source, {}, {})


@router.post(_HERE)
def take_decision(
    request: Request,
    installation: InstallationDep,
    official: Decider,
    source: SourceName,
    column: Typed = "",
    decision: Typed = "",
    citation: Typed = "",
    decided_by: Typed = "",
    decided_on: Typed = "",
    version: Typed = "",
) -> Response:
    """Enter what is decided of a column, or show the form again with what is wrong."""
    typed = {"column": column, "decision": decision, "citation": citation}
    typed |= {"decided_by": decided_by, "decided_on": decided_on}
    try:
        if decision not in set(Release):
            raise Invalid("Choose whether the column is released, masked or withheld.")  # noqa: TRY301 - said as the others
        asked = Decision(Release(decision), citation, decided_by, _day(decided_on))
        with installation.change() as work:
            name = admitted_source(work, official, source)
            if version != release_version(work.session, name).strip('"'):
                raise Conflict("It was changed meanwhile. What you typed is still here; save again if it is to stand.")  # noqa: TRY301 - the same
            state_release(replace(work, by=official.login), name, column, asked)
    except (Invalid, Conflict) as refusal:
        return _show(request, installation, official, source, typed, {"column": str(refusal)})
    return RedirectResponse(f"/logs/{quote(source, safe='')}/release", HTTPStatus.SEE_OTHER)


@router.post(f"{_HERE}/export")
def take_export(
    request: Request,
    installation: InstallationDep,
    official: Exporter,
    source: SourceName,
    first: Typed = "",
    last: Typed = "",
) -> Response:
    """Write the accesses of some days as decided, or show the page again with what is wrong."""
    try:
        key = keep_trail(installation, official, source, _day(first), _day(last))
    except (Invalid, Conflict) as refusal:
        typed = {"first": first, "last": last}
        return _show(request, installation, official, source, typed, {"first": str(refusal)})
    return RedirectResponse(f"/logs/{quote(source, safe='')}/release/written/{key}", HTTPStatus.SEE_OTHER)


@router.get(f"{_HERE}/written/{{key}}", response_class=HTMLResponse)
def show_written(
    request: Request, installation: InstallationDep, official: Exporter, source: SourceName, key: str
) -> HTMLResponse:
    """Show the receipt of a trail that was written, with the file beside it."""
    page = WrittenPage(find_trail(installation, official, source, key))
    title = f"The trail of {source} is written"
    return render(request, "app/release_written.html", page, title=title, official=official, here="/logs")


@router.get(f"{_HERE}/written/{{key}}/file", response_class=FileResponse)
def give_written(installation: InstallationDep, official: Exporter, source: SourceName, key: str) -> FileResponse:
    """Give a trail that was written."""
    return find_trail(installation, official, source, key).file


def _show(
    request: Request,
    installation: Installation,
    official: SignedIn,
    source: str,
    typed: Mapping[str, str],
    faults: Mapping[str, str],
) -> HTMLResponse:
    with installation.read() as work:
        name = admitted_source(work, official, source)
        page = ReleasePage(
            name,
            column_views(work.session, name),
            [Written(say_export(one, work.zone), say_decided_then(one)) for one in list_exports(work.session, name)],
            official.may("change", "report releases"),
            official.may("export", "report releases"),
            release_version(work.session, name).strip('"'),
            typed,
            faults,
        )
    title = f"{'Error: ' if faults else ''}Release of {source}"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "app/source_release.html", page, title=title, official=official, here="/logs", status=status)


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return read_date(text)
    except ValueError as error:
        raise Invalid(f'"{text}" is no day; expected {error}.') from error
