"""Native bar charts under a table of a workbook, over the very cells they show."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.title import Title, title_maker
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.pagebreak import Break

from reports.sheets import Chart, ChartShape, fitting_text
from reports.workbook_pages import LINE_HEIGHT, Page

MOST_BARS = 25  # a chart of more rows cannot be read; it shows the first ones and says so
COLOURS = ("1F4E79", "C55A11", "548235", "7F6000", "7030A0")  # told apart in grey and by the colour-blind
CM_PER_CHARACTER = 0.19
POINTS_PER_CM = 28.35


@dataclass(frozen=True)
class ChartedTable:
    """The table that charts show: its page, the row of its headings, the headings, and how many rows it has."""

    page: Page
    heading_row: int
    headings: Sequence[str]
    rows: int


def add_charts(table: ChartedTable, charts: Iterable[Chart]) -> None:
    """Place the charts one under another, each on a new page where it would not fit on the one begun."""
    page = table.page
    row, used = page.row + 1, page.height
    for drawn in (_drawn(table, chart) for chart in charts):
        height = drawn.height * POINTS_PER_CM
        if used + height > page.room_down:
            page.worksheet.row_breaks.append(Break(row))
            row, used = row + 1, LINE_HEIGHT
        page.worksheet.add_chart(drawn, f"A{row + 1}")
        covered = math.ceil(height / LINE_HEIGHT) + 1
        row += covered
        used += covered * LINE_HEIGHT


def _drawn(table: ChartedTable, chart: Chart) -> BarChart:
    part = f" (first {MOST_BARS} of {table.rows:,} rows)" if table.rows > MOST_BARS else ""
    drawn = BarChart()
    drawn.title = _title(chart.title + part)
    drawn.x_axis.title, drawn.y_axis.title = _title(chart.categories), _title(chart.values_title)
    drawn.x_axis.delete = drawn.y_axis.delete = False  # else newer programs hide the axes
    drawn.type, drawn.gapWidth = chart.shape.value, 50
    _measure(table, drawn, chart)
    if chart.stacked:
        drawn.grouping, drawn.overlap = "stacked", 100
    lying = chart.shape is ChartShape.BARS
    if lying:
        drawn.x_axis.scaling.orientation, drawn.y_axis.crosses = "maxMin", "max"  # first row on top, scale below
    drawn.width = round(min(max(sum(table.page.widths) * CM_PER_CHARACTER, 16 if lying else 20), 24))
    drawn.height = 3.5 + 0.5 * min(max(table.rows, 4), MOST_BARS) if lying else 9
    return drawn


def _measure(table: ChartedTable, drawn: BarChart, chart: Chart) -> None:
    """Point the chart at the cells it shows, one colour for each column of values."""
    worksheet, headings = table.page.worksheet, table.headings
    last = table.heading_row + min(table.rows, MOST_BARS)
    for heading, colour in zip(chart.values, cycle(COLOURS), strict=False):
        cells = Reference(worksheet, headings.index(heading) + 1, table.heading_row, max_row=last)
        drawn.add_data(cells, titles_from_data=True)
        drawn.series[-1].graphicalProperties.solidFill = colour
    names = Reference(worksheet, headings.index(chart.categories) + 1, table.heading_row + 1, max_row=last)
    drawn.set_categories(names)
    drawn.y_axis.majorGridlines = ChartLines(GraphicalProperties(ln=LineProperties(solidFill="D9D9D9")))
    if len(chart.values) == 1:
        drawn.legend = None
        others = dict.fromkeys(("showSerName", "showCatName", "showLegendKey", "showPercent"), False)
        drawn.dataLabels = DataLabelList(showVal=True, **others)
    else:
        drawn.legend.position = "b"


def _title(text: str) -> Title:
    title = title_maker(fitting_text(text))
    title.overlay = False  # beside the bars, not over them
    return title
