"""A document -> one .docx, the only file that writes with python-docx: what is open stands out in yellow."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.output_file import check_target, folder_beside, put_in_place, refusing
from reports.documents.document import Document, Heading, Listing, Rule, Table, pieces_of

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_FONT = "Arial"
_PLAIN_SIZE, _CELL_SIZE = 11, 10
_MARGIN_INCHES = 1


def write_docx(path: Path, document: Document, *, produced_at: datetime) -> Path:
    """Write a document to be edited; one that exists is replaced when the new one is whole.

    Raises:
        Invalid: The path is no .docx, its folder is missing or closed to us, or the disk is full.
        Conflict: The file that stands there may not be replaced.
    """
    check_target(path, "A document is a text to be edited", [".docx"])
    made = _made(document, produced_at)
    with folder_beside(path) as folder:
        whole = folder / "whole.docx"
        with refusing(path):
            made.save(str(whole))
        put_in_place(path, whole)
    return path


def _made(document: Document, produced_at: datetime) -> "Docx":
    made = _new(document, produced_at)
    made.add_heading(document.title, 0)
    _add(made.add_paragraph(), document.entity)
    for rule in document.about:
        _add(made.add_paragraph(), rule.whole)
    for block in document.blocks:
        match block:
            case Heading():
                _add(made.add_heading(level=1), block.text)
            case Rule():
                _add(made.add_paragraph(), block.whole)
            case Listing():
                for item in block.items:
                    _add(made.add_paragraph(style="List Bullet"), item.whole)
            case Table():
                _add_table(made, block)
    return made


def _new(document: Document, produced_at: datetime) -> "Docx":
    from docx import Document as new_document  # noqa: N813, PLC0415 - a function by its name; slow to load
    from docx.shared import Inches, Pt, RGBColor  # noqa: PLC0415 - the same

    made = new_document()
    for name in ("Normal", "Title", "Heading 1"):
        font = made.styles[name].font
        font.name = _FONT
        font.color.rgb = RGBColor(0, 0, 0)
        _use_own_font(made.styles[name].element)
    made.styles["Normal"].font.size = Pt(_PLAIN_SIZE)
    for section in made.sections:
        section.page_width, section.page_height = Inches(8.5), Inches(11)
        section.left_margin = section.right_margin = Inches(_MARGIN_INCHES)
        section.top_margin = section.bottom_margin = Inches(_MARGIN_INCHES)
        _add(section.footer.paragraphs[0], f"{document.entity}: {document.title}")
    about, day = made.core_properties, produced_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    about.title, about.author, about.last_modified_by = document.title, document.entity, document.entity
    about.created = about.modified = day
    about.comments = ""
    return made


def _add(paragraph: "Paragraph", text: str, *, bold: bool = False, size: int | None = None) -> None:
    from docx.enum.text import WD_COLOR_INDEX  # noqa: PLC0415 - slow to load
    from docx.shared import Pt  # noqa: PLC0415 - the same

    for piece in pieces_of(text):
        run = paragraph.add_run(f"[{piece.text}]" if piece.is_open else piece.text)
        if piece.is_open:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        if bold:
            run.bold = True
        if size is not None:
            run.font.size = Pt(size)


def _add_table(made: "Docx", table: Table) -> None:
    shown = made.add_table(rows=1, cols=len(table.headings), style="Table Grid")
    _fill(shown.rows[0].cells, table.headings, bold=True)
    _repeat(shown.rows[0]._tr)  # noqa: SLF001 - the library has no other way to it
    for row in table.rows:
        _fill(shown.add_row().cells, row)
    made.add_paragraph()


def _fill(cells: "Sequence[_Cell]", texts: Sequence[str], *, bold: bool = False) -> None:
    for cell, text in zip(cells, texts, strict=True):
        _add(cell.paragraphs[0], text, bold=bold, size=_CELL_SIZE)


def _repeat(row: Any) -> None:  # noqa: ANN401 - an element of the library's own
    """Have a row stand again on each page that a table goes on to."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - slow to load
    from docx.oxml.parser import OxmlElement  # noqa: PLC0415 - the same

    element = OxmlElement("w:tblHeader")
    element.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(element)


def _use_own_font(style: Any) -> None:  # noqa: ANN401 - the same
    """Take away the fonts that a style has of its theme: they would hold over the one that it was given."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - slow to load

    fonts = style.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
