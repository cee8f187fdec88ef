"""Sign in by an answer of the identity provider's: who it names is an official, as the mapping says, on the record."""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session, select

from config.errors import Conflict, Invalid
from config.officials.attempts import Way, note_attempt, time_to_wait
from config.officials.models import Official
from config.officials.officials import OfficialRequest, add_official, change_official, find_official
from config.officials.oidc.begun import LONGEST, Begun
from config.officials.oidc.faults import Fault, RefusedAnswer
from config.officials.oidc.mapping import text_of
from config.officials.oidc.provider import provider_of
from config.officials.oidc.settings import Oidc
from config.officials.oidc.taken_answers import take_answer
from config.officials.sessions import begin_session
from config.officials.sign_in import SignInAnswer
from config.recorded import current
from config.service_log import log_event
from config.work import Installation, Work

_BY = "identity provider"


@dataclass(frozen=True)
class Answer:
    """What the browser brought back; `begun` is what it kept of the sign-in, and `address` where it comes from."""

    begun: Begun | None
    state: str
    code: str
    error: str
    issuer: str
    address: str
    answer_to: str


def sign_in_by(installation: Installation, oidc: Oidc, answer: Answer) -> SignInAnswer:
    """Sign in whom the provider names, or say why not; either is noted."""
    try:
        begun = _checked(installation, oidc, answer)
        with installation.read() as work:
            now = work.clock
        names = oidc.mapping.claims()
        redeemed = provider_of(oidc.client).redeem(answer.code, begun, answer.answer_to, now, names)
        take_answer(installation, begun.nonce)
        login = _official(installation, oidc, redeemed.claims)
        return SignInAnswer(_begin(installation, login, answer.address), signed=redeemed.signed)
    except RefusedAnswer as refused:
        note_refusal(installation, answer.address, refused.fault)
        return SignInAnswer(refusal=str(refused))


def note_refusal(installation: Installation, address: str, fault: Fault) -> None:
    """Count an answer that was refused; those that follow each other too fast are counted as one."""
    log_event("an answer of the identity provider was refused", level=logging.WARNING, why=fault.value)
    with installation.aside() as work:
        # nobody's login is an address, so that those of other addresses do not count
        if time_to_wait(work.session, address, address, now=work.clock, way=Way.OIDC) <= timedelta():
            note_attempt(work.session, "", address, now=work.clock, way=Way.OIDC, fault=fault)


def _checked(installation: Installation, oidc: Oidc, answer: Answer) -> Begun:
    begun = answer.begun
    if begun is None or not secrets.compare_digest(begun.state.encode(), answer.state.encode()):
        raise RefusedAnswer(Fault.STATE)
    if installation.clock() - begun.at > LONGEST:
        raise RefusedAnswer(Fault.LATE)
    if answer.issuer and answer.issuer != oidc.client.issuer:
        raise RefusedAnswer(Fault.ISSUER)
    if answer.error or not answer.code:
        raise RefusedAnswer(Fault.REPORTED)
    return begun


def _official(installation: Installation, oidc: Oidc, claims: Mapping[str, Any]) -> str:
    """Give the login of the official who somebody is, added or changed where the mapping says otherwise than stands."""
    subject = str(claims["sub"])
    stated = _stated(oidc, subject, claims)
    with installation.read() as work:
        standing = _find(work.session, stated, subject)
        if standing is not None and _changes(standing, stated) == {}:
            return standing.login
    with installation.change() as work:
        return _record(work, stated, subject)


@dataclass(frozen=True)
class _Stated:
    """What the provider and the mapping say of somebody; `is_named` of a login that the mapping gives them itself."""

    subject: str
    login: str
    is_named: bool
    name: str
    employee_id: str
    roles: list[str]


def _stated(oidc: Oidc, subject: str, claims: Mapping[str, Any]) -> _Stated:
    mapping = oidc.mapping
    roles = mapping.roles_of(subject, claims)
    if not roles:
        raise RefusedAnswer(Fault.NOBODY, subject)
    person = mapping.person(subject)
    named = person.login if person else ""
    employee_id = (person.employee_id if person else "") or text_of(claims, mapping.employee_id)
    login = named or text_of(claims, mapping.login)
    identity = f"{oidc.client.issuer} {subject}"
    return _Stated(identity, login, bool(named), text_of(claims, mapping.name), employee_id, [*roles])


def _find(session: Session, stated: _Stated, subject: str) -> Official | None:
    known = session.exec(select(Official).where(Official.subject == stated.subject, current(Official))).first()
    if known is None:
        known = find_official(session, stated.login) if stated.is_named else None
        if known is not None and known.subject:
            raise RefusedAnswer(Fault.LOGIN, subject)
    if known is not None and known.disabled:
        raise RefusedAnswer(Fault.DISABLED)
    return known


def _changes(standing: Official, stated: _Stated) -> dict[str, object]:
    """Give what is to be changed: the provider owns the roles; of what it does not say, what stands stays."""
    said: dict[str, object] = {"roles": ";".join(stated.roles), "subject": stated.subject}
    said |= {"name": stated.name} if stated.name else {}
    said |= {"employee_id": stated.employee_id} if stated.employee_id else {}
    return {column: value for column, value in said.items() if getattr(standing, column) != value}


def _record(work: Work, stated: _Stated, subject: str) -> str:
    standing = _find(work.session, stated, subject)
    if standing is None:
        request = OfficialRequest(stated.login, stated.name, stated.roles, stated.employee_id, subject=stated.subject)
        try:
            return add_official(work.session, request, now=work.now, by=_BY).login
        except (Conflict, Invalid) as refusal:
            raise RefusedAnswer(Fault.LOGIN, subject) from refusal
    if changes := _changes(standing, stated):
        try:
            change_official(work.session, standing.login, now=work.now, by=_BY, **changes)
        except Conflict as refusal:
            raise RefusedAnswer(Fault.OFFICE) from refusal
    return standing.login


def _begin(installation: Installation, login: str, address: str) -> str:
    with installation.aside() as work:
        note_attempt(work.session, login, address, now=work.clock, way=Way.OIDC)
        return begin_session(work.session, login, now=work.clock, address=address)
