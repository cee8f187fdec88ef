"""Records of logs that cannot be read: kept with their text and the reason, so that they can be repaired.

One that an earlier import of the source kept is not kept again.
"""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow as pa

from audit.logs.models import FileKind
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


def keep_new_rejects(
    connection: duckdb.DuckDBPyConnection, staged: NewFile, header: str, known: Sequence[Path], data_dir: Path
) -> NewFile | None:
    """Write the staged rejects that no known file holds; None where there is none. Makes the table `rejects` of them.

    Args:
        staged: The rejects of one log, with `record`, `raw` and `fault`.
        header: The text above the log's records that names their cells.
        known: The source's files of rejects.
    """
    seen = f"SELECT reject_key FROM {parquet_rows(known)}" if known else "SELECT '' WHERE false"  # noqa: S608 - ours
    connection.execute(
        f"""CREATE OR REPLACE TABLE rejects AS
        SELECT record, raw, fault, {text_sql(header)} AS header,
            md5(concat_ws(chr(31), {text_sql(header)}, raw, nth::VARCHAR)) AS reject_key
        FROM (
            SELECT record, raw, fault, row_number() OVER (PARTITION BY raw ORDER BY record) AS nth
            FROM {parquet_rows([staged.partial])}
        ) WHERE reject_key NOT IN ({seen})"""  # noqa: S608 - our own words
    )
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
