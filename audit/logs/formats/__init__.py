"""One reader per log format, listed by hand."""

from collections.abc import Mapping

from audit.logs.formats.contract import LogReader
from audit.logs.formats.csv_records import CsvRecords
from audit.logs.formats.jsonl_records import JsonlRecords

FORMATS: Mapping[str, type[LogReader]] = {"csv": CsvRecords, "jsonl": JsonlRecords}
