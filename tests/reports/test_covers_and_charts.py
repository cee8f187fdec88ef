"""A written workbook's cover and its charts."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from reports.sheets import (
    CellValue,
    ChartShape,
    Cover,
    Section,
)
from tests.reports.workbooks import A_CHART, A_SHEET, APRIL_2, REASONS, first_page, write


def test_a_cover_shows_facts_and_paragraphs_and_is_what_opens_first(tmp_path: Path) -> None:
    facts: list[tuple[str, CellValue]] = [("Entity", "City"), ("Produced", APRIL_2), ("Judged", 1234), ("End", None)]
    cover = Cover(heading="Access findings", sections=[Section(heading="What", facts=facts, paragraphs=["All of it."])])

    write(tmp_path / "report.xlsx", cover, A_SHEET)

    workbook = load_workbook(tmp_path / "report.xlsx")
    page = workbook.worksheets[0]
    assert (workbook.active, page.title, page.page_setup.orientation) == (page, "About", "portrait")
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["Access findings", None],
        [None, None],
        ["What", None],
        ["Entity", "City"],
        ["Produced", "2025-04-02 10:30:00 CDT"],
        ["Judged", 1234],
        ["End", None],
        ["All of it.", None],
    ]


def test_a_chart_shows_the_tables_own_cells_with_its_axes_named_and_visible(tmp_path: Path) -> None:
    page: Any = first_page(tmp_path / "report.xlsx", replace(REASONS, charts=[A_CHART]))

    (chart,) = page._charts  # noqa: SLF001 - openpyxl shows a sheet's charts nowhere else
    (series,) = chart.series
    assert (series.val.numRef.f, series.cat.numRef.f) == ("'Reasons'!$B$4:$B$8", "'Reasons'!$A$4:$A$8")
    assert (chart.type, chart.legend) == ("bar", None)
    assert not chart.x_axis.delete
    assert not chart.y_axis.delete
    titles = [part.title.tx.rich.p[0].r[0].t for part in (chart, chart.x_axis, chart.y_axis)]
    assert titles == ["Accesses by reason", "Reason", "Accesses"]
    assert not chart.title.overlay


def test_a_chart_of_several_values_has_a_legend(tmp_path: Path) -> None:
    several = replace(A_CHART, values=["Accesses", "Open"], shape=ChartShape.COLUMNS, stacked=True)

    page: Any = first_page(tmp_path / "report.xlsx", replace(REASONS, charts=[several]))

    (chart,) = page._charts  # noqa: SLF001 - as above
    assert (chart.type, chart.grouping, chart.overlap, len(chart.series)) == ("col", "stacked", 100, 2)
    assert chart.legend is not None


def test_charts_stand_under_the_table_and_clear_of_one_another(tmp_path: Path) -> None:
    page: Any = first_page(tmp_path / "report.xlsx", replace(REASONS, charts=[A_CHART, A_CHART, A_CHART]))

    anchors = [(chart.anchor._from.row, chart.anchor.ext.height) for chart in page._charts]  # noqa: SLF001 - as above
    row_height = 15 * 12_700  # points, in the units of drawings
    assert anchors[0][0] >= page.max_row
    assert all(top + height / row_height <= below for (top, height), (below, _) in pairwise(anchors))
    assert len(page.row_breaks.brk) == 1


def test_a_chart_of_many_rows_shows_the_first_and_says_so(tmp_path: Path) -> None:
    rows = [(f"reason {number}", number, 1) for number in range(60)]

    page: Any = first_page(tmp_path / "report.xlsx", replace(REASONS, rows=rows, charts=[A_CHART]))

    (chart,) = page._charts  # noqa: SLF001 - as above
    assert chart.series[0].val.numRef.f == "'Reasons'!$B$4:$B$28"
    assert chart.title.tx.rich.p[0].r[0].t == "Accesses by reason (first 25 of 60 rows)"
