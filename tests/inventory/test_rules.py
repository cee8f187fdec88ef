"""Classes, work access and codes as they are read from an inventory's cells."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.rules import (
    Classification,
    ReadClasses,
    read_classes,
    required_by_13_025,
    series_code,
    shows_loss,
    split_work_access,
)

PUBLIC, PRIVATE, CONFIDENTIAL, NONPUBLIC, PROTECTED_NONPUBLIC = Classification


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Public", [PUBLIC]),
        ("Public;", [PUBLIC]),
        ("PRIVATE.", [PRIVATE]),
        ("• Confidential", [CONFIDENTIAL]),
        ("NonPublic", [NONPUBLIC]),
        ("Non-public", [NONPUBLIC]),
        ("non public data", [NONPUBLIC]),
        ("Protected Non-Public", [PROTECTED_NONPUBLIC]),
        ("Protected-Nonpublic", [PROTECTED_NONPUBLIC]),
        ("protected nonpublic data not on individuals", [PROTECTED_NONPUBLIC]),
        ("Private Data", [PRIVATE]),
        ("Confidential data on individuals.", [CONFIDENTIAL]),
        ("Private (13.43)", [PRIVATE]),
        ("Private (13.43, subd. 4; and/or 13.37)", [PRIVATE]),
        ("Public; NonPublic;", [PUBLIC, NONPUBLIC]),
        ("Private/Nonpublic", [PRIVATE, NONPUBLIC]),
        ("private, nonpublic and public", [PRIVATE, NONPUBLIC, PUBLIC]),
        ("Private, and Public", [PRIVATE, PUBLIC]),
        ("Confidential\r\nProtected\u00a0Nonpublic", [CONFIDENTIAL, PROTECTED_NONPUBLIC]),
        ("Private/Public/private", [PRIVATE, PUBLIC]),
        (
            "Private/Confidential/Protected Nonpublic/Public/Nonpublic",
            [PRIVATE, CONFIDENTIAL, PROTECTED_NONPUBLIC, PUBLIC, NONPUBLIC],
        ),
    ],
)
def test_each_class_of_a_cell_is_read_once_in_order(cell: str, expected: list[Classification]) -> None:
    assert read_classes(cell) == ReadClasses(tuple(expected))


@pytest.mark.parametrize(
    "cell",
    [
        "Not public",
        "Protected",
        "Restricted",
        "Private or nonpublic",
        "Priv.",
        "Private?",
        "Various",
        "(see policy)",
        "-",
        "Private (13.43",
    ],
)
def test_a_class_that_cannot_be_read_is_reported_not_guessed(cell: str) -> None:
    assert read_classes(cell) == ReadClasses(unreadable=(cell,))


def test_a_note_that_speaks_of_another_class_is_reported_beside_the_class() -> None:
    read = read_classes("Private (public after award) / Nonpublic (until award)")

    assert read == ReadClasses((PRIVATE, NONPUBLIC), ("(public after award)",))


@pytest.mark.parametrize("cell", ["", " ", "\n", " ; / , "])
def test_a_cell_without_words_has_no_class(cell: str) -> None:
    assert read_classes(cell) == ReadClasses()


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["Public", "private data", " NON-PUBLIC ", "Protected nonpublic", "Confidential."]),
            st.text(alphabet="abPu.- rivte", max_size=12),
        )
    ),
    st.sampled_from(["/", ";", "\n", ",", " and ", " / ", "; "]),
)
def test_every_part_of_a_cell_is_a_class_or_reported(parts: list[str], separator: str) -> None:
    cell = separator.join(parts)

    read = read_classes(cell)

    written = [part.strip() for part in re.split(r"[/;\n,]|\sand(?:\s|$)", cell) if part.strip()]
    unread = [part for part in written if not read_classes(part).classes]
    assert read.unreadable == tuple(dict.fromkeys(unread))
    assert read.classes == tuple(dict.fromkeys(cls for part in written for cls in read_classes(part).classes))


@given(st.text())
def test_any_text_with_a_part_gives_a_class_or_an_unreadable_part_as_written(cell: str) -> None:
    read = read_classes(cell)

    assert bool(read.classes or read.unreadable) == bool(re.sub(r"[/;\n\r,\s]", "", cell))
    assert all(part in cell for part in read.unreadable)


@given(st.lists(st.sampled_from(Classification), unique=True))
def test_classes_written_as_text_read_back(classes: list[Classification]) -> None:
    assert read_classes("; ".join(classes)) == ReadClasses(tuple(classes))


@pytest.mark.parametrize(
    ("classes", "required"),
    [
        ([PRIVATE], True),
        ([PUBLIC, CONFIDENTIAL], True),
        ([PUBLIC, NONPUBLIC, PROTECTED_NONPUBLIC], False),
        ([], False),
    ],
)
def test_13_025_requires_series_with_private_or_confidential_data(
    classes: list[Classification], *, required: bool
) -> None:
    assert required_by_13_025(classes) is required


def test_work_access_is_split_at_semicolons_and_line_ends_only() -> None:
    cell = " Payroll Clerk; HR Manager, deputy ;;\r\npayroll clerk\nFire and Rescue\n"

    assert split_work_access(cell) == ("Payroll Clerk", "HR Manager, deputy", "Fire and Rescue")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Personnel Data", "PERSONNEL-DATA"),
        ("Complaint/Complainant Data", "COMPLAINT-COMPLAINANT-DATA"),
        ("Workers’ compensation  (old)", "WORKERS-COMPENSATION-OLD"),  # noqa: RUF001 - as printed
        ("Café résumés & 911 calls", "CAFE-RESUMES-911-CALLS"),
        ("Orders for Protection, Harassment Restraining Orders", "ORDERS-FOR-PROTECTION-HARASSMENT"),
        ("x" * 60, "X" * 40),
        ("—", "SERIES"),
    ],
)
def test_a_code_is_the_words_of_the_name(name: str, code: str) -> None:
    assert series_code(name, ()) == code


def test_a_code_that_is_taken_gets_the_next_number() -> None:
    assert series_code("Personnel Data", ["personnel-data", "PERSONNEL-DATA-2"]) == "PERSONNEL-DATA-3"


@pytest.mark.parametrize("word", ["Public", "IGNORE"])
def test_a_code_is_never_a_word_that_a_resource_may_map_to_instead(word: str) -> None:
    assert series_code(word, ()) == f"{word.upper()}-2"


@given(st.lists(st.text(max_size=60), max_size=30))
def test_codes_are_short_plain_distinct_and_the_same_again(names: list[str]) -> None:
    def codes() -> list[str]:
        given_out: list[str] = []
        for name in names:
            given_out.append(series_code(name, given_out))
        return given_out

    assert len(set(codes())) == len(names)
    assert all(re.fullmatch(r"[A-Z0-9]+(?:-[A-Z0-9]+)*", code) and len(code) <= 40 for code in codes())
    assert codes() == codes()


@pytest.mark.parametrize(
    "cell",
    [
        "Public;",
        "Public/",
        "Public ,",
        "Public and",
        "Public or",
        "/ Public",
        "Public;; Public",
        "Public -",
        "Public...",
    ],
)
def test_a_cell_shows_that_a_class_of_it_is_lost(cell: str) -> None:
    assert shows_loss(cell)


@pytest.mark.parametrize(
    "cell", ["", "Public", "Public.", "Public;\nPrivate", "Private (13.43; 13.37)", "Non-public/Public"]
)
def test_a_whole_cell_shows_no_loss(cell: str) -> None:
    assert not shows_loss(cell)
