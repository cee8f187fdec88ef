"""Plates and dates of birth that people typed are masked, the same by Python as in SQL."""

from contextlib import closing

import duckdb
import pytest

from audit.personal_texts import MASK, PERSONAL, mask_personal


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Traffic stop QRS 771", "Traffic stop QRS 771"),
        ("stop, plate QRS 771A", "stop, plate QRS 771A"),
        ("stop QRS771, lp: 7-XY9", "stop (masked), (masked)"),
        ("123-abc seen", "(masked) seen"),
        ("Ann DOB 3/14/1990", "Ann (masked)"),
        ("case 24-001234", "case 24-001234"),
        ("Ännchen, born 1990", "Ännchen, (masked)"),
    ],
)
def test_what_looks_like_a_plate_or_a_date_of_birth_is_masked(typed: str, shown: str) -> None:
    with closing(duckdb.connect()) as connection:
        (in_sql,) = connection.execute("SELECT regexp_replace(?, ?, ?, 'gi')", [typed, PERSONAL, MASK]).fetchall()

    assert mask_personal(typed) == shown == in_sql[0]
