"""The heads of syslog's lines: priority, time, host, program; and what stands behind them, the message.

RFC 5424 has a version and structured data; RFC 3164 neither, nor a year; programs that write to files leave the
priority out, and write times as ISO 8601.
"""

import pyarrow as pa

from audit.logs.formats.line_patterns import LinePatterns, Matched

# The time of RFC 3164.
FORM = "%b %d %H:%M:%S"
FORMS = (FORM, f"{FORM}.%f")

_PRIORITY = r"<(?P<priority>\d{1,3})>"
_ISO = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?"
_OLD = r"[A-Z][a-z]{2} [ \d]?\d (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d+)?"
_DATA = r'(?P<data>-|(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]"])*\])+)'
_REST = r"(?: \x{FEFF}?(?P<message>.*))?"
_WHO = r"(?P<pid>\S+) (?P<msgid>\S+)"
_TAG = r"(?:(?P<app>[^\s:\[]+)(?:\[(?P<pid>[^\]\s]*)\])?: ?)?"
_PATTERNS = (
    rf"{_PRIORITY}(?P<version>[1-9]\d?) (?P<time>\S+) (?P<host>\S+) (?P<app>\S+) {_WHO} {_DATA}{_REST}",
    rf"(?P<time>{_ISO}) (?P<host>\S+) (?P<app>[^\s:\[]+) {_WHO} {_DATA}{_REST}",
    rf"(?:{_PRIORITY})?(?P<time>{_OLD}|{_ISO}) (?P<host>\S+) {_TAG}(?P<message>.*)",
)
# Finds something in each line that begins a record of syslog.
START = rf"\A(?:{_PRIORITY.replace('?P<priority>', '?:')}|(?:{_OLD}|{_ISO}) \S)"

_HEADS = LinePatterns(_PATTERNS)


def read_heads(texts: pa.Array) -> Matched:
    """Give the parts of the heads of some texts, and `message`: what stands behind."""
    return _HEADS.match(texts)


def looks_like(beginning: bytes) -> bool:
    """Say whether a file that begins so is syslog, by its first line."""
    line = beginning.decode("utf-8", "replace").partition("\n")[0]
    return bool(read_heads(pa.array([line.rstrip("\r")])).fits[0])
