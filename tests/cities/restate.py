"""Rows that are stated once more, later and otherwise: corrected, split, with ends that move, mapped elsewhere."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from tests.cities.dice import NUDGES, spelled
from tests.cities.draft import PURPOSES, Draft, draw_actions, draw_day_or_moment, draw_moment, draw_purposes
from tests.reference.facts import Cells, Row, folded, instant, period

# What may change while the row stays the same fact, and where that fact starts.
_CHANGING = {
    "assignments": ("start_date", "end_date"),
    "work-access": ("start_date", "end_date"),
    "temporary-duties": ("start", "end"),
    "officer-duties": ("start", "end"),
}
_CORRECTIONS = 2  # of what was corrected, too
_NOT_OF_THE_FACT = {"end", "end_date", "recorded_at", "revoked_at", "authority", "granted_by", "reason"}


def restate_rows(draft: Draft) -> None:
    """Let some rows be corrected, split, or entered again later with another end, and some patterns map elsewhere."""
    for kind, columns in _CHANGING.items():
        for _ in range(_CORRECTIONS):
            draft.rows[kind] = [one for row in draft.rows[kind] for one in _corrected(draft, kind, row)]
            draft.rows[kind] = [one for row in draft.rows[kind] for one in _split(draft, kind, row)]
        facts = Counter(map(_fact, (row.cells for row in draft.rows[kind])))
        draft.rows[kind] = [
            _restated(draft, row, *columns) if _may_change(facts, row) and draft.dice.chance(25) else row
            for row in draft.rows[kind]
        ]
    draft.rows["resources"] = [
        _version(draft, row, {"series": draft.dice.one_of(["public", "ignore"])}) if draft.dice.chance(6) else row
        for row in draft.rows["resources"]
    ]
    draft.rows["purposes"] = [
        _version(draft, row, {"purpose": draft.dice.one_of(PURPOSES)}) if draft.dice.chance(20) else row
        for row in draft.rows["purposes"]
    ]


def _fact(cells: Cells) -> tuple[str, ...]:
    return tuple(folded(text) for name, text in cells.items() if name not in _NOT_OF_THE_FACT)


def _may_change(facts: Counter[tuple[str, ...]], row: Row) -> bool:
    """Say whether a row can be told from the others that stand, so that it is clear which one changes."""
    return row.withdrawn_at is None and facts[_fact(row.cells)] == 1


def _corrected(draft: Draft, kind: str, row: Row) -> Iterator[Row]:
    """Let a file that replaces say something else in the place of a row: of another start, other actions, purposes."""
    start, end = _CHANGING[kind]
    cells = dict(row.cells)
    if draft.dice.chance(60):
        cells[start] = _moved(draft, cells[start]) if draft.dice.chance(60) else draw_day_or_moment(draft)
    if "actions" in cells and draft.dice.chance(60):
        cells["actions"] = "*" if draft.dice.chance(40) else draw_actions(draft.dice)
    if "purposes" in cells and draft.dice.chance(30):
        cells["purposes"] = draw_purposes(draft.dice)
    if cells.get("recorded_at") and draft.dice.chance(80):
        cells["recorded_at"] = ""
    held = period(draft.city(), cells, start, end)
    entry = _later_entry(draft, kind, row) if draft.dice.chance(30) else None
    if entry is None or not _is_new(draft, kind, cells) or held.end <= held.start:
        yield row
        return
    yield replace(row, withdrawn_at=entry)
    yield Row(cells, entry)


def _moved(draft: Draft, start: str) -> str:
    """Give a start that is a little off the one that was entered; one where there was none."""
    nudged = instant(start, draft.zone) + draft.dice.one_of(NUDGES) if start else draw_moment(draft)
    return spelled(draft.dice, nudged, draft.zone)


def _split(draft: Draft, kind: str, row: Row) -> Iterator[Row]:
    """Let a row end earlier, and another go on with what it said from there on."""
    start, end = _CHANGING[kind]
    day = draw_moment(draft).date()
    halves = (row.cells | {end: f"{day}"}, row.cells | {start: f"{day + timedelta(days=1)}"})
    sound = all(held.start < held.end for held in (period(draft.city(), cells, start, end) for cells in halves))
    entry = _later_entry(draft, kind, row) if draft.dice.chance(20) else None
    if entry is None or not sound or not _is_new(draft, kind, halves[1]):
        yield row
        return
    yield Row(halves[0], entry, row)
    yield Row(halves[1] | {"recorded_at": ""}, entry)


def _later_entry(draft: Draft, kind: str, row: Row) -> datetime | None:
    """Choose when a row is spoken of again; None where it was entered last, is withdrawn or is one of several alike."""
    facts = Counter(_fact(one.cells) for one in draft.rows[kind])
    later = [entry for entry in draft.entries if entry > row.entered_at]
    return draft.dice.one_of(later) if later and _may_change(facts, row) else None


def _is_new(draft: Draft, kind: str, cells: Cells) -> bool:
    """Say whether no row was ever entered that a row would be taken for."""
    return _fact(cells) not in {_fact(one.cells) for one in draft.rows[kind]}


def _restated(draft: Draft, row: Row, start: str, end: str) -> Row:
    moved = draft.dice.one_of([draw_moment(draft), draw_moment(draft) + draft.dice.one_of(NUDGES)])
    changed = {end: f"{moved:%Y-%m-%d}"}
    held = period(draft.city(), row.cells | changed, start, end)
    if held.end <= held.start:
        return row
    if "revoked_at" in row.cells and draft.dice.chance(40):
        changed = {"revoked_at": draft.dice.one_of(["", f"{moved:%Y-%m-%d}"])}
    if row.cells["recorded_at"] and draft.dice.chance(50):
        changed["recorded_at"] = ""
    return _version(draft, row, changed)


def _version(draft: Draft, row: Row, changed: Cells) -> Row:
    """Give a row's later version; the row itself where it was entered last."""
    later = [entry for entry in draft.entries if entry > row.entered_at]
    if not later or row.cells | changed == row.cells:
        return row
    return Row(row.cells | changed, draft.dice.one_of(later), row)
