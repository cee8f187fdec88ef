"""The heads of syslog's lines: priority, time, host, program; and what stands behind them, the message.

RFC 5424 has a version and structured data; RFC 3164 neither, nor a year; programs that write to files leave the
priority out, and write times as ISO 8601.
"""

from collections.abc import Mapping

import pyarrow as pa

from audit.logs.formats.line_patterns import LinePatterns, Matched
from audit.logs.profiles.language import Profile

# The time of RFC 3164.
FORM = "%b %d %H:%M:%S"
FORMS = (FORM, f"{FORM}.%f")

_PRIORITY = r"<(?P<priority>\d{1,3})>"
_ISO = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?"
_OLD = r"[A-Z][a-z]{2} [ \d]?\d (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d+)?"
_DATA = r'(?P<data>-|(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]"])*\])+)'
_REST = r"(?:[ \n]\x{FEFF}?(?P<message>.*))?"
_WHO = r"(?P<pid>\S+) (?P<msgid>\S+)"
_TAG = r"(?:(?P<app>[^\s:\[]+)(?:\[(?P<pid>[^\]\s]*)\])?: ?)?"
_PATTERNS = (
    rf"{_PRIORITY}(?P<version>[1-9]\d?) (?P<time>\S+) (?P<host>\S+) (?P<app>\S+) {_WHO} {_DATA}{_REST}",
    rf"(?:(?P<version>[1-9]\d?) )?(?P<time>{_ISO}) (?P<host>\S+) (?P<app>[^\s:\[]+) {_WHO} {_DATA}{_REST}",
    # of collectors that put a message of their own behind the host
    rf"{_PRIORITY}(?P<version>[1-9]\d?) (?P<time>{_ISO}) (?P<host>\S+) (?P<message>.*)",
    # without a host
    rf"(?:{_PRIORITY})?(?P<time>{_OLD}|{_ISO}) (?P<app>[^\s:\[]+)(?:\[(?P<pid>[^\]\s]*)\])?:(?: (?P<message>.*)|)",
    rf"(?:{_PRIORITY})?(?P<time>{_OLD}|{_ISO}) (?P<host>\S+) {_TAG}(?P<message>.*)",
)
# Finds something in each line that begins a record of syslog.
START = rf"\A(?:{_PRIORITY.replace('?P<priority>', '?:')}|(?:{_OLD}|(?:[1-9]\d? )?{_ISO}) \S)"

_PART = "syslog."
_HEADS = LinePatterns(_PATTERNS)


def read_heads(texts: pa.Array) -> Matched:
    """Give the parts of the heads of some texts, and `message`: what stands behind."""
    return _HEADS.match(texts)


def wants_heads(profile: Profile) -> bool:
    """Say whether a profile names parts of the heads before records of another format, such as `syslog.time`."""
    return any(place.startswith(_PART) for place in profile.places())


def parts_of_heads(texts: pa.Array) -> Mapping[str, pa.Array]:
    """Give the parts of the heads before records of another format, as profiles call them there."""
    return {f"{_PART}{name}": part for name, part in read_heads(texts).groups.items()}
