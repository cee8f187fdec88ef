"""Officials over JSON: who may use the service, as what, and with which tokens."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from app.officials.named_employee import employee_of_field
from audit.logs.find_source import find_source
from config.clock import read_end
from config.errors import Conflict, Invalid, InvalidFields, NotFound
from config.officials.limits import Limits, read_months
from config.officials.models import ApiToken, Official
from config.officials.officials import (
    OfficialRequest,
    add_official,
    all_officials,
    change_official,
    checked_address,
    checked_roles,
    columns_of_limits,
    find_official,
)
from config.officials.passwords import hash_password
from config.officials.permissions import ACTS, Role
from config.officials.second_factor import factor_of, remove_factor
from config.officials.tokens import make_token, tokens_of
from config.texts import shortened
from config.web.paging import Listed
from config.web.signed_in import InstallationDep, SignedIn, official_who_may, refuse_token
from config.web.versions import NamedVersion, check_version, version_of
from config.work import Work

router = APIRouter(prefix="/api/v1/officials", tags=["officials"])
Reader = Annotated[SignedIn, official_who_may("read", "officials")]
Changer = Annotated[SignedIn, official_who_may("change", "officials")]
Login = Annotated[str, Path(max_length=200, pattern=r"^[^\x00]*$")]
_Month = Annotated[str, Field(max_length=20, examples=["2025-03", "2025-01..2025-06"])]
_Source = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
# an auditor reads of these alone; none = of all
Months = Annotated[list[_Month], Field(max_length=200)]
Sources = Annotated[list[_Source], Field(max_length=1_000)]
Email = Annotated[str, Field(max_length=1_000, description="Where notices are sent; empty = nowhere.")]
_Act = Annotated[str, Field(json_schema_extra={"enum": list(ACTS)})]


class OfficialBody(BaseModel):
    """What an official is: name, roles, whose employee they are, and whether they may use the service at all."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(default="", max_length=200, pattern=r"^[^\x00]*$")
    roles: list[Role] = Field(min_length=1)
    employee_id: str = Field(default="", max_length=200, pattern=r"^[^\x00]*$")
    disabled: bool = False
    months: Months = Field(default_factory=list)
    sources: Sources = Field(default_factory=list)
    email: Email = ""


class Password(BaseModel):
    """A password: at least 15 characters, 8 beside a second factor, and none of those that are tried first."""

    model_config = ConfigDict(extra="forbid")

    password: str = Field(max_length=200)


class NewOfficial(BaseModel):
    """A person who is to use the service."""

    model_config = ConfigDict(extra="forbid")

    login: str = Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")
    name: str = Field(default="", max_length=200, pattern=r"^[^\x00]*$")
    roles: list[Role] = Field(min_length=1)
    employee_id: str = Field(default="", max_length=200, pattern=r"^[^\x00]*$")
    password: str = Field(default="", max_length=200, description="Empty = nobody can sign in with one yet.")
    months: Months = Field(default_factory=list)
    sources: Sources = Field(default_factory=list)
    email: Email = ""


class OfficialView(BaseModel):
    """An official as they stand."""

    login: str
    name: str
    roles: list[Role]
    employee_id: str
    disabled: bool
    second_factor: bool = Field(description="Whether a code is asked for beside the password.")
    months: list[str]
    sources: list[str]
    email: str
    recorded_at: datetime
    recorded_by: str


class TokenAsked(BaseModel):
    """For how long a token is to serve, and for which acts; none = all that the official may."""

    model_config = ConfigDict(extra="forbid")

    expires: str = Field(min_length=1, max_length=60, description="The last day on which it serves, or an instant.")
    acts: list[_Act] = Field(default_factory=list)


class TokenView(BaseModel):
    """A token of an official's; the token itself was shown when it was made, and cannot be shown again."""

    acts: list[str]
    made_at: datetime
    made_by: str
    expires_at: datetime
    used_at: datetime | None
    ended_at: datetime | None


class MadeToken(BaseModel):
    """A new token, shown only now."""

    token: str


@router.get("")
def list_officials(installation: InstallationDep, official: Reader) -> Listed[OfficialView]:  # noqa: ARG001 - who may
    """List who may use the service, or might once, by login."""
    with installation.read() as work:
        return Listed(items=[_view(work.session, one) for one in all_officials(work.session)], next=None)


@router.post("", status_code=HTTPStatus.CREATED)
def create_official(
    installation: InstallationDep, official: Changer, asked: NewOfficial, response: Response
) -> OfficialView:
    """Let a person use the service; a login that somebody has is refused, so sent twice it is done once."""
    password = hash_password(asked.password, about=(asked.login, asked.name)) if asked.password else ""
    with installation.change() as work:
        limits = _limits(work, asked.months, asked.sources)
        employee = employee_of_field(work, asked.employee_id)
        request = OfficialRequest(
            asked.login, asked.name, asked.roles, employee, password, limits, _address(asked.email)
        )
        added = add_official(work.session, request, now=work.now, by=official.login)
        response.headers["Location"] = f"{router.prefix}/{quote(added.login, safe='')}"
        return _answered(work.session, added, response)


@router.get("/{login}")
def show_official(
    installation: InstallationDep,
    official: Reader,  # noqa: ARG001 - who may
    login: Login,
    response: Response,
) -> OfficialView:
    """Show an official."""
    with installation.read() as work:
        return _answered(work.session, _find(work.session, login), response)


@router.put("/{login}")
def put_official(
    installation: InstallationDep,
    official: Changer,
    login: Login,
    version: NamedVersion,
    asked: OfficialBody,
    response: Response,
) -> OfficialView:
    """Change what an official is; who was signed in has to sign in again.

    The last administrator and the last compliance official cannot be removed.
    """
    with installation.change() as work:
        standing = _find(work.session, login)
        check_version(version, _version(standing))
        limits = columns_of_limits(_limits(work, asked.months, asked.sources), asked.roles)
        roles, name = ";".join(checked_roles(asked.roles)), asked.name or standing.name
        said = asked.model_dump() | limits | {"roles": roles, "name": name, "email": _address(asked.email)}
        said["employee_id"] = employee_of_field(work, asked.employee_id)
        if all(getattr(standing, name) == value for name, value in said.items()):
            raise Conflict(f"{standing.login} is just this already; nothing was changed.")
        changed = change_official(work.session, login, now=work.now, by=official.login, **said)
        return _answered(work.session, changed, response)


@router.post("/{login}/password")
def put_password(
    installation: InstallationDep,
    official: Changer,
    login: Login,
    version: NamedVersion,
    asked: Password,
    response: Response,
) -> OfficialView:
    """Give an official a new password; who was signed in has to sign in again. A token does not serve for it."""
    refuse_token(official)
    with installation.read() as work:
        standing = _find(work.session, login)
        name, has_factor = standing.name, factor_of(work.session, standing.login) is not None
    hashed = hash_password(asked.password, about=(login, name), has_factor=has_factor)
    with installation.change() as work:
        check_version(version, _version(_find(work.session, login)))
        changed = change_official(work.session, login, now=work.now, by=official.login, password=hashed)
        return _answered(work.session, changed, response)


@router.delete("/{login}/second-factor", status_code=HTTPStatus.NO_CONTENT)
def delete_second_factor(installation: InstallationDep, official: Changer, login: Login, version: NamedVersion) -> None:
    """Take an official's second factor away, if there is one, to be set up anew; who was signed in signs in again."""
    with installation.change() as work:
        standing = _find(work.session, login)
        check_version(version, _version(standing))
        if factor_of(work.session, standing.login) is not None:
            remove_factor(work.session, standing.login, now=work.now, by=official.login)


@router.get("/{login}/tokens")
def list_tokens(
    installation: InstallationDep,
    official: Reader,  # noqa: ARG001 - who may
    login: Login,
) -> Listed[TokenView]:
    """List an official's tokens, the newest first: for what they serve, until when, and when they last did."""
    with installation.read() as work:
        found = tokens_of(work.session, _find(work.session, login).login)
        return Listed(items=[_token_view(one) for one in found], next=None)


@router.post("/{login}/tokens", status_code=HTTPStatus.CREATED)
def create_token(installation: InstallationDep, official: Changer, login: Login, asked: TokenAsked) -> MadeToken:
    """Make a token by which another system may ask in the official's name; sent twice, there are two of them.

    Who asks by a token themselves is refused: it would outlast the day until which it serves.
    """
    refuse_token(official)
    with installation.change() as work:
        try:
            expires_at = read_end(asked.expires, work.zone)
        except ValueError as error:
            raise InvalidFields({"expires": f"This cannot be read; expected {error}."}) from error
        made = make_token(work.session, login, expires_at=expires_at, acts=asked.acts, now=work.now, by=official.login)
        return MadeToken(token=made)


def _find(session: Session, login: str) -> Official:
    found = find_official(session, login)
    if found is None:
        raise NotFound(f'No official has the login "{shortened(login)}".')
    return found


def _limits(work: Work, months: list[str], sources: list[str]) -> Limits:
    named = (find_source(work.session, source).name for source in sources)
    return Limits(frozenset(read_months(months)), frozenset(named))


def _address(text: str) -> str:
    try:
        return checked_address(text)
    except Invalid as invalid:
        raise InvalidFields({"email": str(invalid)}) from invalid


def _version(official: Official) -> str:
    return version_of("official", official.id)


def _answered(session: Session, official: Official, response: Response) -> OfficialView:
    response.headers["ETag"] = _version(official)
    return _view(session, official)


def _view(session: Session, official: Official) -> OfficialView:
    shown = official.model_dump(include=set(OfficialView.model_fields) - {"roles"})
    limits = {name: list(filter(None, getattr(official, name).split(";"))) for name in ("months", "sources")}
    second_factor = factor_of(session, official.login) is not None
    return OfficialView(**shown | limits, roles=official.roles.split(";"), second_factor=second_factor)


def _token_view(token: ApiToken) -> TokenView:
    return TokenView(**token.model_dump(include=set(TokenView.model_fields)) | {"acts": token.acts.split(";")})
