"""JSON lines: one document a line; an empty line is no record."""

from collections.abc import Collection, Iterator
from pathlib import Path

import duckdb

from audit.formats.records import Records, as_table, text_encoding, text_lines
from config.bulk import one_row
from config.errors import Invalid


class JsonlRecords:
    """The records of a JSON-lines log, each kept as its own text."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, needed: Collection[str]) -> None:  # noqa: ARG002 - what a record holds differs from record to record
        self._connection = connection
        self._path = path

    def quickly(self) -> Records | None:
        """Give nothing: lines are read in one way."""
        return None

    def was_whole(self) -> bool:
        """Say that every line was read."""
        return True

    def carefully(self) -> Records:
        """Give the lines; one that is no JSON object is kept with what is wrong with it."""
        encoding, notices = text_encoding(self._path)
        as_table(self._connection, "careful_records", ["raw"], self._rows(encoding))
        if one_row(self._connection, "SELECT count(*) FROM careful_records") == (0,):
            raise Invalid(f"{self._path.name} is empty; there is nothing to import. Check the export.")
        fault = (
            "CASE WHEN contains(raw, chr(0)) THEN 'holds a NUL byte, which no text has' "
            "WHEN NOT json_valid(raw) THEN 'is no valid JSON' "
            "WHEN json_type(raw) <> 'OBJECT' THEN 'is JSON, but no object' END"
        )
        document = f"CASE WHEN ({fault}) IS NULL THEN raw END"
        return Records("careful_records", {}, document, "raw", fault, "raw", notices)

    def _rows(self, encoding: str) -> Iterator[tuple[str | None, ...]]:
        for line in text_lines(self._path, encoding):
            text = line.strip("\r\n \t")
            if text:
                yield (text,)
