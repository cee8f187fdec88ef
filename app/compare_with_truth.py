"""Hold what an audit found on a sample city to what was planted there."""

from pathlib import Path

import duckdb

from app.sample_city.write_sample_city import SampleCity
from config.terminal import say_lines
from config.text_table import TextColumn, table_lines
from config.work import Installation
from reports.write_decisions import DecisionsRequest, write_decisions


def compare_with_truth(installation: Installation, city: SampleCity, out: Path) -> bool:
    """Show by reason what was planted, found, missed and wrong; say whether nothing was missed or wrong.

    Args:
        out: Where the decisions are written, as Parquet.
    """
    installation.progress.step("Comparing with what was planted")
    with installation.read() as work:
        request = DecisionsRequest(out, None, None, work.now)
        write_decisions(work.session, request, work.settings)
        compared = duckdb.execute(_COMPARED, [str(city.truth), str(out), str(out)]).fetchall()
    totals = [sum(row[place] for row in compared) for place in range(1, 5)]
    columns = [
        TextColumn("reason"),
        *(TextColumn(name, right=True) for name in ("planted", "found", "missed", "wrong")),
    ]
    rows = [[reason, *(f"{figure:,}" for figure in figures)] for reason, *figures in [*compared, ("in all", *totals)]]
    say_lines(table_lines(columns, rows))
    return totals[2:] == [0, 0]


# Missed: planted, but decided otherwise. Wrong: not planted so, but flagged with this reason.
_COMPARED = """
    WITH truth AS (
        SELECT log, record::BIGINT AS record, reason FROM read_csv(?, header = true, all_varchar = true)
    ),
    flagged AS (
        SELECT file AS log, record, reason FROM read_parquet(?) WHERE verdict IN ('unauthorized', 'unresolved')
    ),
    decided AS (SELECT file AS log, record, reason FROM read_parquet(?)),
    planted AS (
        SELECT t.reason, count(*) AS planted, count(*) FILTER (d.reason = t.reason) AS found
        FROM truth t LEFT JOIN decided d USING (log, record) GROUP BY t.reason
    ),
    wrong AS (
        SELECT f.reason, count(*) AS wrong FROM flagged f LEFT JOIN truth t USING (log, record)
        WHERE t.reason IS DISTINCT FROM f.reason GROUP BY f.reason
    )
    SELECT reason, coalesce(planted, 0), coalesce(found, 0), coalesce(planted - found, 0), coalesce(wrong, 0)
    FROM planted FULL JOIN wrong USING (reason) ORDER BY reason
"""
