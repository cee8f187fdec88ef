"""Every column of every kind of file is described: in help, in the page on files, and in a template that imports."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from access.column_meanings import columns_in_words, described_columns
from access.files_page import files_page
from access.import_kinds import IMPORT_KINDS
from access.write_template import write_template
from config.errors import Conflict, NotFound

PAGE = Path(__file__).resolve().parents[2] / "docs" / "files.md"


def test_the_page_on_files_is_what_the_program_says_of_them() -> None:
    assert PAGE.read_text(encoding="utf-8") == files_page()


@pytest.mark.parametrize("kind", IMPORT_KINDS)
def test_help_names_every_column_with_its_meaning(kind: str) -> None:
    told = columns_in_words(kind)

    for one in described_columns(kind):
        assert f"{one.column.name} ({one.needed}): {one.meaning.text}." in told


@pytest.mark.parametrize("kind", IMPORT_KINDS)
def test_a_template_has_all_columns_and_its_examples_are_among_its_words(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(kind, path)
    book = load_workbook(path)

    described = described_columns(kind)
    assert [cell.value for cell in book[kind][1]] == [one.column.name for one in described]
    assert book[kind].max_row == 1
    for one in described:
        words = one.meaning.example.split(";") if one.meaning.several else [one.meaning.example]
        assert not one.meaning.choices or set(words) <= set(one.meaning.choices)
    assert len(book[kind].data_validations.dataValidation) == sum(bool(one.meaning.choices) for one in described)


def test_a_kind_that_is_none_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match='no kind of file "people"; there are inventory, positions'):
        write_template("people", tmp_path / "x.xlsx")


def test_a_template_that_somebody_may_have_filled_in_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(b"filled in")

    with pytest.raises(Conflict, match="exists already"):
        write_template("positions", path)

    assert path.read_bytes() == b"filled in"
