"""List the findings that stand page by page, narrowed and sorted where they are stored: there may be very many."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, literal_column
from sqlmodel import Session, col, func, select

from access.kept_lists import people_known_at
from audit.case import Verdict
from audit.finding_views import standing_views
from audit.kept import AtHand
from audit.models import Finding, FindingFigures
from audit.of_department import of_department
from audit.rules import REASONS
from audit.standing_counts import Kind
from audit.statuses import CLOSED, Status
from audit.views import FindingView
from audit.within_limits import of_sources, within_limits
from config.errors import Invalid, NotFound
from config.keyset import SortKey, beyond, read_sort
from config.officials.limits import UNLIMITED, Limits
from config.texts import compare_form
from inventory.queries import all_series

# By which one may sort, by the names of a view's fields.
SORTS: dict[str, Any] = {
    "month": col(Finding.month),
    "who": col(Finding.who),
    "what": col(Finding.what),
    "reason": col(Finding.reason),
    "events": col(Finding.accesses),
    "last": col(FindingFigures.last),
    "status": col(Finding.status),
    "key": col(Finding.key),
}
_NEWEST_FIRST = "-month,-events"
# what narrows a list beside the kinds by which findings are counted
_BEYOND_KINDS = ("who", "what", "department", "assignee", "key", "grown", "proposed")
_BEYOND_HEX = "g"  # keys are digits and the letters before it


@dataclass(frozen=True)
class FindingsFilter:
    """Which findings are wanted; empty = whatever it is.

    Args:
        who: The id or name of an employee, or an account.
        what: The code or name of a series, or a resource.
        department: In which the employee worked at the last access, or last before it.
        source: The name of a source of their accesses.
        assignee: The login of the official who reviews them.
        key: The beginning of their keys.
        grown: Only those that grew since they were closed.
        proposed: Only those whose dismissal waits for a second official.
        sort: Names of `SORTS`, `-` before one for the other way round; empty = newest month first, most accesses first.
    """

    status: str = ""
    verdict: str = ""
    reason: str = ""
    month: str = ""
    who: str = ""
    what: str = ""
    department: str = ""
    source: str = ""
    assignee: str = ""
    key: str = ""
    grown: bool = False
    proposed: bool = False
    sort: str = ""


@dataclass(frozen=True)
class ListedFindings:
    """A part of the findings that are wanted, and how many there are in all."""

    findings: Sequence[FindingView]
    total: int


def list_findings(
    session: Session,
    wanted: FindingsFilter,
    *,
    now: datetime,
    limit: int | None = None,
    offset: int = 0,
    after: Sequence[object] = (),
    limits: Limits = UNLIMITED,
    at_hand: AtHand | None = None,
) -> ListedFindings:
    """Give the findings that are wanted, from a place on.

    Args:
        offset: How many come before.
        limits: Of which months and sources findings are there for who asks.
        after: Instead, the values of the finding before by the fields of `order_of`; none = from the first on.
        at_hand: What is kept; None = they are counted, and names are looked up, for this alone.

    Raises:
        Invalid: A field to sort by, a status, verdict or reason is none.
        NotFound: Nobody, or nothing, is called as is asked.
    """
    keys = [SortKey(SORTS[name], down) for name, down in order_of(wanted)]
    conditions = [*_of_kind(wanted), *_conditions(session, wanted, now, limits, at_hand)]
    total = _count(session, wanted, conditions, limits, at_hand)
    if limit is not None and not after:
        limit = min(limit, total - offset)  # none is looked for behind the last
    if not total or (limit is not None and limit <= 0):
        return ListedFindings((), total)
    if keys[0].column is SORTS["month"]:
        conditions += _within_months(_kinds(wanted, limits, at_hand))
    elif limit and at_hand and _come_soon(offset + limit, total, at_hand.counts.findings()):
        conditions[: len(_of_kind(wanted))] = _of_kind(wanted, without_index=True)
    conditions += [beyond(keys, after)] if after else []
    with_figures = bool(wanted.department) or "last" in dict(order_of(wanted))
    order = [key.in_order for key in keys]
    views = standing_views(session, conditions, order, limit=limit, offset=offset, with_figures=with_figures)
    return ListedFindings(views, total)


def count_findings(session: Session, wanted: FindingsFilter, *, now: datetime, at_hand: AtHand | None = None) -> int:
    """Say how many findings are wanted.

    Args: As of `list_findings`.

    Raises: As of `list_findings`.
    """
    conditions = [*_of_kind(wanted), *_conditions(session, wanted, now, UNLIMITED, at_hand)]
    return _count(session, wanted, conditions, UNLIMITED, at_hand)


def _come_soon(places: int, total: int, standing: int) -> bool:
    """Say whether so many of those wanted are met sooner in the order of the list than by the index of their status.

    By the index all of them are read, and sorted; in the order as many are read as stand before them.
    """
    return places * standing < total * total


def _within_months(kinds: Sequence[Kind] | None) -> Iterator[ColumnElement[bool]]:
    """Give the condition that a finding is of the months in which there are any; none where that is not known."""
    if kinds:
        months = [kind.month for kind in kinds]
        yield col(Finding.month).between(min(months), max(months))


def _count(
    session: Session,
    wanted: FindingsFilter,
    conditions: Sequence[ColumnElement[bool]],
    limits: Limits,
    at_hand: AtHand | None,
) -> int:
    kinds = _kinds(wanted, limits, at_hand)
    if at_hand is not None and kinds is not None:
        return sum(at_hand.counts.by_kind[kind].findings for kind in kinds)
    counted = select(func.count()).select_from(Finding).where(col(Finding.figures_id).is_not(None), *conditions)
    if wanted.department:
        counted = counted.join(FindingFigures, col(Finding.figures_id) == col(FindingFigures.id))
    return session.exec(counted).one()


def _kinds(wanted: FindingsFilter, limits: Limits, at_hand: AtHand | None) -> list[Kind] | None:
    """Give the kinds of which all findings are wanted, and no others are; None where kinds do not tell."""
    if at_hand is None or any(getattr(wanted, name) for name in _BEYOND_KINDS):
        return None
    return [kind for kind in at_hand.counts.by_kind if _is_of_kind(kind, wanted, limits)]


def _is_of_kind(kind: Kind, wanted: FindingsFilter, limits: Limits) -> bool:
    sources = kind.sources.split("; ")
    return (
        all(getattr(wanted, name) in {"", getattr(kind, name)} for name in ("status", "verdict", "reason", "month"))
        and (not wanted.source or wanted.source in sources)
        and limits.admit(kind.month, sources)
    )


def order_of(wanted: FindingsFilter) -> list[tuple[str, bool]]:
    """Give the fields by which findings are sorted, each with whether the greatest comes first.

    Raises:
        Invalid: One of them is none.
    """
    order = read_sort(wanted.sort or _NEWEST_FIRST, "key")
    unknown = next((name for name, _ in order if name not in SORTS), None)
    if unknown is not None:
        raise Invalid(f'"{unknown}" is no field to sort by; the fields are {", ".join(SORTS)}.')
    return order


def _of_kind(wanted: FindingsFilter, *, without_index: bool = False) -> list[ColumnElement[bool]]:
    """Give the conditions on what a finding is and how it stands.

    Args:
        without_index: Whether the database is kept from finding them by an index.

    Raises:
        Invalid: A status, verdict or reason is none.
    """
    conditions = []
    for column, text, known in (
        (col(Finding.status), wanted.status, tuple(Status)),
        (col(Finding.verdict), wanted.verdict, tuple(Verdict)),
        (col(Finding.reason), wanted.reason, REASONS),
        (col(Finding.month), wanted.month, None),
    ):
        if text:
            if known is not None and text not in known:
                raise Invalid(f'"{text}" is none of {", ".join(known)}.')
            conditions.append((column.concat("") if without_index else column) == text)
    return conditions


def _conditions(
    session: Session, wanted: FindingsFilter, now: datetime, limits: Limits, at_hand: AtHand | None
) -> Iterator[ColumnElement[bool]]:
    """Give the other conditions: on whom and what a finding is about, where it was found, how far it was dealt with."""
    counts = at_hand.counts if at_hand and (limits.sources or wanted.source) else None
    yield from within_limits(session, limits, counts)
    if wanted.who:
        yield _of_whom(session, wanted.who, now, at_hand)
    if wanted.what:
        yield _of_what(session, wanted.what, now)
    if wanted.department:
        yield of_department(session, wanted.department, now)
    if wanted.source:
        yield of_sources(session, lambda sources: wanted.source in sources, counts)
    yield from _how_far(wanted)


def _how_far(wanted: FindingsFilter) -> Iterator[ColumnElement[bool]]:
    """Give the conditions on how far the dealing with findings has come, beside their status."""
    if wanted.key:
        beginning = wanted.key.casefold()
        yield col(Finding.key).startswith(beginning, autoescape=True)
        yield col(Finding.key) >= beginning  # so that the index serves: beside the pattern, for how texts sort differs
        yield col(Finding.key) < f"{beginning}{_BEYOND_HEX}"
    if wanted.assignee:
        yield col(Finding.assignee) == compare_form(wanted.assignee)
    if wanted.proposed:
        yield col(Finding.dismissal_proposed_by) != literal_column("''")  # as the index of these has it
    if wanted.grown:
        yield and_(col(Finding.accesses) > col(Finding.closed_events), col(Finding.status).not_in(CLOSED))


def _of_whom(session: Session, text: str, now: datetime, at_hand: AtHand | None) -> ColumnElement[bool]:
    form = compare_form(text)
    people = at_hand.people if at_hand else people_known_at(session, now)
    named = people.having(form)
    ids = [one.employee_id for one in named if form in {compare_form(one.employee_id), compare_form(one.name)}]
    accounts = _named_otherwise(session, col(Finding.who), col(Finding.who_is_employee), form) if not ids else []
    if not ids and not accounts:
        raise NotFound(f'There is no employee or account "{text}" among the findings.')
    return and_(col(Finding.who_is_employee) == bool(ids), col(Finding.who).in_(ids or accounts))


def _of_what(session: Session, text: str, now: datetime) -> ColumnElement[bool]:
    form = compare_form(text)
    codes = [one.code for one in all_series(session, now) if form in {compare_form(one.code), compare_form(one.name)}]
    resources = _named_otherwise(session, col(Finding.what), col(Finding.what_is_series), form) if not codes else []
    if not codes and not resources:
        raise NotFound(f'There is no data series or resource "{text}" among the findings.')
    return and_(col(Finding.what_is_series) == bool(codes), col(Finding.what).in_(codes or resources))


def _named_otherwise(session: Session, column: Any, is_known: Any, form: str) -> list[str]:  # noqa: ANN401 - columns
    """Give the accounts or resources of findings that compare as a text does."""
    texts = session.execute(select(column).where(is_known.is_(False)).distinct()).scalars()
    return [text for text in texts if compare_form(text) == form]
