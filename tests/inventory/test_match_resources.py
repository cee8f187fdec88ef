"""What a resource maps to, held against plain globbing; a number behind a stem is never wrongly passed over."""

from fnmatch import fnmatchcase

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from config.texts import compare_form
from inventory.match_resources import DIGITS, IGNORE, PUBLIC, ResourceMap

SYSTEM = "cad"
# few letters, so that patterns and resources meet; letters that change their length when folded; all that globs know
LETTERS = "aAbß/.İ \u200b"
TEXTS = st.text(LETTERS + DIGITS[:3], max_size=6)
PIECES = st.one_of(
    TEXTS,
    st.sampled_from(["*", "?", "[0-9]", "[!0-9]", "[12]", "[a-b]", "[", "]", "[!", "[]", "-", "**", "1", "10", "\n"]),
)
PATTERNS = st.lists(PIECES, min_size=1, max_size=4).map("".join)
MAPS = st.lists(PATTERNS, min_size=1, max_size=4, unique_by=compare_form)


def a_map(*patterns: str, system: str = SYSTEM) -> ResourceMap:
    """Map each pattern to a series named after its place."""
    return ResourceMap((system, pattern, f"S{place}") for place, pattern in enumerate(patterns))


def by_plain_globbing(patterns: list[str], resource: str) -> str | None:
    """Try every pattern: the longest wins, ties go to the one that sorts first."""
    matching = [
        (-len(pattern), pattern, f"S{place}")
        for place, pattern in enumerate(map(compare_form, patterns))
        if fnmatchcase(compare_form(resource), pattern)
    ]
    return min(matching)[2] if matching else None


@hypothesis_settings(max_examples=250, deadline=None)
@given(MAPS, st.one_of(TEXTS, PATTERNS))
def test_a_resource_maps_to_what_plain_globbing_says(patterns: list[str], resource: str) -> None:
    assert a_map(*patterns).series_of(SYSTEM, resource) == by_plain_globbing(patterns, resource)


@hypothesis_settings(max_examples=500, deadline=None)
@given(MAPS, TEXTS, st.text(DIGITS, min_size=1, max_size=4))
@example(["a1*"], "a", "1")
@example(["a*"], "a", "1")
@example(["a"], "a", "1")
@example(["a?"], "a", "1")
@example(["*1"], "a", "1")
@example(["a[0-9]"], "a", "1")
@example(["ss1"], "ß", "1")
@example(["a*", "a1"], "a", "1")
@example(["a**"], "a", "1")
@example(["a *"], "a ", "1")
@example(["a *"], "a \u200b", "1")
def test_where_a_number_is_said_not_to_matter_it_does_not(patterns: list[str], text: str, number: str) -> None:
    resources, stem = a_map(*patterns), text.rstrip(DIGITS)

    if not resources.number_matters(SYSTEM, stem):
        assert resources.series_of(SYSTEM, stem + number) == resources.series_of(SYSTEM, stem)


@hypothesis_settings(max_examples=250, deadline=None)
@given(MAPS, st.data())
def test_a_number_next_to_a_pattern_is_not_passed_over_either(patterns: list[str], data: st.DataObject) -> None:
    resources = a_map(*patterns)
    pattern = data.draw(st.sampled_from(patterns))
    near = pattern.translate({ord("*"): "b", ord("?"): "1", ord("["): "", ord("]"): ""})
    cut = data.draw(st.integers(0, len(near)))
    stem = near[:cut].rstrip(DIGITS)
    numbers = {near[len(stem) : end] for end in range(len(stem) + 1, len(near) + 1)} | {"1", "10", "7"}

    if not resources.number_matters(SYSTEM, stem):
        for number in sorted(one for one in numbers if one.isascii() and one.isdigit()):
            assert resources.series_of(SYSTEM, stem + number) == resources.series_of(SYSTEM, stem), (stem, number)


@pytest.mark.parametrize(
    ("patterns", "stem"),
    [(("records/*",), "records/"), (("records/*", "other/*"), "records/case-"), (("x1*",), "y"), (("/a1/*",), "/a1/b")],
)
def test_records_that_differ_only_in_their_number_are_asked_once(patterns: tuple[str, ...], stem: str) -> None:
    assert not a_map(*patterns).number_matters(SYSTEM, stem)


def test_patterns_count_for_their_own_system_alone_in_any_case_and_with_blanks() -> None:
    resources = a_map("case/*", system=" CAD ")

    assert resources.series_of("cad", "Case/1") == "S0"
    assert resources.series_of("permits", "Case/1") is None
    assert not resources.number_matters("permits", "Case/")


def test_the_longest_pattern_wins_and_a_tie_goes_to_the_one_that_sorts_first() -> None:
    resources = ResourceMap(
        [(SYSTEM, "*", PUBLIC), (SYSTEM, "log/*", IGNORE), (SYSTEM, "log/?", "B"), (SYSTEM, "log/a", "C")]
    )

    assert resources.series_of(SYSTEM, "other") == PUBLIC
    assert resources.series_of(SYSTEM, "log/abc") == IGNORE
    assert resources.series_of(SYSTEM, "log/b") == IGNORE  # as long as log/?, and * sorts before ?
    assert resources.series_of(SYSTEM, "log/A") == IGNORE
