"""One reader per log format, listed by hand."""

from collections.abc import Mapping
from pathlib import Path

from audit.logs.formats.auditd import AuditdReader
from audit.logs.formats.contract import Format, LogReader
from audit.logs.formats.delimited import DelimitedReader
from audit.logs.formats.event_formats import CefReader, LeefReader
from audit.logs.formats.evtx_log import EvtxReader
from audit.logs.formats.fixed import FixedReader
from audit.logs.formats.json_documents import JsonDocumentsReader
from audit.logs.formats.json_lines import JsonLinesReader
from audit.logs.formats.log_file import LogFile
from audit.logs.formats.pair_lines import PairReader
from audit.logs.formats.pattern_lines import PatternReader
from audit.logs.formats.syslog import SyslogReader
from audit.logs.formats.w3c import W3cReader
from audit.logs.formats.workbook import WorkbookReader
from audit.logs.formats.xml_log import XmlReader
from audit.logs.profiles.language import Profile

_UNMATCHED = "lines.unmatched"
_JOINED = frozenset({"lines.start", "lines.key", _UNMATCHED, "times.year"})
_PARTED = _JOINED | {"lines.patterns", "lines.pairs", "lines.between"}

_DELIMITED = frozenset({"columns", "table.separator", "table.quote", "table.above", "table.least"})

FORMATS: Mapping[str, Format] = {
    "csv": Format(DelimitedReader, _DELIMITED),
    "fixed": Format(FixedReader, frozenset({"columns", "table.widths", "table.above"})),
    "xlsx": Format(WorkbookReader, _DELIMITED | {"table.sheet"}, is_text=False),
    "json": Format(JsonDocumentsReader, frozenset({"records.at", "records.each"})),
    "jsonl": Format(JsonLinesReader, frozenset({"records.each"})),
    "evtx": Format(EvtxReader, frozenset({"records.each"}), is_text=False),
    "lines": Format(PatternReader, _PARTED),
    "syslog": Format(SyslogReader, _PARTED),
    "cef": Format(CefReader, frozenset({_UNMATCHED, "times.year"})),
    "leef": Format(LeefReader, frozenset({_UNMATCHED, "times.year"})),
    "key-value": Format(PairReader, _JOINED | {"lines.between"}),
    "auditd": Format(AuditdReader, frozenset({_UNMATCHED})),
    "w3c": Format(W3cReader, frozenset({"columns"})),
    "xml": Format(XmlReader, frozenset({"records.each", "xml"})),
}


def open_log(path: Path, profile: Profile, place: Path | None) -> tuple[LogFile, LogReader]:
    """Open a log as its source's profile says it is written.

    Args:
        place: The folder in which it is unpacked, where it must be a file for that; None = the system's for such files.

    Raises:
        Invalid: There is no such file, it cannot be read, or it is of another format.
    """
    of = FORMATS[profile.format]
    log = LogFile(path, is_text=of.is_text, encoding=profile.encoding, place=place)
    return log, of.reader(log, profile)
