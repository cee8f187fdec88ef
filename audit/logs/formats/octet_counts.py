"""Syslog as it goes over the wire by RFC 6587: each message behind the count of its octets, none parted by lines."""

import re
from collections.abc import Iterable, Iterator

from audit.logs.formats.join_lines import LONGEST_RECORD

_COUNT = re.compile(rb"\s*([1-9]\d{0,7}) (?=<\d{1,3}>)")
_NEXT = re.compile(rb"(?<=\n)[1-9]\d{0,7} <\d{1,3}>")


def is_counted(beginning: bytes) -> bool:
    """Say whether messages stand behind counts."""
    return _COUNT.match(beginning) is not None


def counted_messages(pieces: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Give the messages of a file's pieces, those of a piece together.

    What stands where a count should be is given as it is, up to the next line that begins with one; and so is a message
    that is shorter than its count, with the count.
    """
    held = b""
    for piece in pieces:
        held += piece
        messages, place = _messages(held, is_last=False)
        held = held[place:]
        yield messages
    messages, _ = _messages(held, is_last=True)
    yield messages


def _messages(held: bytes, *, is_last: bool) -> tuple[list[bytes], int]:
    messages: list[bytes] = []
    place = 0
    while place < len(held):
        found = _COUNT.match(held, place)
        if found is not None and int(found[1]) <= LONGEST_RECORD:
            end = found.end() + int(found[1])
        else:
            following = _NEXT.search(held, place + 1)
            end = following.start() if following else len(held) + (not is_last)
        if end > len(held) and not is_last:
            break
        messages.append(held[found.end() if found and end <= len(held) else place : end])
        place = end
    return messages, min(place, len(held))
