"""The officials of an installation: found, added, changed; two offices are never left empty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from config.addresses import NO_ADDRESS, is_address
from config.errors import Conflict, Invalid, NotFound
from config.officials.limits import UNLIMITED, Limits
from config.officials.logins import checked_login
from config.officials.models import Official
from config.officials.permissions import Role, scope_of
from config.officials.sessions import end_all_of
from config.recorded import current
from config.texts import compare_form, listed

_NEVER_EMPTY = (Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICIAL)


@dataclass(frozen=True)
class OfficialRequest:
    """Who is to use the service.

    Args:
        password: Its hash; empty where nobody can sign in with one yet.
        limits: The months and sources that an auditor may read of.
        email: Where notices are sent; empty = nowhere.
        subject: Who they are to the identity provider; empty where they do not come from it.
    """

    login: str
    name: str
    roles: Sequence[str]
    employee_id: str = ""
    password: str = ""
    limits: Limits = UNLIMITED
    email: str = ""
    subject: str = ""


def find_official(session: Session, login: str) -> Official | None:
    """Give an official as they stand, disabled or not; None where nobody has the login."""
    chosen = (Official.login == compare_form(login), current(Official))
    return session.exec(select(Official).where(*chosen)).first()


def all_officials(session: Session) -> Sequence[Official]:
    """Give all officials by their logins."""
    return session.exec(select(Official).where(current(Official)).order_by(col(Official.login))).all()


def add_official(session: Session, request: OfficialRequest, *, now: datetime, by: str) -> Official:
    """Let a person use the service.

    Raises:
        Invalid: The login is none, a role is none, or the address is none.
        Conflict: Somebody has the login.
    """
    login = checked_login(request.login)
    if find_official(session, login) is not None:
        raise Conflict(f"{login} is the login of an official already; change that one, or choose another login.")
    limited = columns_of_limits(request.limits, request.roles)
    added = Official(
        login=login,
        name=" ".join(request.name.split()) or login,
        roles=";".join(checked_roles(request.roles)),
        employee_id=request.employee_id,
        password=request.password,
        months=limited["months"],
        sources=limited["sources"],
        email=checked_address(request.email),
        subject=request.subject,
        recorded_at=now,
        recorded_by=by,
    )
    session.add(added)
    session.flush()
    return added


def change_official(session: Session, login: str, *, now: datetime, by: str, **changes: object) -> Official:
    """Change what stands of an official; who was signed in has to sign in again.

    Args:
        changes: Columns of `Official` with what they are to hold.

    Raises:
        NotFound: Nobody has the login.
        Conflict: Nobody would be left to do what only this official can.
    """
    changed = _put_in_place(session, login, changes, now=now, by=by)
    end_all_of(session, changed.login, now=now)
    session.flush()
    return changed


def give_address(session: Session, login: str, address: str, *, now: datetime, by: str) -> Official:
    """Let an official's notices be sent to another address, or nowhere; whoever is signed in stays so.

    Raises:
        NotFound: Nobody has the login.
        Invalid: The address is none.
    """
    changed = _put_in_place(session, login, {"email": checked_address(address)}, now=now, by=by)
    session.flush()
    return changed


def _put_in_place(session: Session, login: str, changes: Mapping[str, object], *, now: datetime, by: str) -> Official:
    standing = find_official(session, login)
    if standing is None:
        logins = [official.login for official in all_officials(session)]
        raise NotFound(f'No official has the login "{login}". The logins are: {listed(logins, 20) or "none"}.')
    said = {**standing.model_dump(exclude={"id", "superseded_at", "superseded_by"}), **changes}
    changed = Official(**{**said, "recorded_at": now, "recorded_by": by})
    _refuse_empty_office(session, standing, changed)
    standing.superseded_at, standing.superseded_by = now, by
    session.add(changed)
    return changed


def checked_address(text: str) -> str:
    """Give an address without the blanks around it; empty where there is none.

    Raises:
        Invalid: It is no address.
    """
    address = text.strip()
    if address and not is_address(address):
        raise Invalid(NO_ADDRESS)
    return address


def limits_of(official: Official) -> Limits:
    """Give the months and sources to which an official is limited: none where another role than auditor reads all."""
    limits = Limits(*(frozenset(filter(None, text.split(";"))) for text in (official.months, official.sources)))
    others = [role for role in official.roles.split(";") if role != Role.AUDITOR]
    return limits if limits and scope_of(others, "read", "findings") is None else UNLIMITED


def limit_auditor(session: Session, login: str, limits: Limits, *, now: datetime, by: str) -> Official:
    """Limit an auditor to months and sources, or to none any more.

    Raises:
        NotFound: Nobody has the login.
        Invalid: The official is no auditor.
    """
    official = find_official(session, login)
    roles = official.roles.split(";") if official else [Role.AUDITOR]
    return change_official(session, login, now=now, by=by, **columns_of_limits(limits, roles))


def columns_of_limits(limits: Limits, roles: Sequence[str]) -> dict[str, str]:
    """Give the columns of an official of these roles that keep their limits.

    Raises:
        Invalid: They are no auditor.
    """
    if limits and Role.AUDITOR not in checked_roles(roles):
        raise Invalid("Only an auditor is limited to months and sources.")
    return {"months": ";".join(sorted(limits.months)), "sources": ";".join(sorted(limits.sources))}


def checked_roles(roles: Sequence[str]) -> list[str]:
    """Give roles in their stated order, each once.

    Raises:
        Invalid: There is none, or one is no role.
    """
    asked = {compare_form(role).replace(" ", "_").replace("-", "_") for role in roles}
    unknown = asked - set(Role)
    if unknown or not asked:
        raise Invalid(f"{listed(sorted(unknown), 5) or 'Nothing'} is no role; the roles are {', '.join(Role)}.")
    return [role for role in Role if role in asked]


def _refuse_empty_office(session: Session, standing: Official, changed: Official) -> None:
    for role in _NEVER_EMPTY:
        if not _holds(standing, role) or _holds(changed, role):
            continue
        others = [other for other in all_officials(session) if other.login != standing.login and _holds(other, role)]
        if not others:
            raise Conflict(f"{standing.login} is the last official who is {role}; give the role to another one first.")


def _holds(official: Official, role: Role) -> bool:
    return not official.disabled and role in official.roles.split(";")
