"""A city under construction, and cells that many kinds of rows have."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.cities.dice import DAY, DAYS, HOUR, MICROSECOND, NUDGES, Dice, clock_changes, spelled
from tests.cities.files import COLUMNS, ENTERED_AT_ONCE
from tests.reference.facts import ACTIONS, Cells, City, Graces, Row, day_of, instant, period


@dataclass
class Draft:
    """A city so far.

    Attributes:
        entries: The service's clock times at which rows may be entered, earliest first.
        known_from: For each series' code and name, the first of `entries` at which the inventory has it.
        edges: Of each row that has any, the instants at which decisions change.
    """

    dice: Dice
    zone: str
    systems: dict[str, str]
    graces: Graces
    went_live_at: datetime | None
    entries: list[datetime]
    rows: dict[str, list[Row]] = field(default_factory=lambda: {kind: [] for kind in COLUMNS})
    known_from: dict[str, int] = field(default_factory=dict)
    events: list[Cells] = field(default_factory=list)
    edges: list[tuple[Cells, list[datetime]]] = field(default_factory=list)

    def add(self, kind: str, *texts: str) -> int:
        """Add a row, its cells in the order of COLUMNS; tell at which of `entries` it was entered.

        Some are entered late, but none before the series it names, and none that other rows stand on.
        """
        cells = dict(zip(COLUMNS[kind], texts, strict=True))
        entry = self.known_from.get(cells.get("series", ""), 0)
        if kind not in ENTERED_AT_ONCE and self.dice.chance(25):
            entry = self.dice.integer(entry, len(self.entries) - 1)
        self.rows[kind].append(Row(cells, self.entries[entry]))
        return entry

    def column(self, kind: str, name: str) -> list[str]:
        """Give a column's distinct values."""
        return list(dict.fromkeys(row.cells[name] for row in self.rows[kind]))

    def city(self) -> City:
        """Give what there is as a city."""
        return City(self.zone, self.rows, self.events, self.systems, self.went_live_at, self.graces)


def draw_moment(draft: Draft) -> datetime:
    """Give an instant at or near an edge that many rows share."""
    dice = draft.dice
    edge = dice.one_of(clock_changes(draft.zone)) if dice.chance(25) else instant(dice.one_of(DAYS), draft.zone)
    return edge + dice.one_of(NUDGES)


def draw_day_or_moment(draft: Draft) -> str:
    if draft.dice.chance(50):
        return spelled(draft.dice, draw_moment(draft), draft.zone)
    return draw_day(draft)


def draw_day(draft: Draft) -> str:
    return f"{draw_moment(draft):%Y-%m-%d}"


def draw_two_ends(draft: Draft, *, open_start: bool = False, open_end: bool = False) -> tuple[str, str]:
    """Give a period's start and end as written: dates, instants or a mix, now and then empty or open."""
    dice = draft.dice
    if dice.chance(5):
        both = draw_moment(draft)
        return spelled(dice, both, draft.zone), spelled(dice, both, draft.zone)
    if dice.chance(30):
        return "2024-01-01", ("" if open_end else "2026-12-31")
    start, end = draw_day_or_moment(draft), draw_day_or_moment(draft)
    held = period(draft.city(), {"start": start, "end": end}, "start", "end")
    if held.end < held.start or (held.end == held.start and day_of(end)):
        start, end = end, start
    return ("" if open_start and dice.chance(40) else start), ("" if open_end and dice.chance(40) else end)


def draw_recorded_at(draft: Draft, start: str, grace: timedelta) -> str:
    """Give no time, a date, or one just within, at or just beyond the grace of a moment of the grant's own."""
    dice = draft.dice
    if dice.chance(55):
        return ""
    if dice.chance(15):
        return draw_day(draft)
    event = instant(start, draft.zone) if start and dice.chance(50) else draw_moment(draft)
    beyond = dice.one_of([timedelta(0), -MICROSECOND, MICROSECOND])
    return spelled(dice, event + dice.one_of([timedelta(0), HOUR, DAY]) + grace + beyond, draft.zone)


def in_odd_case(dice: Dice, text: str) -> str:
    return dice.one_of([text, text, text, text.upper(), text.title(), f" {text} "])


def draw_actions(dice: Dice) -> str:
    if dice.chance(35):
        return "*"
    return ";".join(in_odd_case(dice, action) for action in dict.fromkeys(dice.some_of(ACTIONS, 4)))


PURPOSES = ("payroll", "audit", "case review", "straße")
# what people type instead, and no work access lists
TYPED = ("pay", "pay run", "aud", "Case  Rev?", "[ask]")


def draw_purposes(dice: Dice) -> str:
    if dice.chance(60):
        return dice.one_of(["", "*"])
    return ";".join(in_odd_case(dice, purpose) for purpose in dict.fromkeys(dice.some_of(PURPOSES, 2)))


def draw_series(draft: Draft) -> str:
    """Name a series by its code or its name."""
    return draft.dice.one_of([*draft.known_from])
