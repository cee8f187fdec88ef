"""The administrator's pages of officials: all of them, a new one, and one whose roles, state and password change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi import Path as PathPart
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel

from app.officials.named_employee import employee_of_field
from config.errors import Invalid, InvalidFields, NotFound, Refusal
from config.officials.models import Official
from config.officials.officials import (
    OfficialRequest,
    add_official,
    all_officials,
    change_official,
    checked_address,
    find_official,
)
from config.officials.passwords import generated_password, hash_password
from config.officials.permissions import Role
from config.officials.second_factor import factor_of, remove_factor
from config.officials.sessions import count_sessions
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may, refuse_token
from config.web.versions import version_of
from config.work import Installation, Work

router = APIRouter()
_HERE = "/admin/officials"
Reader = Annotated[SignedIn, official_who_may("read", "officials")]
Changer = Annotated[SignedIn, official_who_may("change", "officials")]
# in an address; no database takes a NUL
Login = Annotated[str, PathPart(max_length=200, pattern=r"^[^\x00]*$")]


class OfficialForm(BaseModel):
    """The form of an official as it was sent; `act` says which button was pressed."""

    login: str = ""
    name: str = ""
    employee_id: str = ""
    email: str = ""
    roles: list[str] = []
    password: str = ""
    version: str = ""
    act: str = ""


@dataclass(frozen=True)
class OfficialsPage:
    """Everything officials.html shows.

    Args:
        sessions: How often each official is signed in, by login.
        made: Whose password was just made, and the password, shown this once.
    """

    officials: Sequence[Official]
    sessions: Mapping[str, int]
    may_change: bool
    filled: OfficialForm
    faults: Mapping[str, str] = field(default_factory=dict)
    made: tuple[str, str] = ("", "")
    roles: Sequence[str] = tuple(Role)


@dataclass(frozen=True)
class OfficialPage:
    """Everything official.html shows."""

    official: Official
    sessions: int
    may_change: bool
    filled: OfficialForm
    version: str
    faults: Mapping[str, str] = field(default_factory=dict)
    made: str = ""
    has_factor: bool = False
    roles: Sequence[str] = tuple(Role)


@router.get(_HERE, response_class=HTMLResponse)
def show_officials(request: Request, installation: InstallationDep, official: Reader) -> HTMLResponse:
    """List who may use the service."""
    return _show_all(request, installation, official, OfficialForm(), {})


@router.post(_HERE)
def take_new(
    request: Request, installation: InstallationDep, official: Changer, form: Annotated[OfficialForm, Form()]
) -> HTMLResponse:
    """Let a person use the service; a first password that was made is shown this once."""
    password = form.password or generated_password()
    try:
        roles, hashed = _checked(form), _hashed(password, form.login, form.name)
        with installation.change() as work:
            employee = employee_of_field(work, form.employee_id)
            request_ = OfficialRequest(form.login, form.name, roles, employee, hashed, email=_address(form.email))
            added = add_official(work.session, request_, now=work.now, by=official.login).login
    except Refusal as refusal:
        return _show_all(request, installation, official, form, _faults(refusal))
    made = (added, "" if form.password else password)
    return _show_all(request, installation, official, OfficialForm(), {}, made)


@router.get(f"{_HERE}/{{login}}", response_class=HTMLResponse)
def show_official(request: Request, installation: InstallationDep, official: Reader, login: Login) -> HTMLResponse:
    """Show an official."""
    return _show_one(request, installation, official, login)


@router.post(f"{_HERE}/{{login}}")
def take_change(
    request: Request,
    installation: InstallationDep,
    official: Changer,
    login: Login,
    form: Annotated[OfficialForm, Form()],
) -> Response:
    """Change an official's roles, state or password; whoever is signed in as them has to sign in again."""
    password = (form.password or generated_password()) if form.act == "password" else ""
    if password:
        refuse_token(official)
    try:
        hashed = _hashed(password, login, form.name, has_factor=_has_factor(installation, login)) if password else ""
        with installation.change() as work:
            _change(work, official, login, form, hashed)
    except NotFound:
        raise
    except Refusal as refusal:
        return _show_one(request, installation, official, login, form, _faults(refusal))
    if form.act == "password" and not form.password:
        return _show_one(request, installation, official, login, made=password)
    return RedirectResponse(f"{_HERE}/{quote(login, safe='')}", HTTPStatus.SEE_OTHER)


def _change(work: Work, official: SignedIn, login: str, form: OfficialForm, hashed: str) -> None:
    standing = _find(work, login)
    if form.version != _version(standing):
        said = f"{standing.recorded_by} changed this official meanwhile. Look at what stands now, and decide again."
        raise InvalidFields({"stale": said})
    changes: dict[str, object] = {}
    if form.act == "save":
        roles = ";".join(_checked(form))
        name = " ".join(form.name.split()) or standing.login
        changes = {"roles": roles, "name": name, "employee_id": employee_of_field(work, form.employee_id)}
        changes["email"] = _address(form.email)
    elif form.act in {"disable", "enable"}:
        changes = {"disabled": form.act == "disable"}
    elif form.act == "reset":
        remove_factor(work.session, login, now=work.now, by=official.login)
        return
    elif hashed:
        changes = {"password": hashed}
    else:
        raise Invalid("Say what is to be changed.")
    change_official(work.session, login, now=work.now, by=official.login, **changes)


def _has_factor(installation: Installation, login: str) -> bool:
    with installation.read() as work:
        return factor_of(work.session, _find(work, login).login) is not None


def _hashed(password: str, login: str, name: str, *, has_factor: bool = False) -> str:
    try:
        return hash_password(password, about=(login, name), has_factor=has_factor)
    except Invalid as invalid:
        raise InvalidFields({"password": str(invalid)}) from invalid


def _address(text: str) -> str:
    try:
        return checked_address(text)
    except Invalid as invalid:
        raise InvalidFields({"email": str(invalid)}) from invalid


def _checked(form: OfficialForm) -> list[str]:
    roles = [role for role in Role if role in form.roles]
    if not roles:
        raise InvalidFields({"roles": "Choose at least one role; to let nobody use this login, disable it."})
    return [*roles]


def _faults(refusal: Refusal) -> Mapping[str, str]:
    return refusal.faults if isinstance(refusal, InvalidFields) else {"login": str(refusal)}


def _find(work: Work, login: str) -> Official:
    found = find_official(work.session, login)
    if found is None:
        raise NotFound("There is no such official.")
    return found


def _version(official: Official) -> str:
    return version_of(official.login, official.id).strip('"')


def _show_all(
    request: Request,
    installation: Installation,
    official: SignedIn,
    filled: OfficialForm,
    faults: Mapping[str, str],
    made: tuple[str, str] = ("", ""),
) -> HTMLResponse:
    with installation.read() as work:
        sessions = count_sessions(work.session, now=work.clock)
        officials = all_officials(work.session)
        work.session.expunge_all()
    page = OfficialsPage(officials, sessions, official.may("change", "officials"), filled, faults, made)
    return _render(request, "app/officials.html", page, "Officials", official, is_at_fault=bool(faults))


def _show_one(
    request: Request,
    installation: Installation,
    official: SignedIn,
    login: str,
    form: OfficialForm | None = None,
    faults: Mapping[str, str] | None = None,
    made: str = "",
) -> HTMLResponse:
    with installation.read() as work:
        found = _find(work, login)
        sessions = count_sessions(work.session, now=work.clock)[found.login]
        has_factor = factor_of(work.session, found.login) is not None
        work.session.expunge_all()
    stands = OfficialForm(
        name=found.name, employee_id=found.employee_id, email=found.email, roles=found.roles.split(";")
    )
    filled = form if form is not None and form.act == "save" else stands
    may_change = official.may("change", "officials")
    page = OfficialPage(found, sessions, may_change, filled, _version(found), faults or {}, made, has_factor)
    return _render(request, "app/official.html", page, f"Official {found.login}", official, is_at_fault=bool(faults))


def _render(
    request: Request, template: str, page: object, title: str, official: SignedIn, *, is_at_fault: bool
) -> HTMLResponse:
    title = f"Error: {title}" if is_at_fault else title
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_at_fault else HTTPStatus.OK
    return render(request, template, page, title=title, official=official, here=_HERE, status=status)
