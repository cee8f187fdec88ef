"""The workbook's peer: openpyxl writes the bare cells: `python -m benchmarks.bare_workbook CELLS.parquet OUT ZONE`."""

import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow.parquet
from openpyxl import Workbook

from benchmarks.measured import answer
from benchmarks.watch import Watch


def main() -> None:
    """Write the cells that the report shows, without looks or checks; reading them first is not counted."""
    cells = _cells(Path(sys.argv[1]), ZoneInfo(sys.argv[3]))
    watch = Watch()
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet("Decisions")
    for row in cells:
        page.append(row)
    workbook.save(sys.argv[2])
    answer(**watch.lap()._asdict(), rows=len(cells))


def _cells(decisions: Path, zone: ZoneInfo) -> list[tuple[object, ...]]:
    table = pyarrow.parquet.read_table(decisions)
    place = table.column_names.index("time")
    columns = [table.column(name).to_pylist() for name in table.column_names]
    columns[place] = [instant.astimezone(zone).replace(microsecond=0, tzinfo=None) for instant in columns[place]]
    return [tuple(table.column_names), *zip(*columns, strict=True)]


if __name__ == "__main__":
    main()
