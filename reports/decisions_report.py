"""Every access with its verdict, as a workbook that people open; other programs read the CSV or Parquet file."""

from collections.abc import Iterable, Iterator, Sequence

from reports.about import About
from reports.decisions import COLUMNS
from reports.legal_basis import OTHER_GROUNDS, POSSIBLE, legal_basis_sheet
from reports.sheets import CellValue, Column, ColumnKind, Cover, Section, Sheet

_WIDTHS = dict(zip(COLUMNS, (38, 16, 28, 11, 19, 32, 16, 64, 18, 9, 14, 24, 13, 24, 24), strict=True))
_KINDS = {"record": ColumnKind.INTEGER, "time": ColumnKind.INSTANT}
_HOW_TO_READ = (
    "One row for each access event, by source, file and record: the record's place in its file, counted from 1. "
    "The grant is the one by which the access was authorized, or would have been had it been recorded in time; "
    "the access matrix, the registers and explanations name grants alike. The sheet “Legal basis” says what each "
    "reason means."
)


def decisions_report(
    rows: Iterable[Sequence[CellValue]], counts: Sequence[tuple[str, str, int]], about: About
) -> Iterator[Cover | Sheet]:
    """Lay out the decisions.

    Args:
        rows: One for each event, in the columns of decisions; read once.
        counts: How many events have each verdict and reason.
        about: The report's circumstances.
    """
    yield Cover(
        heading="Decisions",
        sections=[
            about.section(about.of_events(), paragraphs=[POSSIBLE, OTHER_GROUNDS]),
            Section(
                heading="In numbers",
                facts=[
                    ("Accesses", sum(events for _, _, events in counts)),
                    *((f"{verdict}: {reason}", events) for verdict, reason, events in counts),
                ],
            ),
        ],
    )
    yield Sheet(
        title="Decisions",
        notes=[_HOW_TO_READ],
        columns=[Column(name, _WIDTHS[name], _KINDS.get(name, ColumnKind.TEXT)) for name in COLUMNS],
        rows=rows,
        empty="No access was imported for this time.",
        frozen_columns=1,
    )
    yield legal_basis_sheet()
