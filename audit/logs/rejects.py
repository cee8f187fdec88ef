"""Records of logs that cannot be read: kept with their text and the reason, so that they can be repaired.

One that an earlier import of the source kept is not kept again.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from audit.logs.file_kinds import FileKind
from audit.logs.new_files import NewFile, ParquetFile
from config.bulk import one_row, parquet_rows, text_sql
from config.bulk_columns import arrow_batches

KEPT_SCHEMA = pa.schema(
    [
        ("record", pa.int64()),
        ("raw", pa.string()),
        ("fault", pa.string()),
        ("header", pa.string()),
        ("reject_key", pa.string()),
    ]
)
_ROWS_AT_ONCE = 10_000


class KeptRejects(NamedTuple):
    """The file of a log's rejects that no earlier import kept, None where there is none; and who kept the others."""

    file: NewFile | None
    kept_by: tuple[int, ...]


def keep_new_rejects(
    connection: duckdb.DuckDBPyConnection,
    staged: Sequence[NewFile],
    header: str,
    known: Mapping[int, Path],
    data_dir: Path,
) -> KeptRejects:
    """Write the staged rejects that no known file holds.

    Makes the table `rejects` of them, and the table `read_rejects` of all, with their keys.

    Args:
        staged: The rejects of one log, one file or several, with `record`, `raw` and `fault`.
        header: The text above the log's records that names their cells.
        known: The source's files of rejects, by import.
    """
    one_by_one = (
        f"SELECT reject_key, {number} AS import_id FROM {parquet_rows([path])}"  # noqa: S608 - our own words
        for number, path in known.items()
    )
    seen = " UNION ALL ".join(one_by_one) if known else "SELECT '' AS reject_key, 0 AS import_id WHERE false"
    connection.execute(f"CREATE OR REPLACE TABLE kept_rejects AS {seen}")
    connection.execute(
        f"""CREATE OR REPLACE TABLE read_rejects AS
        SELECT record, raw, fault, {text_sql(header)} AS header,
            md5(concat_ws(chr(31), {text_sql(header)}, raw, nth::VARCHAR)) AS reject_key
        FROM (
            SELECT record, raw, fault, row_number() OVER (PARTITION BY raw ORDER BY record) AS nth
            FROM {parquet_rows(file.partial for file in staged)}
        )"""  # noqa: S608 - our own words
    )
    connection.execute(
        "CREATE OR REPLACE TABLE rejects AS "
        "FROM read_rejects WHERE reject_key NOT IN (SELECT reject_key FROM kept_rejects)"
    )
    kept_by = connection.execute(
        "SELECT DISTINCT import_id FROM kept_rejects "
        "WHERE reject_key IN (SELECT reject_key FROM read_rejects) ORDER BY import_id"
    ).fetchall()
    return KeptRejects(_write(connection, staged[0], data_dir), tuple(number for (number,) in kept_by))


def _write(connection: duckdb.DuckDBPyConnection, staged: NewFile, data_dir: Path) -> NewFile | None:
    (count,) = one_row(connection, "SELECT count(*) FROM rejects")
    if not count:
        return None
    import_id = int(staged.name.partition("-")[0])
    with (
        ParquetFile(data_dir, FileKind.REJECTS, import_id, KEPT_SCHEMA) as file,
        closing(connection.cursor()) as cursor,
    ):
        for rows in arrow_batches(cursor, "FROM rejects ORDER BY record", _ROWS_AT_ONCE):
            file.write(rows.cast(KEPT_SCHEMA))
        return file.finish()
