"""Write a workbook of a kind of file to be filled in: headings, pick lists, and a sheet that explains each column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from access.column_meanings import DescribedColumn, described_columns
from access.import_kinds import IMPORT_KINDS
from config.errors import NotFound
from config.output_file import check_target, folder_beside, put_new_in_place, refusing

_ROWS_WITH_LISTS = 5_000
_WIDTH = 20
_TEXT = "@"  # so that a spreadsheet program keeps ids and dates as they are typed
_ABOUT_COLUMNS = (("Column", 18), ("Needed?", 16), ("What it holds", 70), ("Example", 30), ("Words", 40))


@dataclass(frozen=True)
class FilledRows:
    """Rows that stand in the workbook already.

    Args:
        rows: Each by our columns, and by those beside them.
        beside: Columns that tell the person more, and that no import reads.
    """

    rows: Sequence[Mapping[str, str | int]]
    beside: tuple[str, ...] = ()


_EMPTY = FilledRows(())


def write_template(kind: str, out: Path, filled: FilledRows = _EMPTY) -> None:
    """Write the workbook; one that is there, which somebody may have filled in, is never written over.

    Raises:
        NotFound: There is no such kind.
        Invalid: The name is no workbook's, or nothing can be written there.
        Conflict: A file of that name is there.
    """
    if kind not in IMPORT_KINDS:
        raise NotFound(f'There is no kind of file "{kind}"; there are {", ".join(IMPORT_KINDS)}.')
    check_target(out, "A template is an Excel workbook", (".xlsx",))
    book = Workbook()
    rows, about = book.active, book.create_sheet("About the columns")
    if not isinstance(rows, Worksheet):
        raise TypeError("A new workbook has a worksheet.")
    rows.title = kind
    described = described_columns(kind)
    for place, column in enumerate(described, 1):
        _write_column(rows, place, column)
    _write_rows(rows, [one.column.name for one in described], filled)
    rows.freeze_panes = "A2"
    _write_about(about, described)
    with folder_beside(out) as folder:
        whole = folder / out.name
        with refusing(out):
            book.save(whole)
        put_new_in_place(out, whole)


def _write_column(sheet: Worksheet, place: int, described: DescribedColumn) -> None:
    letter, meaning = get_column_letter(place), described.meaning
    heading = sheet.cell(1, place, described.column.name)
    heading.font = Font(bold=described.column.needed)
    example = f" Example: {meaning.example}" if meaning.example else ""
    heading.comment = Comment(f"{meaning.text} ({described.needed}).{example}", "Thirteen", width=320, height=120)
    sheet.column_dimensions[letter].width = _WIDTH
    sheet.column_dimensions[letter].number_format = _TEXT
    if meaning.choices:
        # where a cell may hold several words, the list offers them and forbids nothing
        listed = DataValidation(type="list", formula1=f'"{",".join(meaning.choices)}"', allow_blank=True)
        listed.showErrorMessage = not meaning.several
        sheet.add_data_validation(listed)
        listed.add(f"{letter}2:{letter}{_ROWS_WITH_LISTS}")


def _write_rows(sheet: Worksheet, columns: Sequence[str], filled: FilledRows) -> None:
    headings = [*columns, *filled.beside]
    for place, heading in enumerate(filled.beside, len(columns) + 1):
        sheet.cell(1, place, heading)
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTH
    for number, row in enumerate(filled.rows, 2):
        for place, heading in enumerate(headings, 1):
            value = row.get(heading, "")
            cell = sheet.cell(number, place, value)
            if isinstance(value, str):
                cell.data_type, cell.number_format = "s", _TEXT  # a text of a log never calculates


def _write_about(sheet: Worksheet, described: list[DescribedColumn]) -> None:
    for place, (heading, width) in enumerate(_ABOUT_COLUMNS, 1):
        sheet.cell(1, place, heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for row, one in enumerate(described, 2):
        words = ", ".join(one.meaning.choices)
        for place, text in enumerate((one.column.name, one.needed, one.meaning.text, one.meaning.example, words), 1):
            cell = sheet.cell(row, place, text)
            cell.data_type, cell.alignment = "s", Alignment(wrap_text=True, vertical="top")
