"""What a profile says of logs that are tables: delimited text, fixed columns, and workbooks."""

from typing import Annotated

from pydantic import Field

from audit.logs.profiles.parts import Part


class Table(Part):
    """How a table is written, where that is not found by itself.

    Args:
        separator: The letter between cells.
        quote: The letter around cells that hold a separator; `none` where no letter means that.
        above: How many lines stand above the headings, or above the records where no line names the columns.
        least: How many cells a record has at least, where later versions of a product added columns behind them that
            no line names; 0 = all.
        widths: How many letters each of the fixed columns has; what stands beyond them belongs to the last.
        sheet: The name of the workbook's sheet that holds the records.
    """

    separator: Annotated[str, Field(max_length=1)] = ""
    quote: Annotated[str, Field(pattern=r"^(none|[^\s\w])$")] = '"'
    above: Annotated[int, Field(ge=0, le=1000)] = 0
    least: Annotated[int, Field(ge=0, le=1000)] = 0
    widths: tuple[Annotated[int, Field(ge=1, le=100_000)], ...] = ()
    sheet: str = ""
