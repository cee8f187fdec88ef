"""The chunks of a Windows event log (EVTX): each of 64 KiB is read for itself, so that a damaged one costs no other."""

import io
import struct
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import evtx

FILE_MAGIC = b"ElfFile\0"
HEADER_SIZE = 4096
CHUNK_SIZE = 65536
_CHUNK_MAGIC = b"ElfChnk\0"
# Before each chunk that is read stands a header of ours, that of a file of one chunk: the file's own is often not true,
# as a log that is written to is brought up to date later.
_HEADER = struct.pack("<8sQQQIHHHH", FILE_MAGIC, 0, 0, 1, 128, 1, 3, HEADER_SIZE, 1).ljust(HEADER_SIZE, b"\0")
_SMALLEST_RECORD = 28


@dataclass(frozen=True)
class Chunk:
    """What a chunk holds: its events as JSON, in their order, and the numbers of those that cannot be read.

    Args:
        is_readable: Nothing is known of what was in it, where it is not.
        fault: Why some or all of it cannot be read, empty where all can.
    """

    events: Sequence[str]
    lost: Sequence[int] = ()
    is_readable: bool = True
    fault: str = ""


def read_chunk(block: bytes) -> Chunk | None:
    """Read a chunk; None where nothing was written there yet.

    Args:
        block: Its bytes; fewer than a chunk's where the file is cut off.
    """
    if not block.strip(b"\0"):
        return None
    if not block.startswith(_CHUNK_MAGIC) or len(block) < HEADER_SIZE:
        return Chunk([], is_readable=False, fault="no chunk of an event log begins there")
    whole = block.ljust(CHUNK_SIZE, b"\0")
    fault = "" if len(block) == CHUNK_SIZE else "it is cut off"
    try:
        found = list(_parsed(whole, skip_errors=False))
    except RuntimeError as error:
        fault = fault or _in_a_line(error)
        found = list(_skipping(whole))
    lost = _numbers(block) - {number for number, _ in found}
    if lost and not fault:
        fault = "its records end before its last one"
    return Chunk([event for _, event in found], sorted(lost), fault=fault if lost else "")


def _parsed(chunk: bytes, *, skip_errors: bool) -> Iterator[tuple[int, str]]:
    parser = evtx.PyEvtxParser(io.BytesIO(_HEADER + chunk), number_of_threads=1, skip_errors=skip_errors)
    return ((one["event_record_id"], one["data"]) for one in parser.records_json() if one is not None)


def _skipping(chunk: bytes) -> Iterator[tuple[int, str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # which records were skipped, their numbers tell
        yield from _parsed(chunk, skip_errors=True)


def _numbers(block: bytes) -> set[int]:
    """Give the numbers of the events that a chunk says it holds; none where that cannot be true."""
    first, last = struct.unpack_from("<QQ", block, 24)
    return set(range(first, last + 1)) if 0 <= last - first < CHUNK_SIZE // _SMALLEST_RECORD else set()


def _in_a_line(error: RuntimeError) -> str:
    return " ".join(str(error).split())[:200]
