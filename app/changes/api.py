"""Changes over JSON: who changed what, when, from what, to what."""

from datetime import datetime, tzinfo
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from app.changes.kept import KEPT
from app.changes.list_changes import ChangesWanted, ListedChange, Place, list_changes
from config.clock import read_start
from config.errors import InvalidFields
from config.web.paging import Cursor, Limit, Listed, read_cursor, write_cursor
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Work

router = APIRouter(prefix="/api/v1/changes", tags=["changes"])
Reader = Annotated[SignedIn, official_who_may("read", "changes")]
_THINGS = [kept.thing for kept in KEPT]
_MOST_ROW = 2**63 - 1
# they tell of findings and accesses of all months and sources, so they are not there for who is limited to some
_OF_LOGS = frozenset({"moves of findings", "legal holds", "removals", "proposals of work access"})


class ChangeView(BaseModel):
    """A change: `before` is null where nothing stood, `after` where nothing stands in its place.

    What was changed at once bears one instant, and where it was an import its `number`, by which it can be taken back.
    `request_id` is the `X-Request-Id` of the answer to the request that made the change or asked for the job that did;
    it is null for a change of the command line or the schedule.
    """

    at: datetime
    by: str
    thing: str = Field(json_schema_extra={"enum": [*_THINGS]})
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    number: int | None
    request_id: str | None


@router.get("")
def show_changes(
    installation: InstallationDep,
    official: Reader,
    *,
    since: Annotated[str, Query(max_length=60, description="A day or an instant; empty = from the beginning.")] = "",
    thing: Annotated[str, Query(max_length=60, json_schema_extra={"enum": ["", *_THINGS]})] = "",
    by: Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")] = "",
    cursor: Cursor = "",
    limit: Limit = 100,
) -> Listed[ChangeView]:
    """List what was changed here since a time, the oldest first; nothing in this list can be changed or removed."""
    if thing and thing not in _THINGS:
        raise InvalidFields({"thing": f"Nothing is called so here; there are {', '.join(_THINGS)}."})
    with installation.read() as work:
        wanted = ChangesWanted(
            _since(work, since), _place(cursor), thing, by, _OF_LOGS if official.limits else frozenset()
        )
        found = list_changes(work.session, wanted, limit=limit + 1)
        further = write_cursor(found[limit - 1].place) if len(found) > limit else None
        return Listed(items=[_view(one) for one in found[:limit]], next=further)


def _since(work: Work, text: str) -> datetime | None:
    try:
        return read_start(text, work.zone) if text.strip() else None
    except ValueError as error:
        raise InvalidFields({"since": f"This cannot be read; expected {error}."}) from error


def _place(cursor: str) -> Place | None:
    if not cursor:
        return None
    match read_cursor(cursor, len(Place._fields)):
        # true and false are integers to Python, but to no database
        case [datetime(tzinfo=tzinfo()) as at, int(rank), int(row)] if type(rank) is type(row) is int:
            if 0 <= row <= _MOST_ROW:
                return Place(at, rank, row)
    raise InvalidFields({"cursor": "The cursor is none of this list; ask for the first page anew."})


def _view(change: ListedChange) -> ChangeView:
    return ChangeView(
        at=change.place.at,
        by=change.by,
        thing=change.thing,
        before=dict(change.before) if change.before is not None else None,
        after=dict(change.after) if change.after is not None else None,
        number=change.number,
        request_id=change.request_id,
    )
