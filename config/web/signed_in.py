"""Who asks: the official whom a session's cookie or a token proves, and what they may do here."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Request

from config.errors import NotPermitted
from config.officials.officials import find_official
from config.officials.permissions import Scope, scope_of
from config.officials.sessions import find_session, is_to_be_noted, note_seen
from config.work import Installation

SESSION_COOKIE = "__Host-session"


class NotSignedIn(NotPermitted):
    """Nobody is signed in; a page sends to the sign-in, the API answers 401."""


@dataclass(frozen=True)
class SignedIn:
    """The official who asks.

    Args:
        scope: How far they reach with what the route is for.
    """

    login: str
    name: str
    roles: tuple[str, ...]
    employee_id: str
    scope: Scope = Scope.OWN

    def may(self, act: str, thing: str) -> bool:
        """Say whether they may do an act to some of a thing."""
        return scope_of(self.roles, act, thing) is not None


def installation_of(request: Request) -> Installation:
    """Give the installation that the service runs on."""
    installation: Installation = request.app.state.installation
    return installation


InstallationDep = Annotated[Installation, Depends(installation_of)]


def signed_in(request: Request) -> SignedIn:
    """Give who is signed in.

    Raises:
        NotSignedIn: Nobody is, or the session has ended.
    """
    found = find_signed_in(request)
    if found is None:
        raise NotSignedIn("Sign in first; a session ends after half an hour without use.")
    return found


def find_signed_in(request: Request) -> SignedIn | None:
    """Give who is signed in, if anybody is."""
    token = request.cookies.get(SESSION_COOKIE, "")
    if not token:
        return None
    installation = installation_of(request)
    with installation.read() as work:
        session = find_session(work.session, token, now=work.now)
        official = find_official(work.session, session.login) if session else None
        if session is None or official is None or official.disabled:
            return None
        found = SignedIn(official.login, official.name, tuple(official.roles.split(";")), official.employee_id)
        is_due = is_to_be_noted(session, work.now)
    if is_due:
        with installation.change() as work:
            note_seen(work.session, token, now=work.now)
    return found


class OfficialWhoMay:
    """Lets a route be asked only by officials who may do an act to a thing; the suite walks all routes by this."""

    def __init__(self, act: str, thing: str) -> None:
        self.act, self.thing = act, thing

    def __call__(self, official: Annotated[SignedIn, Depends(signed_in)]) -> SignedIn:
        """Give the official with how far they reach.

        Raises:
            NotPermitted: None of their roles may do this.
        """
        scope = scope_of(official.roles, self.act, self.thing)
        if scope is None:
            roles = ", ".join(role.replace("_", " ") for role in official.roles)
            raise NotPermitted(f"Your role here ({roles}) may not {self.act} {self.thing}.")
        return replace(official, scope=scope)


def official_who_may(act: str, thing: str) -> Callable[..., SignedIn]:
    """Make what a route depends on: an official who may do an act to a thing (the policy file names both)."""
    return Depends(OfficialWhoMay(act, thing))  # type: ignore[no-any-return]  # FastAPI's own marker
