"""Merged cells of a sheet: the content is stored in the first cell, but a person reads it in all of them."""

from bisect import bisect_left, bisect_right

from config.errors import Invalid
from config.tables.grid import HeadingRow, refuse_too_many_cells
from config.tables.xlsx.sheets import Merge, Worksheet, cell_name


def refuse_merged_headings(name: str, sheet: Worksheet, headings: HeadingRow) -> None:
    """Refuse headings that are merged over content which would be left without its heading.

    Raises:
        Invalid: There is such a heading, and the sentence names its range and the first such cell; or ranges overlap
            more often than any spreadsheet program lets them.
    """
    merges = [merge for merge in sheet.merges if merge.first_row <= headings.number <= merge.last_row]
    refuse_too_many_cells(name, sum(merge.last_column - merge.first_column + 1 for merge in merges))
    first_rows = _first_filled_rows(sheet, headings) if merges else {}
    for merge in merges:
        left = _cell_without_heading(merge, headings, first_rows)
        if left:
            raise Invalid(
                f"{name}: the headings in {merge} are merged, which leaves cell {left} without a heading of its own; "
                "unmerge them and give each column one heading, all in one row."
            )


def mark_merged_cells(name: str, sheet: Worksheet, headings: HeadingRow) -> None:
    """Mark as flawed the cells below known headings that show another cell's content.

    Raises:
        Invalid: The merged ranges overlap so often that no spreadsheet program can have made them.
    """
    numbers = list(sheet.rows)
    marked = 0
    for merge in sheet.merges:
        if not any(sheet.rows.get(merge.first_row, ())[merge.first_column : merge.first_column + 1]):
            continue
        covered = numbers[bisect_left(numbers, merge.first_row) : bisect_right(numbers, merge.last_row)]
        columns = [column for column in headings.known if merge.first_column <= column <= merge.last_column]
        marked += len(covered) * len(columns)
        refuse_too_many_cells(name, marked)
        for row in covered:
            _mark_row(sheet, merge, row, columns)


def _first_filled_rows(sheet: Worksheet, headings: HeadingRow) -> dict[int, int]:
    """Give for each column the first row below the headings in which it has content."""
    first_rows: dict[int, int] = {}
    for row, cells in sheet.rows.items():
        if row > headings.number:
            for column, text in enumerate(cells):
                if text:
                    first_rows.setdefault(column, row)
    return first_rows


def _cell_without_heading(merge: Merge, headings: HeadingRow, first_rows: dict[int, int]) -> str | None:
    for column in range(merge.first_column, merge.last_column + 1):
        is_named = column < len(headings.texts) and headings.texts[column]
        if column in first_rows and not is_named:
            return cell_name(first_rows[column], column)
    return None


def _mark_row(sheet: Worksheet, merge: Merge, row: int, columns: list[int]) -> None:
    for column in columns:
        if (row, column) != (merge.first_row, merge.first_column):
            sheet.flaws[row][column] = (
                f"cell {cell_name(row, column)} is merged into {merge}, but the content is stored only in its first "
                "cell; unmerge it and fill each cell"
            )
