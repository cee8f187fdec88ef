"""The command line's door to officials: who may use the service."""

import getpass
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from app.officials.named_employee import named_employee
from audit.logs.find_source import find_source
from config.clock import read_end
from config.errors import Invalid
from config.officials.limits import Limits, limited_in_words, read_months
from config.officials.officials import (
    OfficialRequest,
    add_official,
    change_official,
    checked_address,
    checked_roles,
    limit_auditor,
)
from config.officials.officials import find_official as find
from config.officials.passwords import hash_password
from config.officials.permissions import ACTS
from config.officials.second_factor import factor_of, remove_factor
from config.officials.tokens import make_token
from config.terminal import notice, read_option, say
from config.texts import compare_form
from config.work import Installation, Work

Months = Annotated[
    list[str] | None,
    typer.Option("--month", help="An auditor reads of these months alone: 2025-03, or 2025-01..2025-06. Repeatable."),
]
Sources = Annotated[
    list[str] | None, typer.Option("--source", help="An auditor reads of these sources alone. Repeatable.")
]


def add(
    context: typer.Context,
    login: Annotated[str, typer.Argument(help="The word with which the official signs in.")],
    roles: Annotated[list[str], typer.Option("--role", help="What they are here. May be repeated.")],
    name: Annotated[str, typer.Option("--name", help="Their name, as the service shows it.")] = "",
    employee: Annotated[str, typer.Option("--employee", help="Their id, where they are an employee too.")] = "",
    email: Annotated[str, typer.Option("--email", help="Where their notices are mailed; without it nowhere.")] = "",
    months: Months = None,
    sources: Sources = None,
) -> None:
    """Let a person use the service; their password is asked for, or is a line of standard input."""
    installation: Installation = context.obj()
    checked_roles(roles)
    checked_address(email)
    password = hash_password(_asked_password(), about=(login, name))
    with installation.change() as work:
        limits = _limits(work, months or (), sources or ())
        request = OfficialRequest(login, name, roles, named_employee(work, employee), password, limits, email)
        added = add_official(work.session, request, now=work.now, by=work.by)
        said = f"{added.login} may use the service as {added.roles.replace(';', ', ')}{limited_in_words(limits)}."
    say(said)


def disable(context: typer.Context, login: Annotated[str, typer.Argument(help="The official's login.")]) -> None:
    """Let an official use the service no longer; who was signed in is signed out."""
    installation: Installation = context.obj()
    with installation.change() as work:
        changed = change_official(work.session, login, now=work.now, by=work.by, disabled=True)
        said = f"{changed.login} may not use the service any more."
    say(said)


def role(
    context: typer.Context,
    login: Annotated[str, typer.Argument(help="The official's login.")],
    changes: Annotated[list[str], typer.Argument(help="Each role with + to give it or - to take it, such as +hr.")],
) -> None:
    """Give an official roles, or take some; who was signed in has to sign in again."""
    installation: Installation = context.obj()
    with installation.change() as work:
        official = find(work.session, login)
        roles = set(official.roles.split(";")) if official else set()
        for change in changes:
            roles = _changed(roles, change)
        changed = change_official(
            work.session, login, now=work.now, by=work.by, roles=";".join(checked_roles(sorted(roles)))
        )
        said = f"{changed.login} is {changed.roles.replace(';', ', ')} now."
    say(said)


def limit(
    context: typer.Context,
    login: Annotated[str, typer.Argument(help="The auditor's login.")],
    months: Months = None,
    sources: Sources = None,
) -> None:
    """Let an auditor read of named months and sources alone; without any named, of all again."""
    installation: Installation = context.obj()
    with installation.change() as work:
        limits = _limits(work, months or (), sources or ())
        changed = limit_auditor(work.session, login, limits, now=work.now, by=work.by)
        said = f"{changed.login} reads{limited_in_words(limits) or ' of all months and sources'}."
    say(said)


def token(
    context: typer.Context,
    login: Annotated[str, typer.Argument(help="The official's login.")],
    expires: Annotated[str, typer.Option("--expires", help="The last day on which it serves.")],
    acts: Annotated[
        list[str] | None, typer.Option("--act", help=f"For which acts: {', '.join(ACTS)} (default: all). Repeatable.")
    ] = None,
) -> None:
    """Make a token by which another system may ask in the official's name; it is printed once."""
    installation: Installation = context.obj()
    with installation.change() as work:
        until = read_option(expires, "--expires", read_end, work.zone)
        if until is None:
            raise Invalid("A token expires at some day; give --expires DATE.")
        made = make_token(work.session, login, expires_at=until, acts=acts or (), now=work.now, by=work.by)
    notice("Keep it safe: it is shown only now.")
    say(made)


def password(context: typer.Context, login: Annotated[str, typer.Argument(help="The official's login.")]) -> None:
    """Give an official a new password; who was signed in has to sign in again."""
    installation: Installation = context.obj()
    with installation.read() as work:
        has_factor = factor_of(work.session, compare_form(login)) is not None
    hashed = hash_password(_asked_password(), about=(login,), has_factor=has_factor)
    with installation.change() as work:
        changed = change_official(work.session, login, now=work.now, by=work.by, password=hashed)
        said = f"{changed.login} has a new password."
    say(said)


def totp_reset(context: typer.Context, login: Annotated[str, typer.Argument(help="The official's login.")]) -> None:
    """Take an official's second factor away, such as after a lost telephone; who was signed in is signed out."""
    installation: Installation = context.obj()
    with installation.change() as work:
        whose = remove_factor(work.session, login, now=work.now, by=work.by)
        said = f"{whose} signs in without a code until a second factor is set up anew."
    say(said)


def _limits(work: Work, months: Sequence[str], sources: Sequence[str]) -> Limits:
    return Limits(
        frozenset(read_months(months)), frozenset(find_source(work.session, source).name for source in sources)
    )


def _changed(roles: set[str], change: str) -> set[str]:
    named = set(checked_roles([change[1:]]))
    if change.startswith("+"):
        return roles | named
    if change.startswith("-"):
        return roles - named
    raise Invalid(f'"{change}" says neither to give a role nor to take it; write +{change} or -{change}.')


def _asked_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password (not shown): ")
    if getpass.getpass("The same again: ") != password:
        raise Invalid("The two passwords are not the same; nothing was recorded.")
    return password
