"""Tells from the first lines of a text that cannot be read as a source's format what it looks like instead."""

import re
from collections.abc import Mapping, Sequence

from audit.logs.profiles.language import Format

_LINES = 20
_JSON_LINES, _JSON = "JSON lines", "one JSON document"
_W3C, _EVENTS, _SYSLOG = "an extended log of a web server (W3C)", "events in CEF or LEEF", "syslog"
_PAIRS, _WEB = "lines of key=value", "an access log of Apache or nginx"
_PATTERNS = {
    _JSON_LINES: r'\s*\{\s*"',
    _JSON: r"\s*\[\s*(\{|$)|\s*\{\s*$",
    "XML": r"\s*<[?!A-Za-z]",
    _W3C: r"#(Software|Version|Fields|Date):",
    _EVENTS: r".*\b(CEF|LEEF):\d",
    _SYSLOG: r"<\d{1,3}>|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ \S+|\d{4}-\d\d-\d\dT\S+ \S+ [\w./-]+(\[\d+\])?: ",
    _WEB: r'\S+ \S+ .*\[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "',
    _PAIRS: r'(?=(?:.*?[\w.-]+=("[^"]*"|[^\s"]+)){3})',
}
_READ_SO: Mapping[Format, tuple[str, ...]] = {
    "jsonl": (_JSON_LINES,),
    "json": (_JSON_LINES, _JSON),
    "xml": ("XML",),
    "w3c": (_W3C,),
    "cef": (_EVENTS, _SYSLOG),
    "leef": (_EVENTS, _SYSLOG),
    "syslog": (_SYSLOG, _PAIRS),
    "key-value": (_PAIRS, _SYSLOG),
    "auditd": (_PAIRS,),
}
_FORMAT_OF: Mapping[str, Format] = {
    _JSON_LINES: "jsonl",
    _JSON: "json",
    "XML": "xml",
    _W3C: "w3c",
    _EVENTS: "cef",
    _SYSLOG: "syslog",
    _WEB: "lines",
    _PAIRS: "key-value",
}
# The formats that read what a log looks like, as the end of a sentence.
_READ_AS: Mapping[str, str] = {
    _W3C: ", which the format w3c reads",
    _EVENTS: ", which the formats of these names read",
    _SYSLOG: ", which the format of this name reads",
    _WEB: ", which the profile web-access reads",
    _PAIRS: ", which the format key-value reads",
}
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_FEWEST_SEPARATORS = 2


def what_it_looks_like(lines: Sequence[str], read_as: Format, separator: str = "") -> str | None:
    """Say what most of some lines look like, other than what they were read as; None where nothing is known so.

    Args:
        lines: The first of a file.
        separator: The letter by which cells were parted, where the file was read as CSV.
    """
    looked_at = [line for line in lines if line.strip()][:_LINES]
    name = _name_of(looked_at)
    if name is not None:
        return None if name in _READ_SO.get(read_as, ()) else _with_format(name)
    return _delimited(looked_at, separator)


def what_format_it_has(lines: Sequence[str]) -> tuple[Format, str] | None:
    """Give the format that most of some lines look like, and what they are in words; None where none is known so."""
    looked_at = [line for line in lines if line.strip()][:_LINES]
    name = _name_of(looked_at)
    if name is None:
        return None
    if name == _EVENTS:
        is_leef = any(re.search(r"\bLEEF:\d", line) for line in looked_at)
        return ("leef", "events in LEEF") if is_leef else ("cef", "events in CEF")
    if name == _PAIRS and all("msg=audit(" in line for line in looked_at):
        return "auditd", "the audit log of Linux"
    return _FORMAT_OF[name], name


def _name_of(looked_at: Sequence[str]) -> str | None:
    for name, pattern in _PATTERNS.items():
        fitting = sum(re.match(pattern, line) is not None for line in looked_at)
        is_one = name in {_JSON, "XML"} and looked_at and re.match(pattern, looked_at[0]) is not None
        if is_one or fitting > len(looked_at) / 2:
            return name
    return None


def _with_format(name: str) -> str:
    """Say what something looks like, and which format reads it where that is not in the name."""
    return f"{name}{_READ_AS.get(name, '')}"


def _delimited(lines: Sequence[str], read_with: str) -> str | None:
    for separator, name in _SEPARATORS.items():
        counts = {line.count(separator) for line in lines}
        if separator != read_with and len(counts) == 1 and counts.pop() >= _FEWEST_SEPARATORS:
            return f"cells separated by {name}"
    return None
