"""Windows event logs as the system keeps them (EVTX): each event is a document, of its parts System and EventData."""

import json
from collections.abc import Iterator
from itertools import count

import pyarrow as pa

from audit.logs.formats.contract import BATCH_BYTES, FAULT, Batch
from audit.logs.formats.documents import RAW, Document, DocumentReader
from audit.logs.formats.evtx_chunks import CHUNK_SIZE, FILE_MAGIC, HEADER_SIZE, Chunk, read_chunk
from audit.logs.formats.log_file import LogFile
from audit.logs.formats.resemblance import what_it_looks_like
from audit.logs.formats.sniff import SAMPLE, what_it_is_instead
from audit.logs.profiles.language import Profile
from config.errors import Invalid
from config.texts import counted, listed

_LINES_LOOKED_AT = 30
_MOST_CHUNKS = 10
_WITHIN = '{"Event":'


def looks_like_evtx(beginning: bytes) -> bool:
    """Say whether a file that begins so is a Windows event log."""
    return beginning.startswith(FILE_MAGIC)


class EvtxReader(DocumentReader):
    """The events of a Windows event log; what of it is damaged comes as events that cannot be read.

    A text of events in JSON, one a line, is read as well: so they go out to be repaired.
    """

    repeats_keys = False

    def __init__(self, log: LogFile, profile: Profile) -> None:
        super().__init__(log, profile)
        beginning = next(log.chunks(None, SAMPLE), b"")
        self._is_text = beginning.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
        self._found: tuple[str, ...] = ()
        if not self._is_text and not looks_like_evtx(beginning):
            raise _other(log, beginning)

    @property
    def notices(self) -> tuple[str, ...]:
        """What was noticed of the file, one sentence each."""
        return (*super().notices, *self._found)

    def batches(self) -> Iterator[Batch]:
        """Give the events; what a chunk holds is sound, and is not looked at once more, one by one."""
        yield from super().batches() if self._is_text or self._keys else self._quickly()

    def documents(self) -> Iterator[Document]:
        """Give the events."""
        if self._is_text:
            yield from self._lines()
            return
        for events, lost in self._chunks():
            yield from map(Document, events)
            yield from lost

    def _quickly(self) -> Iterator[Batch]:
        contents, others, size = list[str](), dict[int, Document](), 0
        for events, lost in self._chunks():
            contents += events
            for document in lost:
                others[len(contents)] = document
                contents.append("")
            size += CHUNK_SIZE
            if size >= BATCH_BYTES:
                yield _batch(contents, others)
                contents, others, size = [], {}, 0
        if contents:
            yield _batch(contents, others)

    def _lines(self) -> Iterator[Document]:
        for piece in self._log.pieces():
            for line in self._log.lines(piece):
                if text := line.strip():
                    yield Document(text)

    def _chunks(self) -> Iterator[tuple[list[str], list[Document]]]:
        """Give each chunk's events, and what stands for those that are lost."""
        damaged: dict[int, int] = {}
        for number, (at, block) in zip(count(1), self._log.blocks(HEADER_SIZE, CHUNK_SIZE), strict=False):
            chunk = read_chunk(block)
            if chunk is None:
                continue
            lost = list(_lost(chunk, number, at))
            if lost:
                damaged[number] = len(chunk.lost)
            start = len(_WITHIN)
            yield [event[start:-1] if event.startswith(_WITHIN) else event for event in chunk.events], lost
        self._found = tuple(_notices(damaged))


def _batch(contents: list[str], others: dict[int, Document]) -> Batch:
    faults: list[str | None] = [None] * len(contents)
    for place, document in others.items():
        faults[place] = document.fault
    rows = pa.table({RAW: pa.array(contents, pa.string()), FAULT: pa.array(faults, pa.string())})
    return Batch(rows, lambda places: [others[one].text or "" if one in others else contents[one] for one in places])


def _lost(chunk: Chunk, number: int, at: int) -> Iterator[Document]:
    """Give the events of a chunk that cannot be read; where even their numbers are lost, the chunk as one."""
    where = f"chunk {number:,} of the log, at byte {at:,}, is damaged: {chunk.fault}"
    for event in chunk.lost:
        yield Document("", json.dumps({"System": {"EventRecordID": event}, "chunk": number}), f"is lost; {where}")
    if not chunk.is_readable:
        yield Document("", json.dumps({"chunk": number, "byte": at}), f"is all that is left of several; {where}")


def _notices(damaged: dict[int, int]) -> Iterator[str]:
    if damaged:
        known = sum(damaged.values())
        unknown = [number for number, lost in damaged.items() if not lost]
        more = f", and all of {counted(len(unknown), 'chunk')} of which nobody can say how many" if unknown else ""
        yield (
            f"The log is damaged in {counted(len(damaged), 'chunk')} ({listed(sorted(damaged), _MOST_CHUNKS)}): "
            f"{counted(known, 'event')} of it {'is' if known == 1 else 'are'} lost{more}. What is left was read; each "
            "that is lost is listed as unreadable."
        )


def _other(log: LogFile, beginning: bytes) -> Invalid:
    instead = what_it_is_instead(beginning)
    if instead is None:
        looks = what_it_looks_like(log.beginning(_LINES_LOOKED_AT), "evtx")
        instead = f"is no Windows event log (EVTX).{f' It looks like {looks}.' if looks else ''}"
    return Invalid(f"{log.path.name} {instead.rstrip('.')}.")
