"""Writes small Windows event logs (EVTX): a header, and chunks of events in binary XML."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import TypeAlias

# The parts of an element: a text, or elements by name.
Parts: TypeAlias = "str | Mapping[str, Parts]"

HEADER = struct.pack("<8sQQQIHHHH", b"ElfFile\0", 0, 0, 1, 128, 1, 3, 4096, 1).ljust(4096, b"\0")
CHUNK_HEADER, CHUNK, RECORD_HEADER = 512, 65536, 24
_WINDOWS_EPOCH = 11_644_473_600


def evtx(*chunks: bytes) -> bytes:
    """Give a log of some chunks."""
    return HEADER + b"".join(chunks)


def chunk(first: int, events: Sequence[Parts]) -> bytes:
    """Give a chunk of events, the first of which has a number."""
    records, at = b"", CHUNK_HEADER
    for number, event in enumerate(events, first):
        record = _record(number, event, at)
        records, at = records + record, at + len(record)
    last = first + len(events) - 1
    start = struct.pack("<8sQQQQIII", b"ElfChnk\0", first, last, first, last, 128, at - len(record), at)
    header = (start + struct.pack("<I", zlib.crc32(records))).ljust(CHUNK_HEADER, b"\0")
    return (header + records).ljust(CHUNK, b"\0")


def event(number: int, code: int, time: str, **values: str) -> Parts:
    """Give a security event: its number, what it is, when, and what its EventData say by name."""
    system: Mapping[str, Parts] = {
        "EventID": str(code),
        "TimeCreated": {"@SystemTime": time},
        "EventRecordID": str(number),
        "Channel": "Security",
        "Computer": "files.city",
    }
    return {"System": system, "EventData": {f"Data@{name}": value for name, value in values.items()}}


def _record(number: int, parts: Parts, at: int) -> bytes:
    body = b"\x0f\x01\x01\x00" + _element("Event", parts, at + RECORD_HEADER + 4) + b"\x00"
    size = RECORD_HEADER + len(body) + 4
    padding = -size % 8
    size += padding
    time = _WINDOWS_EPOCH * 10_000_000
    return struct.pack("<4sIQQ", b"**\0\0", size, number, time) + body + b"\0" * padding + struct.pack("<I", size)


def _element(name: str, parts: Parts, at: int) -> bytes:
    """Give an element in binary XML that begins at a place of its chunk."""
    name, _, named = name.partition("@")
    attributes = {"Name": named} if named else {}
    if not isinstance(parts, str):
        attributes |= {key[1:]: str(value) for key, value in parts.items() if key.startswith("@")}
    head = b"\x41" if attributes else b"\x01"
    start = at + len(head) + 4
    body = _name(name, start)
    if attributes:
        listed = b""
        for place, (key, value) in enumerate(attributes.items()):
            token = b"\x46" if place < len(attributes) - 1 else b"\x06"
            listed += token + _name(key, start + len(body) + 4 + len(listed) + 1) + _text(value)
        body += struct.pack("<I", len(listed)) + listed
    body += b"\x02"
    if isinstance(parts, str):
        body += _text(parts)
    else:
        for key, part in parts.items():
            if not key.startswith("@"):
                body += _element(key, part, start + len(body))
    body += b"\x04"
    return head + struct.pack("<I", len(body)) + body


def _name(name: str, at: int) -> bytes:
    """Give a name that stands where it is used for the first time."""
    return struct.pack("<IIHH", at + 4, 0, 0, len(name)) + name.encode("utf-16-le") + b"\0\0"


def _text(text: str) -> bytes:
    return struct.pack("<BBH", 5, 1, len(text)) + text.encode("utf-16-le")
