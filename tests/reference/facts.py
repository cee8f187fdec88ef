"""All that is known of an entity and its logs, and how its cells are read (DOMAIN.md section 2)."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

Cells = dict[str, str]
ACTIONS = ("view", "search", "create", "modify", "delete", "print", "export", "share", "other")
CLASSES = ("public", "private", "confidential", "nonpublic", "protected nonpublic")
ALWAYS = datetime.min.replace(tzinfo=UTC)
OPEN_ENDED = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """One row of a file of DOMAIN.md section 5, its cells as written, and the service's clock when it was entered.

    `before` is the version of the row that this one took the place of; `withdrawn_at` is when a file that was the whole
    truth about its subject did not restate it.
    """

    cells: Cells
    entered_at: datetime
    before: "Row | None" = None
    withdrawn_at: datetime | None = None

    def known_at(self, moment: datetime) -> "Row | None":
        """Give the row as it was known then; None where there was none yet."""
        if self.entered_at <= moment:
            is_withdrawn = self.withdrawn_at is not None and self.withdrawn_at <= moment
            return self if is_withdrawn else replace(self, withdrawn_at=None)
        return self.before.known_at(moment) if self.before else None

    def earlier(self) -> "Iterator[tuple[Row, datetime]]":
        """Give its versions that no longer stand, each with the instant until which it stood, the latest first."""
        if self.withdrawn_at:
            yield self, self.withdrawn_at
        version = self
        while version.before:
            yield version.before, version.entered_at
            version = version.before


@dataclass(frozen=True)
class Graces:
    """How long after an event each kind of row may be recorded and still be timely."""

    temporary_duty: timedelta = timedelta(0)
    officer_duty: timedelta = timedelta(0)
    assignment: timedelta = timedelta(days=14)
    work_access: timedelta = timedelta(days=14)


@dataclass(frozen=True)
class City:
    """All that is known of one entity, and its logs.

    Attributes:
        time_zone: The entity's zone; dates and naive clock times in files are in it.
        rows: The rows of each kind of file (all of section 5 but the roster).
        events: Canonical log records plus the `system` they come from, in the order of the logs.
        source_zones: The zone of naive times in the log of each system.
        went_live_at: When the entity went live; None while it has not.
        graces: The settings of the rule on timely grants.
    """

    time_zone: str
    rows: Mapping[str, list[Row]]
    events: list[Cells] = field(default_factory=list)
    source_zones: Mapping[str, str] = field(default_factory=dict)
    went_live_at: datetime | None = None
    graces: Graces = Graces()

    def cells(self, kind: str) -> list[Cells]:
        """Give the cells of every row of a kind that stands."""
        return [row.cells for row in self.standing(kind)]

    def standing(self, kind: str) -> list[Row]:
        """Give every row of a kind that stands."""
        return [row for row in self.rows.get(kind, []) if row.withdrawn_at is None]


@dataclass(frozen=True)
class Period:
    """start <= t < end, both UTC."""

    start: datetime
    end: datetime

    def holds_at(self, moment: datetime) -> bool:
        """Say whether the period is in force."""
        return self.start <= moment < self.end

    def intersection(self, other: "Period") -> "Period | None":
        """Give the time that both hold; None where there is none."""
        both = Period(max(self.start, other.start), min(self.end, other.end))
        return both if both.start < both.end else None


DAY_SPELLINGS = (
    *("%Y-%m-%d", "%m/%d/%Y", "%d-%b-%y", "%d-%b-%Y", "%B %d, %Y", "%d %B %Y"),
    *("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M:%S %p"),
)


@cache
def day_of(text: str) -> date | None:
    """Read a date in one of the spellings of people and spreadsheets, some with a clock time of midnight."""
    for spelling in DAY_SPELLINGS:
        try:
            moment = datetime.strptime(text.strip(), spelling)  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return moment.date() if moment.time() == time.min else None
    return None


@cache
def instant(text: str, zone: str) -> datetime:
    """Read a date (its 00:00) or a clock time. Naive is in the zone: of two the earlier, one skipped moved forward."""
    day = day_of(text)
    moment = datetime.combine(day, time.min) if day else datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone), fold=0)
    return moment.astimezone(UTC)


def period(city: City, cells: Cells, start: str, end: str) -> Period:
    """Read the period that two columns of a row tell; a date as end is inclusive, fillers of HR systems are open."""
    start_text, end_text = cell_of(cells, start), cell_of(cells, end)
    first, last = day_of(start_text), day_of(end_text)
    if first and first.year <= 1900:
        start_text = ""
    if last and last.year >= 2900:
        end_text = ""
    elif last:
        end_text = (last + timedelta(days=1)).isoformat()
    return Period(
        instant(start_text, city.time_zone) if start_text else ALWAYS,
        instant(end_text, city.time_zone) if end_text else OPEN_ENDED,
    )


def cell_of(cells: Cells, column: str) -> str:
    return cells.get(column, "").strip()


@cache
def folded(text: str) -> str:
    """Write a text as texts are compared (section 1)."""
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", seen)).strip().casefold()


def same(text: str, other: str) -> bool:
    """Say whether two texts compare as equal."""
    return folded(text) == folded(other)


def parts_of(text: str, separators: str = ";") -> list[str]:
    return [part.strip() for part in re.split(separators, text) if part.strip()]
