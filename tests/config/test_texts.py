"""The form in which texts compare, and how a text is shown in a sentence."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.texts import compare_form, listed, shortened


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("  Police\t\n Records ", "police records"),
        ("POLICE\u00a0\u2003RECORDS", "police records"),
        ("\ufeffPol\u200bi\u00adce", "police"),
        ("Zo\u00cb", "zo\u00eb"),
        ("Zoe\u0308", "zo\u00eb"),
        ("STRASSE", "strasse"),
        ("Stra\u00dfe", "strasse"),
        ("\u0130zmir", "i\u0307zmir"),
        ("\u200b \ufeff", ""),
    ],
)
def test_texts_compare_without_case_blanks_and_what_nobody_sees(written: str, form: str) -> None:
    assert compare_form(written) == form


@given(st.text())
def test_the_compare_form_is_its_own_and_that_of_every_way_to_write_the_same_letters(text: str) -> None:
    form = compare_form(text)

    assert compare_form(form) == form
    assert {compare_form(unicodedata.normalize(way, text)) for way in ("NFC", "NFD")} == {form}
    assert compare_form(f" \ufeff{text}\u2028") == form


def test_a_text_is_shown_at_a_length_that_can_be_read_and_printed() -> None:
    assert shortened("x" * 81) == "x" * 80 + "\u2026"
    assert shortened("caf\udce9.csv") == "caf\\udce9.csv"
    assert listed(["a", "b" * 90, "c", "d"], 2) == f"a, {'b' * 80}\u2026 and 2 more"
