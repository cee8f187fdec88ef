"""Documents that an attorney edits: drafted from what is on record, each rule with its law, what is open marked."""

import re
from datetime import datetime
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX

from config.errors import Invalid, NotFound
from config.work import Work
from inventory.entity_details import state_details
from inventory.entity_time import entity_zone
from reports.documents.document import Document, Listing, Rule, Table, marked, pieces_of
from reports.documents.make_document import DOCUMENTS, make_document
from reports.documents.write_docx import write_docx
from tests.builders import DAY
from tests.town import NOW, Town

POLICIES = ("public-access", "data-subjects", "security")


def drafted(town: Town, name: str, at: datetime = NOW + DAY, **details: str) -> Document:
    state_details(town.session, details, now=NOW, by="clerk")
    return make_document(Work(town.session, at, at, "clerk", town.settings, entity_zone), name)


def said(document: Document) -> str:
    texts = []
    for block in document.blocks:
        if isinstance(block, Rule):
            texts.append(block.whole)
        elif isinstance(block, Listing):
            texts += [item.whole for item in block.items]
        elif isinstance(block, Table):
            texts += [cell for row in block.rows for cell in row]
    return "\n".join(texts)


def test_what_was_not_entered_is_marked_and_what_was_is_said(town: Town) -> None:
    before = drafted(town, "public-access")
    after = drafted(town, "public-access", copy_cents="20", designees="Di Berg; Clerk; 555 0101; tax files")

    assert marked("To be entered: Cents for one printed page") in said(before)
    assert "20 cents for each side" in said(after)
    assert "Designee: tax files\nDi Berg, Clerk\n555 0101" in said(after)
    assert after.open_points == before.open_points - 1


def test_a_price_that_the_law_does_not_allow_is_marked_to_be_checked(town: Town) -> None:
    assert "no more than 25 cents" not in said(drafted(town, "public-access", copy_cents="25"))
    assert marked("To be checked: the law allows no more than 25 cents") in said(
        drafted(town, "public-access", copy_cents="26")
    )


@pytest.mark.parametrize("name", POLICIES)
def test_a_rule_names_the_law_that_it_rests_on_unless_it_is_the_entitys_own(town: Town, name: str) -> None:
    laws = re.findall(r"\((Minn\. (?:Stat|Rules)[^)]*)", said(drafted(town, name)))

    assert len(laws) > 8
    assert not [law for law in laws if not re.match(r"Minn\. (Stat\. 13\.\d+|Rules 1205\.\d{4})", law)]


def test_the_classes_of_data_on_individuals_are_told_with_series_of_the_inventory(town: Town) -> None:
    (classes,) = [block for block in drafted(town, "data-subjects").blocks if isinstance(block, Table)][:1]

    assert [row[0] for row in classes.rows] == ["Public", "Private", "Confidential"]
    assert classes.rows[1][2] != classes.rows[2][2]


def test_every_position_that_reaches_not_public_data_has_a_text_that_names_nobody(town: Town) -> None:
    document = drafted(town, "position-descriptions", at=datetime.fromisoformat("2025-03-02T12:00:00Z"))

    assert "Case files (private; confidential; Minn. Stat. 13.82 subd. 7): any action" in said(document)
    assert "Looking at not public data for another purpose than the work is not authorized" in said(document)
    assert [name for name in ("Ann Olson", "Bo Larson", "Cy Dale") if name in said(document)] == []


def test_a_document_is_written_to_be_edited_with_its_open_passages_in_yellow(town: Town, tmp_path: Path) -> None:
    document = drafted(town, "security", training="Each year in January.")
    write_docx(tmp_path / "security.docx", document, produced_at=NOW)

    read = docx.Document(str(tmp_path / "security.docx"))
    cells = [paragraph for table in read.tables for cell in table._cells for paragraph in cell.paragraphs]  # noqa: SLF001 - all at once
    runs = [run for paragraph in [*read.paragraphs, *cells] for run in paragraph.runs]
    open_ones = [run.text for run in runs if run.font.highlight_color is WD_COLOR_INDEX.YELLOW]
    assert len(open_ones) == document.open_points
    assert "[To be entered: What keeps not public data safe]" in open_ones
    assert "Each year in January." in [paragraph.text for paragraph in read.paragraphs]
    assert read.core_properties.title == DOCUMENTS["security"][0]


def test_a_document_is_not_written_elsewhere_than_to_a_docx_and_an_unknown_one_not_at_all(
    town: Town, tmp_path: Path
) -> None:
    with pytest.raises(Invalid, match=r"must end in \.docx"):
        write_docx(tmp_path / "security.pdf", drafted(town, "security"), produced_at=NOW)
    with pytest.raises(NotFound, match="the documents are public-access"):
        drafted(town, "budget")


def test_a_text_is_taken_apart_at_its_marks() -> None:
    assert [tuple(piece) for piece in pieces_of(f"a {marked('b')} c")] == [("a ", False), ("b", True), (" c", False)]
