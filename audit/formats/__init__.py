"""One reader per log format, listed by hand."""

from collections.abc import Mapping

from audit.formats.csv_records import CsvRecords
from audit.formats.jsonl_records import JsonlRecords
from audit.formats.records import LogReader

FORMATS: Mapping[str, type[LogReader]] = {"csv": CsvRecords, "jsonl": JsonlRecords}
