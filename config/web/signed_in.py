"""Who asks: the official whom a session's cookie or a token proves, and what they may do here."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, NamedTuple

from fastapi import Depends, Request
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from config.database_state import DatabaseState
from config.errors import NotPermitted
from config.looks import LetIn, note_let_in
from config.officials import sessions, tokens
from config.officials.limits import UNLIMITED, Limits
from config.officials.models import Official
from config.officials.officials import find_official, limits_of
from config.officials.permissions import Scope, scope_of
from config.officials.sessions import token_sha256
from config.work import Installation, Work

SESSION_COOKIE = "__Host-session"


class NotSignedIn(NotPermitted):
    """Nobody is signed in; a page sends to the sign-in, the API answers 401."""


class SecondFactorMissing(NotPermitted):
    """The session serves to set up a second factor, and for nothing else; a page sends there."""


@dataclass(frozen=True)
class SignedIn:
    """The official who asks.

    Args:
        acts: For which acts the token that they showed serves; None = for all that they may.
        scope: How far they reach with what the route is for.
        limits: The months and sources of which they may read what was found and decided.
        needs_factor: Whether they have to set up a second factor before they may do anything else.
        by_token: Whether they show a token, rather than a session that began with a password or at the provider.
    """

    login: str
    name: str
    roles: tuple[str, ...]
    employee_id: str
    acts: frozenset[str] | None = None
    scope: Scope = Scope.OWN
    limits: Limits = UNLIMITED
    needs_factor: bool = False
    by_token: bool = False

    def may(self, act: str, thing: str) -> bool:
        """Say whether they may do an act to some of a thing."""
        return self.reach(act, thing) is not None

    def reach(self, act: str, thing: str) -> Scope | None:
        """Say how far they reach with an act; None where they may not do it at all."""
        return None if self.acts is not None and act not in self.acts else scope_of(self.roles, act, thing)


@dataclass(frozen=True)
class Proven:
    """Whom a session or a token proves, and until when that holds if nothing in the database changes."""

    official: SignedIn
    until: datetime


class Recognised:
    """Whom the tokens of one state of the database prove; whatever is committed, nobody is recognised from memory."""

    def __init__(self, engine: Engine) -> None:
        self._state = DatabaseState(engine)
        self._proven: tuple[Hashable, dict[str, Proven]] = (None, {})

    async def state(self, request: Request) -> Hashable:
        """Give the state of the database at some moment since the request came."""
        given: Hashable = getattr(request.state, "database", None)
        if given is None:
            ask = self._state.now
            request.state.database = given = ask() if self._state.is_at_hand else await run_in_threadpool(ask)
        return given

    def find(self, state: Hashable, shown: "Shown", now: datetime) -> SignedIn | None:
        """Give who was recognised in a state of the database by what they show, if anybody was."""
        standing, proven = self._proven
        found = proven.get(shown.digest) if standing == state else None
        return found.official if found is not None and now < found.until else None

    def keep(self, state: Hashable, shown: "Shown", proven: Proven) -> None:
        """Keep who was recognised, by what was read after this state of the database was asked for."""
        standing, known = self._proven
        if standing != state:
            self._proven = (state, known := {})
        known[shown.digest] = proven


class Shown(NamedTuple):
    """What a request bears to prove who asks: a token of the API, or that of a session."""

    is_token: bool
    text: str

    @property
    def digest(self) -> str:
        """What may be kept of it."""
        return f"{self.is_token:d}{token_sha256(self.text)}"


def installation_of(request: Request) -> Installation:
    """Give the installation that the service runs on."""
    installation: Installation = request.app.state.installation
    return installation


async def _installation(request: Request) -> Installation:
    return installation_of(request)  # not in a thread, for it waits for nothing


InstallationDep = Annotated[Installation, Depends(_installation)]


async def signed_in(request: Request) -> SignedIn:
    """Give who is signed in.

    Raises:
        NotSignedIn: Nobody is, or the session has ended.
        SecondFactorMissing: They have to set up a second factor first.
    """
    official = await _recognised(request)
    if official.needs_factor:
        raise SecondFactorMissing("Set up a second factor first, on your own page; your sign-in asks for it.")
    return official


async def _recognised(request: Request) -> SignedIn:
    recognised: Recognised = request.app.state.recognised
    shown, state = _shown(request), await recognised.state(request)
    official = recognised.find(state, shown, installation_of(request).clock())
    if official is None:
        proven = await run_in_threadpool(_prove, installation_of(request), shown)
        if proven is None:
            raise NotSignedIn("Sign in first; a session ends after half an hour without use.")
        recognised.keep(state, shown, proven)
        official = proven.official
    return official


def refuse_token(official: SignedIn) -> None:
    """Refuse who shows a token, whatever it serves for: it is not to make another, or to change what it stands for.

    Raises:
        NotPermitted: They show one.
    """
    if official.by_token:
        raise NotPermitted("This takes a sign-in with a password; a token does not serve for it.")


def find_signed_in(request: Request) -> SignedIn | None:
    """Give who is signed in, or whose token the request bears, if there is anybody."""
    proven = _prove(installation_of(request), _shown(request))
    return proven.official if proven else None


def _shown(request: Request) -> Shown:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    is_token = kind.casefold() == "bearer"
    return Shown(is_token, token.strip() if is_token else request.cookies.get(SESSION_COOKIE, ""))


def _prove(installation: Installation, shown: Shown) -> Proven | None:
    if not shown.text:
        return None
    return _by_token(installation, shown.text) if shown.is_token else _by_session(installation, shown.text)


def _by_session(installation: Installation, token: str) -> Proven | None:
    with installation.read() as work:
        found = sessions.find_session(work.session, token, now=work.clock)
        official = _standing(work, found.login) if found else None
        until = sessions.to_be_noted_at(found) if found else work.clock
        is_due = until <= work.clock
        needs_factor = found is not None and found.needs_factor
    if official is not None and is_due:
        with installation.aside() as work:
            sessions.note_seen(work.session, token, now=work.clock)
    return Proven(replace(official, needs_factor=needs_factor), until) if official else None


def _by_token(installation: Installation, token: str) -> Proven | None:
    with installation.read() as work:
        found = tokens.find_token(work.session, token, now=work.clock)
        official = _standing(work, found.login) if found else None
        until = min(tokens.to_be_noted_at(found), found.expires_at) if found else work.clock
        is_due = until <= work.clock
        acts = None if found is None or found.acts == "*" else frozenset(found.acts.split(";"))
    if official is not None and is_due:
        with installation.aside() as work:
            tokens.note_used(work.session, token, now=work.clock)
    return Proven(replace(official, acts=acts, by_token=True), until) if official else None


def _standing(work: Work, login: str) -> SignedIn | None:
    official = find_official(work.session, login)
    return None if official is None or official.disabled else as_signed_in(official)


def as_signed_in(official: Official) -> SignedIn:
    """Give an official as one who asks, with all that their roles may."""
    roles = tuple(official.roles.split(";"))
    return SignedIn(official.login, official.name, roles, official.employee_id, limits=limits_of(official))


class OfficialWhoMay:
    """Lets a route be asked only by officials who may do an act to a thing; the suite walks all routes by this."""

    def __init__(self, act: str, thing: str, *, without_factor: bool = False) -> None:
        self.act, self.thing = act, thing
        self._signed_in = _recognised if without_factor else signed_in

    async def __call__(self, request: Request) -> SignedIn:
        """Give the official with how far they reach.

        Raises:
            NotSignedIn: Nobody is signed in.
            NotPermitted: None of their roles may do this, or they have to set up a second factor first.
        """
        official = await self._signed_in(request)
        scope = official.reach(self.act, self.thing)
        if scope is None:
            roles = ", ".join(role.replace("_", " ") for role in official.roles)
            raise NotPermitted(f"Your role here ({roles}) may not {self.act} {self.thing}.")
        note_let_in(self._let_in(request, official.login, scope))
        return replace(official, scope=scope)

    def _let_in(self, request: Request, login: str, scope: Scope) -> LetIn:
        in_path = {name: str(text) for name, text in request.path_params.items()}
        asked = {**request.query_params, **in_path}
        return LetIn(login, self.act, self.thing, scope is Scope.OWN, asked, frozenset(in_path))


def official_who_may(act: str, thing: str, *, without_factor: bool = False) -> Callable[..., SignedIn]:
    """Make what a route depends on: an official who may do an act to a thing (the policy file names both).

    Args:
        without_factor: Whether it is open, too, to who has to set up a second factor first.
    """
    return Depends(OfficialWhoMay(act, thing, without_factor=without_factor))  # type: ignore[no-any-return]  # FastAPI's own marker
