"""Keep accounts and work access of the service's own log in step with its officials, as their versions tell them.

An official who is an employee has an account here, and work access to what their roles let them look at; both begin and
end when that was recorded. What was entered is entered once: an official who ends it, or changes it, has the last word,
and nothing of it comes back by itself.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from access.models import Account, WorkAccess
from access.people_below import recorded_id
from audit.looks.set_up_own_source import BY, own_series
from config.officials.models import Official
from config.officials.permissions import Scope, scope_of
from config.own_source import OWN_SOURCE
from config.work import Installation, Work

# As which action a look is written down that is let in by an act to a thing of the policy (`read_look.py`).
_ACTIONS = (
    ("view", "read", ("findings", "events", "decisions", "people", "work access", "temporary duties")),
    ("export", "read", ("decisions", "reports")),
    ("export", "export", ("findings", "events")),
    ("export", "run", ("reports",)),
    ("modify", "change", ("findings",)),
)
_Row = Account | WorkAccess


class _Span(NamedTuple):
    """What stood of an official from one moment to another; `end` is None while it stands."""

    login: str
    employee_id: str
    roles: str
    start: datetime
    end: datetime | None


class _Steps(NamedTuple):
    """Rows that are to be entered, and standing ones with when they are to end."""

    missing: list[_Row]
    ended: list[tuple[_Row, datetime]]


def keep_in_step(installation: Installation) -> None:
    """Enter what is missing and end what has ended; where the source is not set up, do nothing.

    Raises:
        Conflict: The record cannot be written to.
    """
    with installation.read() as work:
        if not any(_steps(work)):
            return
    with installation.change() as work:
        steps = _steps(work)
        for standing, end in steps.ended:
            said = standing.model_dump(exclude={"id", "superseded_at", "superseded_by", "restores"})
            work.session.add(type(standing)(**said | {"end": end, "recorded_at": work.now, "recorded_by": BY}))
            standing.superseded_at, standing.superseded_by = work.now, BY
        work.session.add_all(steps.missing)


def _steps(work: Work) -> _Steps:
    steps, series = _Steps([], []), own_series(work.session)
    if not series:
        return steps
    spans = list(_spans(work.session))
    accounts = list(_accounts(_joined(spans, lambda one: (one.login, one.employee_id)), work))
    known = work.session.exec(select(Account).where(Account.system == OWN_SOURCE).order_by(col(Account.id))).all()
    _compare(steps, accounts, known, lambda one: (one.login, one.employee_id, one.start))
    wanted = [_access(one, series, work) for one in _joined(spans, lambda one: (one.login, one.employee_id, one.roles))]
    chosen = select(WorkAccess).where(WorkAccess.series == series).order_by(col(WorkAccess.id))
    given = [one for one in wanted if one.actions]
    _compare(steps, given, work.session.exec(chosen).all(), lambda one: (one.holder, one.authority, one.start))
    return steps


def _compare(steps: _Steps, wanted: Sequence[_Row], known: Sequence[_Row], key: Callable[[Any], object]) -> None:
    """Add to the steps what is wanted and was never known, and what is known, stands, and has ended."""
    versions: dict[object, _Row] = {key(one): one for one in known}  # of each the newest
    for one in wanted:
        standing = versions.get(key(one))
        if standing is None:
            steps.missing.append(one)
        elif one.end is not None and standing.end is None and standing.superseded_at is None:
            steps.ended.append((standing, one.end))


def _accounts(spans: Iterable[_Span], work: Work) -> Iterator[Account]:
    """Give the account of each span; before the first one of a login it was nobody's, and needs no beginning."""
    seen = set[str]()
    for one in spans:
        start = one.start if one.login in seen else None
        seen.add(one.login)
        yield Account(
            system=OWN_SOURCE,
            login=one.login,
            employee_id=one.employee_id,
            start=start,
            end=one.end,
            recorded_at=work.now,
            recorded_by=BY,
        )


def _access(span: _Span, series: str, work: Work) -> WorkAccess:
    roles = span.roles.split(";")
    named = ", ".join(role.replace("_", " ") for role in roles)
    return WorkAccess(
        series=series,
        holder_type="employee",
        holder=span.employee_id,
        actions=";".join(actions_of(roles)),
        purposes="*",
        start=span.start,
        end=span.end,
        authority=f"{named} in this service, as {span.login}",
        # the role was recorded then, and this follows from it
        stated_recorded_at=span.start,
        recorded_at=work.now,
        recorded_by=BY,
    )


def actions_of(roles: Sequence[str]) -> list[str]:
    """Give the actions as which looks of some roles are written down, but for those at what is their own."""
    reaches = {(act, thing): scope_of(roles, act, thing) for _, act, things in _ACTIONS for thing in things}
    return sorted(
        {action for action, act, things in _ACTIONS if any(_is_others(reaches[act, thing]) for thing in things)}
    )


def _is_others(scope: Scope | None) -> bool:
    return scope not in {None, Scope.OWN}


def _spans(session: Session) -> Iterator[_Span]:
    """Give the versions of officials who are employees and may use the service, by login, the oldest first."""
    versions = session.exec(select(Official).order_by(col(Official.login), col(Official.id))).all()
    named = {one.employee_id: recorded_id(session, one.employee_id) for one in versions if one.employee_id}
    for one in versions:
        employee = named.get(one.employee_id)
        if employee and not one.disabled:
            yield _Span(one.login, employee, one.roles, one.recorded_at, one.superseded_at)


def _joined(spans: Sequence[_Span], alike: Callable[[_Span], object]) -> Iterator[_Span]:
    """Join spans that follow one another and are alike."""
    held: _Span | None = None
    for one in spans:
        if held is not None and held.end == one.start and alike(held) == alike(one):
            held = held._replace(end=one.end)
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held
