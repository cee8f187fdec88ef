"""Syslog by RFC 3164 and 5424, as lines or behind counts of octets; its messages parted further as the profile says."""

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit.logs.formats.join_lines import JoinByKey, JoinByStart, Joiner
from audit.logs.formats.line_patterns import LinePatterns
from audit.logs.formats.line_reader import LineReader, Parsed
from audit.logs.formats.log_file import LogFile
from audit.logs.formats.octet_counts import counted_messages, is_counted
from audit.logs.formats.pairs_within import PairsWithin
from audit.logs.formats.sniff import SAMPLE
from audit.logs.formats.syslog_heads import FORMS, START, read_heads
from audit.logs.formats.unmatched import unmatched
from audit.logs.profiles.language import Profile

_NO_SYSLOG = "does not begin as a line of syslog does, with a time and a host"
_NO_FIT = "has a message that fits none of the profile's patterns"
_NIL = ("time", "host", "app", "pid", "msgid", "data")
_ELEMENT = re.compile(r'\[([^\s=\]"]+)((?:\s+[^\s=\]"]+="(?:[^"\\]|\\.)*")*)\s*\]')
_PARAMETER = re.compile(r'([^\s=\]"]+)="((?:[^"\\]|\\.)*)"')
_DATA = "data."


class SyslogReader(LineReader):
    """The records of a syslog file: a line that does not begin as one belongs to the message above."""

    def __init__(self, log: LogFile, profile: Profile) -> None:
        super().__init__(log, profile)
        wanted = {*profile.places(), profile.lines.pairs}
        self._patterns = LinePatterns(profile.lines.patterns, wanted) if profile.lines.patterns else None
        self._pairs = PairsWithin(profile)
        self._is_counted = is_counted(next(log.chunks(None, SAMPLE), b""))
        self._data = [place for place in profile.places() if place.startswith(_DATA)]

    def forms_without_year(self) -> tuple[str, ...]:
        """Give the form of times in RFC 3164."""
        return FORMS

    def joiners(self) -> Sequence[Joiner]:
        """Give what puts a message's lines together, and then, by the profile, messages that are parts of one."""
        lines = self._profile.lines
        by_key = [JoinByKey(lines.key, lines.start)] if lines.key else []
        return by_key if self._is_counted else [JoinByStart(START), *by_key]

    def texts(self) -> Iterator[list[str]]:
        """Give the records' own texts, some at a time."""
        if not self._is_counted:
            yield from super().texts()
            return
        joiners = self.joiners()
        for messages in counted_messages(self._log.pieces()):
            texts = ["".join(self._log.lines(message)).rstrip("\r\n") for message in messages]
            yield self._joined(joiners, texts)
        for joiner in joiners:
            yield list(joiner.rest())

    def parse(self, texts: pa.Array) -> Parsed:
        """Give the parts of the heads, and those of the messages."""
        heads, fits = self._heads(texts)
        faults, passed = unmatched(fits, self._profile, _NO_SYSLOG)
        message = heads["message"]
        parts: Mapping[str, pa.Array | Sequence[str | None]] = {
            **heads,
            **self._of_priority(heads["priority"]),
            **self._of_data(heads["data"]),
        }
        if self._patterns is not None:
            matched = self._patterns.match(message)
            further, also_passed = unmatched(matched.fits | ~fits, self._profile, _NO_FIT)
            faults = {**further, **faults}
            passed = passed | also_passed if passed is not None and also_passed is not None else passed
            parts = {**parts, **matched.groups}
        whole, of_pairs = self._pairs.of(parts)
        return Parsed(whole, {**of_pairs, **faults}, passed)

    def _heads(self, texts: pa.Array) -> "tuple[dict[str, pa.Array], np.ndarray[tuple[int], np.dtype[np.bool_]]]":
        """Give the parts of each record's first line, and as its message those of all of its lines."""
        is_long = pc.match_substring(texts, "\n")
        if not pc.any(is_long).as_py() or not self._profile.lines.key:
            found = read_heads(texts)
            return _without_nil(found.groups, len(texts)), found.fits
        lines = [text.split("\n") for text in texts.to_pylist()]
        found = read_heads(pa.array([line for record in lines for line in record], pa.string()))
        counts = np.array([len(record) for record in lines])
        firsts = np.cumsum(counts) - counts
        heads = _without_nil({name: part.take(pa.array(firsts)) for name, part in found.groups.items()}, len(texts))
        heads["message"] = _put_together(found.groups["message"], lines, firsts)
        return heads, found.fits[firsts]

    def _of_priority(self, priority: pa.Array) -> Mapping[str, pa.Array]:
        if not {"facility", "severity"} & set(self._profile.places()):
            return {}
        number = pc.if_else(pc.equal(priority, ""), pa.scalar(None, pa.string()), priority).cast(pa.int64())
        facility = pc.divide(number, 8)
        severity = pc.subtract(number, pc.multiply(facility, 8))
        return {"facility": facility.cast(pa.string()), "severity": severity.cast(pa.string())}

    def _of_data(self, data: pa.Array) -> Mapping[str, list[str | None]]:
        """Give the parameters of structured data that the profile asks for, such as data.origin.ip."""
        if not self._data:
            return {}
        read = [_parameters(text) if text else {} for text in data.to_pylist()]
        return {place: [one.get(place) for one in read] for place in self._data}


def _without_nil(heads: Mapping[str, pa.Array], rows: int) -> dict[str, pa.Array]:
    """Give the parts of heads, empty where `-` says that there is none."""
    whole = {name: heads.get(name, pa.nulls(rows, pa.string())) for name in ("priority", "message", *_NIL)}
    cleared = {name: pc.if_else(pc.equal(whole[name], "-"), "", whole[name]) for name in _NIL}
    return {name: pc.fill_null(part, "") for name, part in {**heads, **whole, **cleared}.items()}


def _put_together(messages: pa.Array, lines: Sequence[Sequence[str]], firsts: Sequence[int]) -> pa.Array:
    """Give the whole message of each record: those of its lines, and lines without a head as they are."""
    single = messages.to_pylist()
    whole = []
    for record, first in zip(lines, firsts, strict=True):
        parts = [single[first] or ""]
        parts += [line if (one := single[first + place]) is None else one for place, line in enumerate(record) if place]
        whole.append("\n".join(parts))
    return pa.array(whole, pa.string())


def _parameters(data: str) -> dict[str, str]:
    return {
        f"{_DATA}{element}.{name}": re.sub(r'\\(["\\\]])', r"\1", value)
        for element, inner in _ELEMENT.findall(data)
        for name, value in _PARAMETER.findall(inner)
    }
