"""The tables that are kept of an audit: who may be sampled, what is flagged, what resources map to."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from audit.kept_audits.kept_audit import FLAGGED_ROWS, RESOURCES, SAMPLED, KeptAudit
from audit.logs.event_store import Store
from config.bulk import load_rows, parquet_rows
from config.bulk_columns import arrow_rows

_SAMPLED = "FROM picked SEMI JOIN listed USING (place)"
_MAPPED = """
    SELECT s.source, n.name, m.code, m.rule, c.resource IS NOT NULL AS by_count
    FROM mapped_names m
    JOIN names n ON n.kind = 'resource' AND n.number = m.resource
    JOIN kept_sources s USING (source_key)
    LEFT JOIN counted_names c USING (resource)
"""
_REMAPPED = "SELECT s.source, r.name, r.code, r.rule, r.by_count FROM remapped r JOIN kept_sources s USING (source_key)"


def write_tables(connection: duckdb.DuckDBPyConnection, store: Store, folder: Path, before: KeptAudit | None) -> None:
    """Write the tables of an audit from those that it left in a connection.

    Args:
        before: What the audit went on from, if it did: then only changed names were mapped.
    """
    load_rows(connection, "kept_sources", [("source_key", int), ("source", str)], list(store.sources.items()))
    mapped = f"SELECT DISTINCT * FROM ({_MAPPED})"  # noqa: S608 - our own words
    if before is not None:
        now = f"SELECT DISTINCT * FROM ({_MAPPED} UNION ALL {_REMAPPED})"  # noqa: S608 - our own words
        mapped = (
            f"{now} UNION ALL SELECT source, name, code, rule, by_count "  # noqa: S608 - our own words
            f"FROM {parquet_rows([before.folder / RESOURCES])} k JOIN kept_sources USING (source) "
            f"ANTI JOIN ({now}) m ON m.source = k.source AND m.name = k.name"
        )
    flagged = "FROM flagged" if before is None else "FROM all_flagged"
    for name, query in ((SAMPLED, _SAMPLED), (FLAGGED_ROWS, flagged), (RESOURCES, mapped)):
        pq.write_table(arrow_rows(connection, query), folder / name)


def load_tables(connection: duckdb.DuckDBPyConnection, kept: KeptAudit, gone: Sequence[int]) -> None:
    """Make the tables `kept_sampled` and `kept_flagged`, each row with whether it `stands`.

    It does not where its import is gone, or it is among the table `chosen_events`.
    """
    imports = ", ".join(map(str, gone)) or "-1"
    for table, file in (("kept_sampled", SAMPLED), ("kept_flagged", FLAGGED_ROWS)):
        connection.execute(
            f"CREATE OR REPLACE TABLE {table} AS "  # noqa: S608 - our own words and numbers
            f"SELECT k.* EXCLUDE (file_row_number), c.place IS NULL AND (k.place >> 40) NOT IN ({imports}) AS stands "
            f"FROM {parquet_rows([kept.folder / file])} k "
            "LEFT JOIN (SELECT (import_id::BIGINT << 40) + record AS place FROM chosen_events) c USING (place)"
        )
