"""The SQL of the compare form, held to the Python that it stands for."""

import sys
import unicodedata
from collections.abc import Iterator
from random import Random

import duckdb
import pytest

from config.compare_sql import offer_compare_form
from config.texts import compare_form

_NASTY = (
    *("", " ", "\ufeffE201", "E202\u200b", "Stra\u00dfe", "\u0130stanbul", "\u017f", "\u212a", "A\u030a", "e\u0301"),
    *("\u00a0a\u2003b\u3000", "a\r\n\tb", "a\x1c\x1d\x1e\x1fb", "a\x85b", "\x0b\x0c", "\u1680x\u2028y\u2029"),
    *("\u0390", "\u1fd3", "\u1fb3", "\u0345\u03b1", "e\u200b\u0301", "\ufb01", "\u0149", "\u01f0", "\u180e"),
    *("\u202ea\u202c", "a\u00adb", "\x00a", "\x7f", "\u03a3\u0391\u03a3", "\U0001f469\u200d\U0001f4bb"),
    *("\U000e0041", "a\u0327\u0301", "a\u0301\u0327", "[ ]", "  [  ]"),
)
_SPACES = tuple(chr(code) for code in range(sys.maxunicode) if chr(code).isspace())
_INVISIBLE = tuple(chr(code) for code in range(sys.maxunicode) if unicodedata.category(chr(code)) == "Cf")


def _texts() -> Iterator[str]:
    yield from _NASTY
    yield from (f"a{space}{space}b{space}" for space in _SPACES)
    yield from (f"{mark}a{mark}" for mark in _INVISIBLE)
    dice = Random(13)  # noqa: S311 - test cases, nothing secret
    letters = [*"abAB 1\t\u00a0\u00df\u0130\u017f\u00e9\u0390\u0301\u0345\u200b\ufeff", *_SPACES, *_INVISIBLE[:20]]
    for _ in range(4000):
        yield "".join(dice.choices(letters, k=dice.randint(0, 12)))
    # every letter by itself, as cases fold in many ways
    yield from (chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000)


def test_sql_gives_the_compare_form_of_python() -> None:
    texts = list(_texts())
    with duckdb.connect() as connection:
        offer_compare_form(connection)
        offer_compare_form(connection)
        forms = "SELECT list_transform(?, lambda text: compare_form(text))"
        found = connection.execute(forms, [texts]).fetchall()[0][0]

    assert [(text, form) for text, form in zip(texts, found, strict=True) if form != compare_form(text)] == []


@pytest.mark.parametrize(("text", "needs_python"), [(" A  b ", 0), (None, 0), ("straße", 1)])
def test_python_is_asked_only_where_a_text_is_not_of_ascii(text: str | None, needs_python: int) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE names AS SELECT ? AS name", [text])
        offer_compare_form(connection, of="SELECT name FROM names")

        found = connection.execute("SELECT compare_form(name) FROM names").fetchall()
        offered = "SELECT count(*) FROM duckdb_functions() WHERE function_name = 'compare_form_in_python'"
        assert connection.execute(offered).fetchall() == [(needs_python,)]

    assert found == [(None if text is None else compare_form(text),)]


def test_a_null_stays_null() -> None:
    with duckdb.connect() as connection:
        offer_compare_form(connection)

        assert connection.execute("SELECT compare_form(NULL::VARCHAR)").fetchall() == [(None,)]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        *(
            ("\u00c5", "A\u030a"),
            ("E\u200b201", "e201"),
            ("a \u00a0\tb", "A b"),
            ("straße", "STRASSE"),
            ("\ufeffx", "x"),
        ),
        *(("e\u200b\u0301", "É"), ("\u017f", "s"), ("a\u0327\u0301", "a\u0301\u0327")),
    ],
)
def test_texts_that_look_alike_compare_as_equal(text: str, other: str) -> None:
    assert compare_form(text) == compare_form(other)


def test_the_compare_form_of_a_form_is_itself_and_half_a_letter_is_kept() -> None:
    assert [text for text in _NASTY if compare_form(compare_form(text)) != compare_form(text)] == []
    assert compare_form("a\ud800 ") == "a\ud800"
