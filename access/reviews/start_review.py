"""Start an access review: the grants or series that stand now are its items, each with who is to answer for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select

from access.models import Position
from access.reviews.models import AccessReview, ItemKind, ReviewItem, Scope, Silence
from access.reviews.owners import Owners
from access.reviews.reviewed_grants import StandingGrant, reviewed_grants
from access.reviews.reviewed_series import reviewed_series
from config.clock import end_text
from config.errors import InvalidFields, Refusal
from config.recorded import current
from config.spellings import Spellings
from config.texts import compare_form, listed
from config.when import read_when_it_ends
from config.work import Work
from inventory.models import DataSeries
from inventory.queries import all_series
from inventory.series_names import SeriesNames

MOST_DAYS = 3_660
_MOST_NAMED = 5


@dataclass(frozen=True)
class ReviewRequest:
    """What is to be reviewed.

    Args:
        names: Codes of positions, names of departments, or codes or names of series; none = all of the scope. Of the
            inventory series, or the departments whose series they are.
        due: Until when answers are asked for, as people write it; of a day its last moment counts.
        days: For how many days before now uses are counted; of the inventory none are.
    """

    name: str
    scope: Scope
    names: Sequence[str]
    due: str
    days: int
    silence: Silence


def start_review(work: Work, request: ReviewRequest, *, by: str) -> AccessReview:
    """Start a review of the grants that are in force now, or of what the inventory says now.

    Raises:
        InvalidFields: Something cannot be used, or there is nothing like that; all that cannot is named.
    """
    faults = dict[str, str]()
    if not request.name.strip():
        faults["name"] = "Give the review a name, by which people know it."
    is_of_inventory = request.scope is Scope.INVENTORY
    if not is_of_inventory and not 1 <= request.days <= MOST_DAYS:
        faults["days"] = f"Uses are counted for 1 to {MOST_DAYS:,} days."
    due = _due(work, request.due, faults)
    names = _names(work, request, faults)
    if faults or due is None:
        raise InvalidFields(faults)
    series = _series(work, names) if is_of_inventory else []
    grants = [] if is_of_inventory else _grants(work, request.scope, names)
    if not series and not grants:
        what = "series that is in use" if is_of_inventory else "grant in force"
        raise InvalidFields({"names": f"No {what} is of these, so there is nothing to review."})
    review = AccessReview(
        name=request.name.strip(),
        scope=request.scope,
        names="\n".join(names),
        due=due,
        days=0 if is_of_inventory else request.days,
        silence=request.silence,
        recorded_at=work.now,
        recorded_by=by,
    )
    work.session.add(review)
    work.session.flush()
    owners = Owners(work.session)
    work.session.add_all(_item_of_series(review, one, owners.who_may(head)) for one, head in series)
    # who is responsible for a series is an official, whoever may reach it
    is_of_series = request.scope is Scope.SERIES
    work.session.add_all(_item(review, one, "" if is_of_series else owners.of(one)) for one in grants)
    work.session.flush()
    return review


def _due(work: Work, text: str, faults: dict[str, str]) -> datetime | None:
    try:
        due = read_when_it_ends(text, work.zone, work.now)
    except ValueError as error:
        faults["due"] = f"This cannot be read; expected {error}."
        return None
    if due <= work.now:
        faults["due"] = f"That has passed, {end_text(due, work.zone)}; give a later day."
    return due


def _names(work: Work, request: ReviewRequest, faults: dict[str, str]) -> list[str]:
    """Give the names as the record writes them, each once."""
    written = [name.strip() for name in request.names if name.strip()]
    if request.scope is Scope.ALL:
        if written:
            faults["names"] = "A review of all grants names nothing; choose positions, departments or series instead."
        return []
    found, unknown = dict[str, None](), list[str]()
    known = _Known(work)
    for name in written:
        recorded = known.find(request.scope, name)
        if recorded is None:
            unknown.append(name)
        else:
            found.setdefault(recorded)
    if unknown:
        known_as = "series and departments" if request.scope is Scope.INVENTORY else request.scope
        faults["names"] = f"None of the {known_as} on the record is named so: {listed(unknown, _MOST_NAMED)}."
    return list(found)


class _Known:
    """Finds what is named by how the record writes it."""

    def __init__(self, work: Work) -> None:
        positions = work.session.exec(select(Position).where(current(Position))).all()
        self._positions = Spellings(one.position_code for one in positions)
        self._departments = Spellings(one.department for one in positions)
        series = all_series(work.session, work.now)
        self._series = SeriesNames(series)
        self._of_series = Spellings(one.department for one in series)

    def find(self, scope: Scope, name: str) -> str | None:
        """Give the code of a position or a series, or the name of a department; None where there is none."""
        if scope is Scope.POSITIONS:
            return self._positions.find(name)
        if scope is Scope.DEPARTMENTS:
            return self._departments.find(name)
        try:
            return self._series.find(name).code
        except Refusal:
            return self._of_series.find(name) if scope is Scope.INVENTORY else None


def _grants(work: Work, scope: Scope, names: Sequence[str]) -> list[StandingGrant]:
    return [one for one in reviewed_grants(work.session, work.now) if _is_asked(one, scope, names)]


def _series(work: Work, names: Sequence[str]) -> list[tuple[DataSeries, str]]:
    """Give the series of some codes or departments, each with who heads its department."""
    forms = {compare_form(name) for name in names}
    return [
        (one, head)
        for one, head in reviewed_series(work.session, work.now)
        if not forms or forms & {compare_form(one.code), compare_form(one.department)}
    ]


def _is_asked(grant: StandingGrant, scope: Scope, names: Sequence[str]) -> bool:
    forms = {compare_form(name) for name in names}
    held: dict[Scope, frozenset[str]] = {
        Scope.SERIES: frozenset({compare_form(grant.row.series)}),
        Scope.POSITIONS: grant.positions,
        Scope.DEPARTMENTS: grant.departments,
    }
    return scope is Scope.ALL or bool(held[scope] & forms if forms else held[scope])


def _item(review: AccessReview, grant: StandingGrant, owner: str) -> ReviewItem:
    row, is_text = grant.row, grant.kind is ItemKind.TEXT
    return ReviewItem(
        review_id=review.id,
        kind=grant.kind,
        row_id=row.restores or row.id,
        series=row.series,
        holder_type=grant.holder_type,
        holder=grant.holder,
        actions="*" if is_text else row.actions,
        purposes="*" if is_text else row.purposes,
        start=None if is_text else row.start,
        end=None if is_text else row.end,
        owner=owner,
    )


def _item_of_series(review: AccessReview, series: DataSeries, owner: str) -> ReviewItem:
    return ReviewItem(
        review_id=review.id,
        kind=ItemKind.SERIES,
        row_id=series.restores or series.id,
        series=series.code,
        holder_type="",
        holder="",
        actions="",
        purposes="",
        owner=owner,
    )
