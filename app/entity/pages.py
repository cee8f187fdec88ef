"""The page of the entity: how it is described, and what its policies and its published inventory say besides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from app.entity.api import Changer, Reader, details_version, entity_version
from config.errors import Conflict, Invalid, InvalidFields
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn
from config.work import Installation, Work
from inventory.entity_details import DETAILS, Detail, Readers, entity_details, state_details
from inventory.models import Entity
from inventory.queries import the_entity
from inventory.set_up_entity import EntityRequest, describe_entity

router = APIRouter()
_HERE = "/entity"
_DESCRIBED = {
    "name": "Name",
    "responsible_authority": "Responsible authority's name",
    "responsible_authority_title": "Responsible authority's title",
    "responsible_authority_address": "Responsible authority's address",
    "compliance_official": "Compliance official's name",
}


@dataclass(frozen=True)
class EntityPage:
    """Everything entity.html shows.

    Args:
        version: Of the description and the details that the form was made of.
        filled: What stands in the fields; `faults`, what is wrong there.
    """

    entity: Entity
    version: str
    filled: Mapping[str, str]
    may_change: bool
    faults: Mapping[str, str] = field(default_factory=dict)
    described: Mapping[str, str] = field(default_factory=lambda: _DESCRIBED)
    details: Mapping[str, Detail] = field(default_factory=lambda: DETAILS)
    readers: tuple[str, ...] = tuple(Readers)


@router.get(_HERE, response_class=HTMLResponse)
def show_entity(request: Request, installation: InstallationDep, official: Reader) -> HTMLResponse:
    """Show how the entity is described, and what its policies say."""
    return _show(request, installation, official, {}, {})


@router.post(_HERE)
async def take_entity(request: Request, installation: InstallationDep, official: Changer) -> Response:
    """Describe the entity otherwise, or show the form again with what is wrong at its field."""
    form = {name: str(text) for name, text in (await request.form()).items()}
    return await run_in_threadpool(_take, request, installation, official, form)


def _take(request: Request, installation: Installation, official: SignedIn, form: Mapping[str, str]) -> Response:
    typed = {name: form[name] for name in (*_DESCRIBED, *DETAILS) if name in form}
    try:
        with installation.change() as work:
            _refuse_stale(work, form.get("version", ""))
            described = EntityRequest(**{name: typed[name].strip() for name in _DESCRIBED if name in typed})
            describe_entity(work.session, described, now=work.now, by=official.login)
            details = {name: typed[name] for name in DETAILS if name in typed}
            state_details(work.session, details, now=work.now, by=official.login)
    except InvalidFields as invalid:
        return _show(request, installation, official, typed, invalid.faults)
    except (Conflict, Invalid) as refusal:
        return _show(request, installation, official, typed, {"name": str(refusal)})
    return RedirectResponse(_HERE, HTTPStatus.SEE_OTHER)


def _show(
    request: Request,
    installation: Installation,
    official: SignedIn,
    typed: Mapping[str, str],
    faults: Mapping[str, str],
) -> HTMLResponse:
    with installation.read() as work:
        entity, details = the_entity(work.session, work.now), entity_details(work.session, work.now)
        standing = {name: str(getattr(entity, name)) for name in _DESCRIBED} | details
        page = EntityPage(entity, _version(work), {**standing, **typed}, official.may("change", "entity"), faults)
    title = f"{'Error: ' if faults else ''}{entity.name}"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "app/entity.html", page, title=title, official=official, here=_HERE, status=status)


def _refuse_stale(work: Work, version: str) -> None:
    if version != _version(work):
        raise Conflict("It was changed meanwhile. What you typed is still here; save again if it is to stand.")


def _version(work: Work) -> str:
    described = entity_version(the_entity(work.session, work.now))
    return f"{described}{details_version(entity_details(work.session, work.now))}".replace('"', "")
