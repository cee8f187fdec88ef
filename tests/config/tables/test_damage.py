"""Ids that a spreadsheet has visibly damaged."""

import pytest

from config.tables.damage import damage_to_id


@pytest.mark.parametrize(
    "text",
    [
        *("1.00E+05", "1E+05", "1.23457E+11", "1,00E+05", "2-Oct", "Oct-24", "2-Oct-24", "2024-10-02", "10/2/2024"),
        *("2024-10-02T00:00:00", "10/2/2024 0:00", "October 2, 2024", "Wednesday, October 2, 2024", "2 October 2024"),
        *("10:02:00", "30:00:00", "12:00:00 AM", "1:05 PM", "#N/A", "#NAME?", "#REF!", "########"),
    ],
)
def test_what_a_spreadsheet_makes_of_an_id_is_damage(text: str) -> None:
    assert damage_to_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "2-OCT-A",
        "1E5",
        "E1",
        "1.0",
        "10-2",
        "2-OCT",
        "2024-99-02",
        "77/77/2024",
        "PAY-010",
        "Oct-A",
        "100000",
        "10:02",
        "#1",
        "Unit 2, 2024",
        "",
    ],
)
def test_what_may_be_real_is_none(text: str) -> None:
    assert not damage_to_id(text)
