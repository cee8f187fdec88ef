"""What a row says, and since when it was said: "timeliness follows what was said" (DOMAIN.md section 3)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tests.reference.facts import Cells, City, Period, Row, cell_of, folded, instant, parts_of, period

Recorded = tuple[datetime | None, timedelta]
# Of each kind that grants something: what tells two things apart of which its rows can speak, and its period.
THINGS = {
    "assignments": ("employee_id", "position_code"),
    "work-access": ("series", "holder_type", "holder"),
    "temporary-duties": ("employee_id", "series"),
    "officer-duties": ("employee_id", "series"),
}
PERIODS = {"assignments": ("start_date", "end_date"), "work-access": ("start_date", "end_date")}


@dataclass(frozen=True)
class Saying:
    """What has been said, by one version after the other, since some version was recorded.

    Attributes:
        actions: As a cell lists them; `*` where a kind has none.
        purposes: As a cell lists them; empty means any.
        recorded: When that version was recorded (None: no recorded time), and the grace of its kind.
    """

    period: Period
    actions: str
    purposes: str
    recorded: Recorded


def said_by(city: City, kind: str, row: Row) -> list[Saying]:
    """Give what a row that stands says, and what of it earlier versions said, without what holds at no moment.

    A row that carries `recorded_at` itself stands for itself; so does one without a recorded time, which is timely.
    """
    now = _saying(city, kind, row)
    stands_for_itself = cell_of(row.cells, "recorded_at") or now.recorded[0] is None
    said = [now] if stands_for_itself else [now, *_said_before(city, kind, row, now)]
    # one that was revoked before it began, or that ends as it begins, is no grant
    return [one for one in said if one.period.start < one.period.end]


def _said_before(city: City, kind: str, row: Row, since: Saying) -> Iterator[Saying]:
    """Give what stood about the same thing until a row was recorded, as far as it is said ever since."""
    for other in city.rows.get(kind, []):
        for earlier, until in other.earlier():
            if until == row.entered_at and _thing(city, kind, earlier.cells) == _thing(city, kind, row.cells):
                both = _both(since, _saying(city, kind, earlier))
                if both:
                    yield both
                    yield from _said_before(city, kind, earlier, both)


def _thing(city: City, kind: str, cells: Cells) -> tuple[str, ...]:
    """Give what a row is about; a series goes by its code or its name."""
    texts = {name: folded(cells[name]) for name in THINGS[kind]}
    named = [
        one for one in city.cells("inventory") if texts.get("series") in (folded(one["code"]), folded(one["name"]))
    ]
    codes = {"series": folded(named[0]["code"])} if named else {}
    return tuple((texts | codes).values())


def _both(one: Saying, other: Saying) -> Saying | None:
    """Give what two versions both say, as recorded with the second; None where that is nothing."""
    held = one.period.intersection(other.period)
    actions, purposes = _listed_in_both(one.actions, other.actions), _listed_in_both(one.purposes, other.purposes)
    if held is None or actions is None or purposes is None:
        return None
    return Saying(held, actions, purposes, other.recorded)


def _listed_in_both(one: str, other: str) -> str | None:
    """Give what two cells both list, `*` and empty being all there is; None where that is nothing."""
    if folded(one) in ("", "*"):
        return other
    if folded(other) in ("", "*"):
        return one
    others = [folded(part) for part in parts_of(other)]
    return ";".join(part for part in parts_of(one) if folded(part) in others) or None


def _saying(city: City, kind: str, row: Row) -> Saying:
    cells = row.cells
    grace = {
        "assignments": city.graces.assignment,
        "work-access": city.graces.work_access,
        "temporary-duties": city.graces.temporary_duty,
        "officer-duties": city.graces.officer_duty,
    }[kind]
    actions = cell_of(cells, "actions") or "*"
    return Saying(_held(city, kind, cells), actions, cell_of(cells, "purposes"), recorded_time(city, row, grace))


def _held(city: City, kind: str, cells: Cells) -> Period:
    """Give the period of a row; a duty that is revoked ends then at the latest."""
    held = period(city, cells, *PERIODS.get(kind, ("start", "end")))
    revoked = cell_of(cells, "revoked_at")
    return replace(held, end=min(held.end, instant(revoked, city.time_zone))) if revoked else held


def recorded_time(city: City, row: Row, grace: timedelta) -> Recorded:
    """Give what the file claims, else the service's own clock once the entity is live, else no recorded time."""
    claimed = cell_of(row.cells, "recorded_at")
    if claimed:
        return instant(claimed, city.time_zone), grace
    if city.went_live_at is not None and row.entered_at >= city.went_live_at:
        return row.entered_at.astimezone(UTC), grace
    return None, grace
