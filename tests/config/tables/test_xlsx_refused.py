"""Workbooks that are damaged, locked, too large or none: read exactly, or refused with the reason."""

import io
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from config.errors import Invalid
from tests.config.tables.reading import KNOWN, WholeTable, read, read_table, refusal
from tests.config.tables.workbooks import (
    NAMESPACE,
    SHEET,
    a_sheet,
    content_of,
    declare_size,
    of_cells,
    values,
    with_part,
    workbook_part,
)


def test_texts_are_read_whole_however_they_are_stored(tmp_path: Path) -> None:
    cells = (
        "<row><c><v>1<!-- x -->2</v><extLst><ext><v>9</v></ext></extLst></c></row>"
        '<row><c t="str"><v><![CDATA[A<B]]>&amp;C</v></c></row>'
        '<row><c t="inlineStr"><is><r><t>Bo </t></r><r><t>Lee</t></r><rPh><t>BO</t></rPh></is></c></row>'
        '<row><c t="str"><v>a_x000D_&#10;b_x005F_x0041_ _xD83D__xDE00_</v></c></row>'
        '<row><c t="d"><v>2025-03-31T08:30:00</v></c></row><row><c t="d"><v>PT8H</v></c></row>'
    )

    assert values(read(tmp_path / "a.xlsx", of_cells(cells)), "name") == [
        "12",
        "A<B&C",
        "Bo Lee",
        "a\nb_x0041_ \U0001f600",
        "2025-03-31T08:30:00",
        "PT8H",
    ]


def test_shared_texts_are_found_where_the_workbook_says_and_their_declared_number_is_no_matter(tmp_path: Path) -> None:
    texts = (
        f'<sst xmlns="{NAMESPACE}" uniqueCount="4294967295"><si><t>Ada</t></si>'
        '<si><r><t xml:space="preserve">Ada </t></r><r><t>Lee</t></r><rPh sb="0" eb="1"><t>AY-DA</t></rPh></si></sst>'
    )
    related = (
        '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Type="x/sharedStrings" Target="../texts.xml"/></Relationships>'
    )
    content = of_cells('<row><c t="s"><v>1</v></c></row><row><c t="s"><v>0</v></c></row>')
    for part, text in [("texts.xml", texts), ("xl/_rels/workbook.xml.rels", related)]:
        content = with_part(content, part, text)
    content = with_part(content, "xl/workbook.xml", workbook_part(sheets={"One": "rId1"}))

    assert values(read(tmp_path / "a.xlsx", content), "name") == ["Ada Lee", "Ada"]


def test_a_workbook_that_names_its_elements_with_a_prefix_is_read(tmp_path: Path) -> None:
    cells = "".join(f'<x:c t="str"><x:v>{text}</x:v></x:c>' for text in ("name", "title"))
    sheet = f'<x:worksheet xmlns:x="{NAMESPACE}"><x:sheetData><x:row>{cells}</x:row></x:sheetData></x:worksheet>'

    assert read(tmp_path / "a.xlsx", with_part(content_of(Workbook()), SHEET, sheet)).headings == ("name", "title")


@pytest.mark.parametrize("escape", ["_x0000_", "_xD800_"])
def test_an_escape_that_stands_for_no_text_is_a_fault(tmp_path: Path, escape: str) -> None:
    table = read(tmp_path / "a.xlsx", of_cells(f'<row r="2"><c r="A2" t="str"><v>Ada{escape}</v></c></row>'))

    assert table.faults[0].reason.startswith("cell A2 holds a character that is no text; ")
    table.faults[0].source.encode()


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="1048577"><c><v>1</v></c></row>',
        f'<row r="{"9" * 5000}"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="2"><c r="A3"><v>1</v></c></row>',
        '<row r="2"><c r="XFE2"><v>1</v></c></row>',
        '<row r="2"><c r="AAAAAAAAA2"><v>1</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>7</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>-1</v></c></row>',
        '<row r="2"><c r="A2" t="odd"><v>7</v></c></row>',
        "<c><v>1</v></c>",
        '<c r="A"><v>1</v></c>',
        '<row r="2"><c r="A2"><v>1</v></c>',
        '<row r="2"><c r="A2"><v>&#0;</v></c></row>',
        '<row r="2"><c r="A2"><v>\x01</v></c></row>',
    ],
)
def test_a_damaged_sheet_is_refused(tmp_path: Path, cells: str) -> None:
    assert refusal(tmp_path / "a.xlsx", of_cells(cells)).startswith("a.xlsx is damaged (")


def test_a_damaged_merge_is_refused(tmp_path: Path) -> None:
    content = of_cells("", after='<mergeCells><mergeCell ref="A1:zz"/></mergeCells>')

    assert refusal(tmp_path / "a.xlsx", content).startswith(
        'a.xlsx is damaged (its merged cells have the reference "A1:zz"'
    )


@pytest.mark.parametrize("stored", ["1e999", "nan", "Ada"])
def test_what_is_no_number_where_one_should_be_is_a_fault(tmp_path: Path, stored: str) -> None:
    table = read(tmp_path / "a.xlsx", of_cells(f'<row r="2"><c r="A2"><v>{stored}</v></c></row>'))

    assert table.faults[0].reason == f'cell A2 holds "{stored}" where a number should be; enter it anew'


def test_a_lone_cell_in_the_sheets_last_corner_is_a_fault_and_takes_no_memory(tmp_path: Path) -> None:
    table = read(tmp_path / "a.xlsx", of_cells('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))

    assert table.faults[0].reason.startswith('column XFD has content ("1") but no heading; ')


def test_cells_that_span_more_than_any_table_are_refused(tmp_path: Path) -> None:
    cells = "".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(2, 700))

    assert refusal(tmp_path / "a.xlsx", of_cells(cells)).startswith("a.xlsx spans more than 10,000,000 cells; ")


def test_entities_that_would_unfold_are_refused(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    content = of_cells('<row><c t="str"><v>&b;</v></c></row>', before=laughs)

    assert refusal(tmp_path / "a.xlsx", content).startswith("a.xlsx is damaged (it declares an XML document type)")


def test_a_part_packed_more_tightly_than_any_table_is_refused_unopened(tmp_path: Path) -> None:
    bomb = with_part(content_of(Workbook()), SHEET, b" " * (33 * 1024 * 1024))

    assert refusal(tmp_path / "a.xlsx", bomb).startswith(
        "a.xlsx is packed more tightly than any table; its part xl/work"
    )


def test_a_workbook_that_declares_too_much_is_refused_unopened(tmp_path: Path) -> None:
    content = declare_size(content_of(a_sheet(("Ada",))[0]), SHEET, 513 * 1024 * 1024)

    assert refusal(tmp_path / "a.xlsx", content).startswith("a.xlsx holds more than 512 MiB; ")


def test_a_part_that_declares_less_than_it_holds_is_refused_without_unfolding_it(tmp_path: Path) -> None:
    bomb = with_part(content_of(Workbook()), SHEET, f'<worksheet xmlns="{NAMESPACE}">{" " * (33 * 1024 * 1024)}')
    path = tmp_path / "a.xlsx"
    path.write_bytes(declare_size(bomb, SHEET, 1_000))
    tracemalloc.start()

    with pytest.raises(Invalid, match=r"a\.xlsx is damaged \(xl/worksheets/sheet1\.xml: "):
        read_table(path, known_headings=KNOWN)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    content = content_of(a_sheet(("Ada",))[0])

    assert refusal(tmp_path / "a.xlsx", content[: len(content) // 2]).startswith("a.xlsx is damaged (")


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    encrypted = io.BytesIO()
    plain = io.BytesIO(content_of(a_sheet(("Ada",))[0]))
    msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("secret", encrypted)

    assert refusal(tmp_path / "a.xlsx", encrypted.getvalue()).startswith("a.xlsx is protected by a password; save it ")


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    content = content_of(a_sheet(("Ada",))[0])
    position = content.index(b"PK\x01\x02") + 8
    encrypted = content[:position] + b"\x01\x00" + content[position + 2 :]

    assert refusal(tmp_path / "a.xlsx", encrypted).startswith("a.xlsx is protected by a password; ")


def test_a_workbook_packed_by_an_unusual_method_is_refused(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")

    assert refusal(tmp_path / "a.xlsx", content.getvalue()).startswith("a.xlsx is packed in a way no spreadsheet ")


def test_a_workbook_of_charts_alone_is_refused(tmp_path: Path) -> None:
    content = with_part(content_of(Workbook()), "xl/workbook.xml", workbook_part(sheets={}))

    assert refusal(tmp_path / "a.xlsx", content).startswith("a.xlsx has no worksheet; ")


def test_an_old_workbook_is_refused(tmp_path: Path) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "Workbook".encode("utf-16-le")

    assert refusal(tmp_path / "a.xls", content).startswith("a.xls is an old Excel file (.xls) or another Office file; ")


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("xl/workbook.bin", "a binary workbook (.xlsb)"),
        ("content.xml", "an OpenDocument file"),
        ("word/document.xml", "a Word document"),
        ("roster.csv", "a zip archive, not a workbook"),
    ],
)
def test_an_archive_of_another_kind_is_refused_for_what_it_is(tmp_path: Path, part: str, kind: str) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(part, "x")

    assert refusal(tmp_path / "a.xlsx", content.getvalue()).startswith(f"a.xlsx is {kind}; ")


def test_a_workbook_that_lacks_a_part_is_refused_naming_it(tmp_path: Path) -> None:
    content = with_part(content_of(Workbook()), "xl/workbook.xml", workbook_part(sheets={"One": "rId1"}))
    relations = '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="gone.xml"/></Relationships>'
    content = with_part(content, "xl/_rels/workbook.xml.rels", relations)

    assert refusal(tmp_path / "a.xlsx", content).startswith("a.xlsx is damaged (it lacks its part xl/gone.xml); ")


SOUND = content_of(a_sheet(("Ada", "007", date(2020, 1, 1)), ("Bo", "=1", None))[0])


def damaged(content: bytes, place: float, cut: int, put: bytes) -> bytes:
    """Cut some bytes out and put others in."""
    position = int(place * len(content))
    return content[:position] + put + content[position + cut :]


def answer(path: Path) -> WholeTable | str:
    """Read a table, or give the sentence with which it is refused."""
    try:
        return read_table(path, known_headings=KNOWN)
    except Invalid as refused:
        return str(refused)


@given(
    part=st.sampled_from([None, SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]),
    place=st.floats(0, 1, exclude_max=True),
    cut=st.integers(0, 30),
    put=st.sampled_from([b"", b"<", b'"', b"9", b"<v>9</v>", b'<c r="B3"/>', b"<f>x</f>", b"</row>", b"\xff", b"&a;"]),
)
def test_a_workbook_with_any_damage_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, part: str | None, place: float, cut: int, put: bytes
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "a.xlsx"
    if part is None:
        path.write_bytes(damaged(SOUND, place, cut, put))
    else:
        text = zipfile.ZipFile(io.BytesIO(SOUND)).read(part)
        path.write_bytes(with_part(SOUND, part, damaged(text, place, cut, put)))

    found = answer(path)

    if isinstance(found, str):
        assert found.startswith("a.xlsx")
    else:
        assert all(row.cells.keys() == set(filter(None, found.headings)) for row in found.rows)
