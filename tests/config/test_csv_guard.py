"""No cell calculates, and each can be had again as it was."""

import pytest
from hypothesis import given
from hypothesis.strategies import lists, text

from config.csv_guard import guarded, unguarded


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-5", "@SUM(1)", "\t=1", "\r", "\nx", "  =1", "\u00a0+1", "\uff1d1", "'=1"]
)
def test_what_would_calculate_gets_an_apostrophe(cell: str) -> None:
    assert guarded([cell]) == [f"'{cell}"]


@pytest.mark.parametrize("cell", ["", "a=1", "'", "'tis", "O'Brien", "1-2", "2025-03-01", 5, -5, None])
def test_other_texts_and_numbers_of_our_own_stay_as_they_are(cell: object) -> None:
    assert guarded([cell]) == [cell]


@given(lists(text(alphabet="'=+-@ \t\rab")))
def test_the_guard_can_be_taken_off(cells: list[str]) -> None:
    assert list(unguarded(map(str, guarded(cells)))) == cells
