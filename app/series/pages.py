"""The pages of the inventory: the list of data series, and one with all that is known of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from sqlmodel import col, select

from access.current_policy import CurrentPolicy, HeldGrant
from access.facts import Facts
from access.may_reach import let_reach
from access.proposals.find_proposal import THING as PROPOSALS
from access.proposals.find_proposal import waiting_proposals
from access.read_parts import ReadPart, read_parts
from access.shared_policy import CurrentPolicyDep
from app.people.reach import reach_of
from config.errors import Invalid, NotFound
from config.looks import let_in_also
from config.recorded import known_at
from config.texts import compare_form
from config.web.as_of import AsOf, AsOfText, KnownAtText, read_as_of
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation, Work
from inventory.catalogue import CatalogueEntry, entries_for, stated_classes
from inventory.citations import read_citations
from inventory.issues import Issue, inventory_issues
from inventory.models import DataSeries, ResourcePattern
from inventory.queries import all_series
from inventory.review_series import ReviewState, review_state
from inventory.rules import Classification
from inventory.series_history import SeriesVersion, series_history
from inventory.series_text import series_text

router = APIRouter()
_HERE = "/inventory"
_AT_ONCE = 50
_MOST_HOLDERS, _MOST_ENTRIES = 300, 3
Reader = Annotated[SignedIn, official_who_may("read", "inventory")]
Typed = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]


class SeriesRow(NamedTuple):
    """A series as the list shows it, with how many issues its row has and how many parts nobody has read."""

    series: DataSeries
    issues: int
    unread: int


@dataclass(frozen=True)
class InventoryPage:
    """Everything inventory.html shows.

    Args:
        unread: How many parts of work access texts, of all series, name no known holder.
    """

    rows: Sequence[SeriesRow]
    total: int
    filled: Mapping[str, str]
    fault: str
    known: str
    offset: int
    departments: Sequence[str]
    unread: int
    may_read_proposals: bool
    classes: Sequence[str] = tuple(Classification)
    at_once: int = _AT_ONCE

    @property
    def last(self) -> int:
        """The place of the last series shown."""
        return self.offset + len(self.rows)

    def address(self, offset: int) -> str:
        """Give the address of the list from a place on."""
        return f"{_HERE}?{urlencode({**{name: text for name, text in self.filled.items() if text}, 'offset': offset})}"


class CitedLaw(NamedTuple):
    """A law that a series cites, and what the catalogue of statutes has of it."""

    citation: str
    entries: Sequence[CatalogueEntry]
    more: int


@dataclass(frozen=True)
class SeriesPage:
    """Everything series.html shows.

    Args:
        agreement: In words, whether the catalogue gives the classes that the row gives.
        holders: By employee, as of the day; None for those who may not read people.
        systems: Where the data lie: system and pattern.
        proposals: The numbers of those about its work access that wait for a second official.
    """

    series: DataSeries
    agreement: str
    laws: Sequence[CitedLaw]
    issues: Sequence[Issue]
    parts: Sequence[ReadPart]
    holders: Mapping[str, Sequence[HeldGrant]] | None
    holders_total: int
    names: Mapping[str, str]
    systems: Sequence[ResourcePattern]
    history: Sequence[SeriesVersion]
    review: ReviewState
    as_of: AsOf
    filled: Mapping[str, str]
    fault: str
    zone: ZoneInfo
    may_change: bool
    may_grant: bool
    proposals: Sequence[int]


@router.get(_HERE, response_class=HTMLResponse)
def show_inventory(
    request: Request,
    installation: InstallationDep,
    policies: CurrentPolicyDep,
    official: Reader,
    q: Typed = "",
    department: Typed = "",
    classification: Typed = "",
    known_at: KnownAtText = "",
    retired: bool = False,  # noqa: FBT001, FBT002 - a field of a form
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> HTMLResponse:
    """List the data series of the inventory, by name."""
    filled = {
        "q": q,
        "department": department,
        "classification": classification,
        "known_at": known_at,
        "retired": "1" if retired else "",
    }
    with installation.read() as work:
        page = _inventory_page(work, policies, official, filled, offset)
    title, status = (
        ("Error: Inventory", HTTPStatus.UNPROCESSABLE_ENTITY) if page.fault else ("Inventory", HTTPStatus.OK)
    )
    return render(request, "app/inventory.html", page, title=title, official=official, here=_HERE, status=status)


@router.get(f"{_HERE}/{{code}}", response_class=HTMLResponse)
def show_series(
    request: Request,
    installation: InstallationDep,
    policies: CurrentPolicyDep,
    official: Reader,
    code: str,
    as_of: AsOfText = "",
    known_at: KnownAtText = "",
) -> HTMLResponse:
    """Show one data series with all that is known of it."""
    page = _series_page(installation, policies, official, code, {"as_of": as_of, "known_at": known_at})
    title = f"{'Error: ' if page.fault else ''}{page.series.name}"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if page.fault else HTTPStatus.OK
    return render(request, "app/series.html", page, title=title, official=official, here=_HERE, status=status)


def _inventory_page(
    work: Work, policies: CurrentPolicy, official: SignedIn, filled: Mapping[str, str], offset: int
) -> InventoryPage:
    try:
        day, fault = read_as_of(work, known=filled["known_at"]), ""
    except Invalid as refusal:
        day, fault = read_as_of(work), str(refusal)
    known = day.known_at or work.now
    every = all_series(work.session, known)
    facts = policies.known_at(work, day.known_at).facts
    unread = {code: len(one.untestable) for code, one in facts.series.items()}
    found = sorted((one for one in every if _fits(one, filled)), key=lambda one: (compare_form(one.name), one.code))
    rows = [
        SeriesRow(one, len(inventory_issues(series_text(one, one.work_access_text))), unread[one.code])
        for one in found[offset : offset + _AT_ONCE]
    ]
    departments = sorted({one.department for one in every if one.department})
    may_read_proposals = official.may("read", PROPOSALS) and not official.limits
    return InventoryPage(
        rows, len(found), filled, fault, str(day), offset, departments, sum(unread.values()), may_read_proposals
    )


def _fits(series: DataSeries, filled: Mapping[str, str]) -> bool:
    search, department = compare_form(filled["q"]), compare_form(filled["department"])
    searched = (series.code, series.name, series.description, series.citations, series.systems)
    return (
        (not search or any(search in compare_form(text) for text in searched))
        and (not department or compare_form(series.department) == department)
        and (not filled["classification"] or filled["classification"] in series.classes.split("; "))
        and (bool(filled["retired"]) or series.retired is None)
    )


def _series_page(
    installation: Installation, policies: CurrentPolicy, official: SignedIn, code: str, filled: Mapping[str, str]
) -> SeriesPage:
    with installation.read() as work:
        try:
            day, fault = read_as_of(work, filled["as_of"], filled["known_at"]), ""
        except Invalid as refusal:
            day, fault = read_as_of(work), str(refusal)
        known = day.known_at or work.now
        policy = policies.known_at(work, day.known_at)
        series = _known_series(work, code, known)
        text = series_text(series, series.work_access_text or _stated_otherwise(policy.facts, series.code))
        held = let_reach(policy, policy.grants_of_series(series.code), day)
        holders = _holders(work, official, held)
        shown = dict(list(holders.items())[:_MOST_HOLDERS]) if holders is not None else None
        patterns = select(ResourcePattern).where(
            ResourcePattern.series == series.code, known_at(ResourcePattern, known)
        )
        return SeriesPage(
            series,
            _agreement(series),
            _laws(series),
            inventory_issues(text),
            read_parts(work.session, series.code, known, policy.holders),
            shown,
            len(holders or ()),
            policy.holders.names,
            work.session.exec(patterns.order_by(col(ResourcePattern.system), col(ResourcePattern.pattern))).all(),
            series_history(work.session, series.code),
            review_state(work.session, series, today=work.clock.astimezone(work.zone).date(), zone=work.zone),
            day,
            filled,
            fault,
            work.zone,
            official.may("change", "inventory") and day.known_at is None,
            official.may("change", "work access") and day.known_at is None,
            [one.row.id for one in waiting_proposals(work.session, series=series.code)]
            if official.may("read", PROPOSALS) and not official.limits
            else (),
        )


def _known_series(work: Work, code: str, known: datetime) -> DataSeries:
    form = compare_form(code)
    found = next((one for one in all_series(work.session, known) if compare_form(one.code) == form), None)
    if found is None:
        raise NotFound(f'The inventory has no data series with the code "{code[:80]}".')
    return found


def _stated_otherwise(facts: Facts, code: str) -> str:
    """Give what stands for a text where work access was imported or entered by itself."""
    return "recorded work access" if any(one.series == code for one in facts.accesses) else ""


def _holders(work: Work, official: SignedIn, held: Sequence[HeldGrant]) -> Mapping[str, Sequence[HeldGrant]] | None:
    scope = official.reach("read", "people")
    if scope is None:
        return None
    let_in_also("people")
    people = reach_of(work, replace(official, scope=scope)).people()
    ids = None if people is None else set(work.session.exec(people))
    by_employee: dict[str, list[HeldGrant]] = defaultdict(list)
    for one in held:
        if ids is None or one.employee_id in ids:
            by_employee[one.employee_id].append(one)
    return by_employee


def _agreement(series: DataSeries) -> str:
    read, classes = read_citations(series.citations), set(filter(None, series.classes.split("; ")))
    if not read.citations:
        return "The catalogue of statutes cannot say: the row cites no law that can be read."
    stated = stated_classes(read.citations)
    if not stated:
        return "The catalogue of statutes cannot say for certain which class these laws give."
    listed = ", ".join(sorted(stated))
    if classes - {Classification.PUBLIC} <= stated and classes:
        return f"The catalogue of statutes agrees: these laws give {listed}."
    return f"The catalogue of statutes says otherwise: these laws give {listed}. Compare both with the statute."


def _laws(series: DataSeries) -> list[CitedLaw]:
    laws = []
    for citation in read_citations(series.citations).citations:
        entries = entries_for(citation)
        laws.append(CitedLaw(str(citation), entries[:_MOST_ENTRIES], max(0, len(entries) - _MOST_ENTRIES)))
    return laws
