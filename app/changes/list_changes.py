"""List what was changed, from the record itself: each row says when and by whom it was recorded, and superseded."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app.changes.kept import KEPT, Kept
from config.applied_imports import AppliedImport
from config.change_requests import ChangeRequest

_CLOCKS = {"id", "recorded_at", "recorded_by", "superseded_at", "superseded_by", "restores", "moved_at", "moved_by"}


class Place(NamedTuple):
    """Where a change stands in the list of all: by its instant, then by `KEPT` and whether it only ends something."""

    at: datetime
    rank: int
    id: int


@dataclass(frozen=True)
class ListedChange:
    """One change.

    Args:
        before: What stood, by column; None where nothing did.
        after: What stands in its place; None where nothing does.
        number: Of the import that made it; None where none did.
        request_id: Of the request that made it, or asked for the job that did; None where none is known.
    """

    place: Place
    by: str
    thing: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
    number: int | None
    request_id: str | None


@dataclass(frozen=True)
class ChangesWanted:
    """Which changes are wanted, the oldest first.

    Args:
        since: Those at this instant and later.
        after: Those behind this place; None = from the first on.
        thing: Of this kind alone; empty = of all.
        by: Made by this one alone; empty = by anybody.
        without: None of these kinds.
    """

    since: datetime | None
    after: Place | None
    thing: str = ""
    by: str = ""
    without: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Found:
    """A row that was opened, or closed with nothing in its place."""

    place: Place
    by: str
    kept: Kept
    row: Any
    is_closed: bool


def list_changes(session: Session, wanted: ChangesWanted, *, limit: int) -> list[ListedChange]:
    """List changes: a row that took another one's place is one change, from that to this."""
    branches = []
    for number, kept in enumerate(KEPT):
        if wanted.thing in {"", kept.thing} and kept.thing not in wanted.without:
            branches.append(_opened(session, kept, 2 * number, wanted, limit))
            if kept.closed is not None:
                branches.append(_closed(session, kept, 2 * number + 1, wanted, limit))
    found = [one for one, _ in zip(merge(*branches, key=lambda one: one.place), range(limit), strict=False)]
    before = _before(session, found)
    told = _Told(session, {one.place.at for one in found})
    return [_listed(one, before.get(one.place), told) for one in found]


def _opened(session: Session, kept: Kept, rank: int, wanted: ChangesWanted, limit: int) -> list[_Found]:
    return list(_rows(session, kept, kept.model, rank, kept.opened, wanted, limit, []))


def _closed(session: Session, kept: Kept, rank: int, wanted: ChangesWanted, limit: int) -> list[_Found]:
    """Give the rows that ended, without those in whose place another one was recorded."""
    at, _ = kept.closed or kept.opened
    other = aliased(kept.model)
    same = [getattr(other, name).is_not_distinct_from(getattr(kept.model, name)) for name in kept.named_by]
    replaced = exists().where(getattr(other, kept.opened[0]) == getattr(kept.model, at), *same)
    return list(_rows(session, kept, kept.model, rank, kept.closed or kept.opened, wanted, limit, [~replaced]))


def _rows(
    session: Session,
    kept: Kept,
    columns: Any,  # noqa: ANN401 - a table's columns
    rank: int,
    when: tuple[str, str],
    wanted: ChangesWanted,
    limit: int,
    conditions: Sequence[ColumnElement[bool]],
) -> Iterator[_Found]:
    at, by = getattr(columns, when[0]), getattr(columns, when[1])
    chosen = select(columns).where(at.is_not(None), *conditions, *_narrowed(at, by, columns.id, rank, wanted))
    for (row,) in session.execute(chosen.order_by(at, columns.id).limit(limit)):
        place = Place(getattr(row, when[0]), rank, row.id)
        yield _Found(place, getattr(row, when[1]) or "", kept, row, rank % 2 == 1)


def _narrowed(at: Any, by: Any, row_id: Any, rank: int, wanted: ChangesWanted) -> Iterator[ColumnElement[bool]]:  # noqa: ANN401 - columns
    if wanted.since is not None:
        yield at >= wanted.since
    if wanted.by:
        yield by == wanted.by
    if wanted.after is not None:
        known = wanted.after
        if rank > known.rank:
            yield at >= known.at
        elif rank < known.rank:
            yield at > known.at
        else:
            yield or_(at > known.at, and_(at == known.at, row_id > known.id))


def _before(session: Session, found: Iterable[_Found]) -> dict[Place, Any]:
    """Give the row in whose place each one was recorded, where there was one."""
    together = defaultdict[tuple[int, datetime], list[_Found]](list)
    for one in found:
        if not one.is_closed and one.kept.closed is not None:
            together[one.place.rank, one.place.at].append(one)
    before = dict[Place, Any]()
    for (_, at), rows in together.items():
        kept = rows[0].kept
        ends, _ = kept.closed or kept.opened
        chosen = select(kept.model).where(getattr(kept.model, ends) == at)
        if kept.named_by:
            first = kept.named_by[0]
            chosen = chosen.where(getattr(kept.model, first).in_({getattr(one.row, first) for one in rows}))
        ended = {_name(kept, row): row for (row,) in session.execute(chosen)}
        before |= {one.place: ended[name] for one in rows if (name := _name(kept, one.row)) in ended}
    return before


def _name(kept: Kept, row: Any) -> tuple[object, ...]:  # noqa: ANN401 - a row
    return tuple(getattr(row, name) for name in kept.named_by)


class _Told:
    """What is told of changes by their instants: the number of the import, and the request."""

    def __init__(self, session: Session, instants: set[datetime]) -> None:
        imports = select(col(AppliedImport.applied_at), col(AppliedImport.number))
        requests = select(col(ChangeRequest.changed_at), col(ChangeRequest.request_id))
        found = session.execute(imports.where(col(AppliedImport.applied_at).in_(instants)))
        self.numbers = {row.applied_at: row.number for row in found}
        found = session.execute(requests.where(col(ChangeRequest.changed_at).in_(instants)))
        self.requests = {row.changed_at: row.request_id for row in found}


def _listed(one: _Found, before: Any, told: _Told) -> ListedChange:  # noqa: ANN401 - a row or None
    stated = _stated(one.kept, one.row)
    stood = None if before is None else _stated(one.kept, before)
    return ListedChange(
        one.place,
        one.by,
        one.kept.thing,
        before=stated if one.is_closed else stood,
        after=None if one.is_closed else stated,
        number=told.numbers.get(one.place.at),
        request_id=told.requests.get(one.place.at),
    )


def _stated(kept: Kept, row: Any) -> dict[str, object]:  # noqa: ANN401 - a row
    said: dict[str, object] = row.model_dump(exclude=_CLOCKS | kept.withheld | set(kept.closed or ()))
    return said
