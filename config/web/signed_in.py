"""Who asks: the official whom a session's cookie or a token proves, and what they may do here."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Request

from config.errors import NotPermitted
from config.officials import sessions, tokens
from config.officials.officials import find_official
from config.officials.permissions import Scope, scope_of
from config.work import Installation, Work

SESSION_COOKIE = "__Host-session"


class NotSignedIn(NotPermitted):
    """Nobody is signed in; a page sends to the sign-in, the API answers 401."""


@dataclass(frozen=True)
class SignedIn:
    """The official who asks.

    Args:
        acts: For which acts the token that they showed serves; None = for all that they may.
        scope: How far they reach with what the route is for.
    """

    login: str
    name: str
    roles: tuple[str, ...]
    employee_id: str
    acts: frozenset[str] | None = None
    scope: Scope = Scope.OWN

    def may(self, act: str, thing: str) -> bool:
        """Say whether they may do an act to some of a thing."""
        return self.reach(act, thing) is not None

    def reach(self, act: str, thing: str) -> Scope | None:
        """Say how far they reach with an act; None where they may not do it at all."""
        return None if self.acts is not None and act not in self.acts else scope_of(self.roles, act, thing)


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
    """Give who is signed in, or whose token the request bears, if there is anybody."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.casefold() == "bearer":
        return _by_token(installation_of(request), token.strip())
    session = request.cookies.get(SESSION_COOKIE, "")
    return _by_session(installation_of(request), session) if session else None


def _by_session(installation: Installation, token: str) -> SignedIn | None:
    with installation.read() as work:
        found = sessions.find_session(work.session, token, now=work.clock)
        official = _standing(work, found.login) if found else None
        is_due = found is not None and sessions.is_to_be_noted(found, work.clock)
    if official is not None and is_due:
        with installation.aside() as work:
            sessions.note_seen(work.session, token, now=work.clock)
    return official


def _by_token(installation: Installation, token: str) -> SignedIn | None:
    with installation.read() as work:
        found = tokens.find_token(work.session, token, now=work.clock)
        official = _standing(work, found.login) if found else None
        is_due = found is not None and tokens.is_to_be_noted(found, work.clock)
        acts = None if found is None or found.acts == "*" else frozenset(found.acts.split(";"))
    if official is not None and is_due:
        with installation.aside() as work:
            tokens.note_used(work.session, token, now=work.clock)
    return replace(official, acts=acts) if official else None


def _standing(work: Work, login: str) -> SignedIn | None:
    official = find_official(work.session, login)
    if official is None or official.disabled:
        return None
    return SignedIn(official.login, official.name, tuple(official.roles.split(";")), official.employee_id)


class OfficialWhoMay:
    """Lets a route be asked only by officials who may do an act to a thing; the suite walks all routes by this."""

    def __init__(self, act: str, thing: str) -> None:
        self.act, self.thing = act, thing

    def __call__(self, official: Annotated[SignedIn, Depends(signed_in)]) -> SignedIn:
        """Give the official with how far they reach.

        Raises:
            NotPermitted: None of their roles may do this.
        """
        scope = official.reach(self.act, self.thing)
        if scope is None:
            roles = ", ".join(role.replace("_", " ") for role in official.roles)
            raise NotPermitted(f"Your role here ({roles}) may not {self.act} {self.thing}.")
        return replace(official, scope=scope)


def official_who_may(act: str, thing: str) -> Callable[..., SignedIn]:
    """Make what a route depends on: an official who may do an act to a thing (the policy file names both)."""
    return Depends(OfficialWhoMay(act, thing))  # type: ignore[no-any-return]  # FastAPI's own marker
