"""Rows that are stated once more, later and otherwise: ends that move, revocations, patterns that map elsewhere."""

from collections import Counter

from tests.cities.dice import NUDGES
from tests.cities.draft import Draft, draw_moment
from tests.reference.facts import Cells, Row, folded, period

# What may change while the row stays the same fact, and where that fact starts.
_CHANGING = {
    "assignments": ("start_date", "end_date"),
    "work-access": ("start_date", "end_date"),
    "temporary-duties": ("start", "end"),
    "officer-duties": ("start", "end"),
}
_NOT_OF_THE_FACT = {"end", "end_date", "recorded_at", "revoked_at", "authority", "granted_by", "reason"}


def restate_rows(draft: Draft) -> None:
    """Let some rows be entered again at a later time with another end, and some patterns with another target."""
    for kind, columns in _CHANGING.items():
        facts = Counter(map(_fact, (row.cells for row in draft.rows[kind])))
        draft.rows[kind] = [
            _restated(draft, row, *columns) if facts[_fact(row.cells)] == 1 and draft.dice.chance(25) else row
            for row in draft.rows[kind]
        ]
    draft.rows["resources"] = [
        _version(draft, row, {"series": draft.dice.one_of(["public", "ignore"])}) if draft.dice.chance(6) else row
        for row in draft.rows["resources"]
    ]


def _fact(cells: Cells) -> tuple[str, ...]:
    return tuple(folded(text) for name, text in cells.items() if name not in _NOT_OF_THE_FACT)


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
