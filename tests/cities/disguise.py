"""Cells that look otherwise and mean the same: hidden characters, cases, and dates in their many spellings."""

import unicodedata
from dataclasses import replace

from tests.cities.dice import Dice
from tests.cities.draft import Draft
from tests.reference.facts import DAY_SPELLINGS, Cells, Row, day_of

_NAMES = {
    *("employee_id", "position_code", "series", "holder", "system", "login", "purposes", "actions", "duty", "pattern"),
}
_STARTS = {"start", "start_date", "hire_date"}
_ENDS = {"end", "end_date", "separation_date"}
_DATES = {*_STARTS, *_ENDS, "recorded_at", "revoked_at"}
_START_FILLERS = ("1900-01-01", "1/1/1900", "1753-01-01", "0001-01-01")
_END_FILLERS = ("9999-12-31", "12/31/9999", "2999-12-31", "31-Dec-9999")
_BOUNDED = ("temporary-duties", "officer-duties")


def disguise_cells(draft: Draft) -> None:
    """Write some cells otherwise, so that they mean the same."""
    for kind, rows in draft.rows.items():
        draft.rows[kind] = [_row(draft.dice, kind, row) for row in rows]
    draft.events[:] = [_event(draft.dice, event) for event in draft.events]


def _row(dice: Dice, kind: str, row: Row) -> Row:
    before = row.before and _row(dice, kind, row.before)
    cells = {name: _cell(dice, kind, name, text) for name, text in row.cells.items()}
    return replace(row, cells=cells, before=before)


def _cell(dice: Dice, kind: str, name: str, text: str) -> str:
    if name in _NAMES and text and dice.chance(6):
        return _disguised(dice, text)
    if name in _DATES and (day := day_of(text)) and dice.chance(15):
        return day.strftime(dice.one_of(DAY_SPELLINGS))
    if name in _STARTS | _ENDS and not text and kind not in _BOUNDED and dice.chance(8):
        return dice.one_of(_START_FILLERS if name in _STARTS else _END_FILLERS)
    return text


def _event(dice: Dice, event: Cells) -> Cells:
    return event | {
        name: _disguised(dice, event[name])
        for name in ("account", "resource", "purpose")
        if event[name].strip() and dice.chance(4)
    }


def _disguised(dice: Dice, text: str) -> str:
    """Write a text so that it compares as before."""
    middle = len(text) // 2
    return dice.one_of(
        [
            f"{text[:middle]}\u200b{text[middle:]}",
            f"\ufeff{text}",
            f"{text}\u00ad",
            text.replace(" ", " \u00a0\t"),
            unicodedata.normalize("NFD", text),
            text.swapcase() if text.isascii() else text,
        ]
    )
