"""One reader per log format, listed by hand."""

from collections.abc import Mapping

from audit.logs.formats.contract import Format
from audit.logs.formats.delimited import DelimitedReader
from audit.logs.formats.json_lines import JsonLinesReader

FORMATS: Mapping[str, Format] = {
    "csv": Format(DelimitedReader, frozenset({"columns"})),
    "jsonl": Format(JsonLinesReader, frozenset({"records.each"})),
}
