"""Goes through JSON documents from bracket to bracket, and gives the records that stand there."""

import json
import re
from bisect import bisect_left
from collections.abc import Generator, Iterator, Sequence

from audit.logs.formats.contract import KEPT_OF_TOO_LONG, LONGEST_RECORD, TOO_LONG
from audit.logs.formats.documents import Document
from audit.logs.formats.json_structure import CROSSED, NOT_CLOSED, LongObject, Structure
from audit.logs.formats.log_file import LogFile

NO_OBJECT = "stands where a record should, and is no JSON object"
_TORN = "is cut off: its brackets do not close"
_STRAY = "closes a bracket that nothing opened"
_DEEPEST = 50  # a list in a list, that is gone into
_BETWEEN = b", \t\r\n"
_KEY = re.compile(rb'[\s,]*("(?:[^"\\]|\\.)*")\s*:\s*(?=\S)')
_END = re.compile(rb"[\s,]*\}")
_PLAIN = re.compile(rb'("(?:[^"\\]|\\.)*"|[^\s",{}\[\]]+)(?=[\s,}\]])')


class JsonWalk:
    """The records of a log, once.

    Args:
        keys: Those of the list that holds the records, in the documents; none where the objects are the records.

    Attributes:
        left_open: How many lists and documents are open where the file ends.
        lists: How many objects have a list under the keys.
        without_list: How many have none, and were read as records themselves.
    """

    def __init__(self, log: LogFile, keys: Sequence[str]) -> None:
        self._log = log
        self._keys = keys
        self._stretches: Iterator[bytes] = iter(())
        self._is_torn = self._is_lost = self._is_at_end = False
        self.left_open = self.lists = self.without_list = 0
        self._take(b"")

    def records(self) -> Iterator[Document]:
        """Give the records, and what stands in the place of some."""
        self._stretches = self._log.stretches()
        while self._refill():
            yield from self._values(self._keys, depth=0)

    def _take(self, text: bytes) -> None:
        """Look at a text from its first byte on."""
        self._text = text
        self._structure = Structure(text)
        self._at = self._next = 0  # in the text, and among its brackets
        self._held_from = -1  # what may still be given as a record

    def _refill(self) -> bool:
        """Take more of the file to what is not done with, from its line's beginning on; False where it ends."""
        more = next(self._stretches, None)
        if more is None:
            self._is_at_end = True
            return False
        held_from, at = self._held_from, self._at
        done = self._at if held_from < 0 else held_from
        line = self._text.rfind(b"\n", 0, done) + 1
        if not self._text[line:done].strip():
            done = line
        self._take(self._text[done:] + more)
        self._held_from = held_from - done if held_from >= 0 else -1
        self._move_to(at - done)
        return True

    def _move_to(self, at: int) -> None:
        self._at = at
        self._next = bisect_left(self._structure.places, at)

    def _values(self, keys: Sequence[str], depth: int) -> Iterator[Document]:
        """Give the records of what stands in a list, or at the top, to its end."""
        while self._is_more():
            place = self._structure.places[self._next]
            yield from self._strays(place)
            letter = self._text[place : place + 1]
            if letter == b"{":
                yield from self._of_object(keys, depth)
            elif letter == b"[" and depth == _DEEPEST:
                yield self._record()
            elif letter == b"[":
                self._pass_bracket()
                yield from self._values(keys, depth + 1)
            else:
                self._pass_bracket()
                if depth:
                    return
                yield Document("", letter.decode(), _STRAY)
        yield from self._strays(len(self._text))
        self._note_end(depth)

    def _is_more(self) -> bool:
        """Say whether a bracket follows."""
        while self._next >= len(self._structure.places):
            if len(self._text) - self._at > LONGEST_RECORD or not self._refill():
                return False
        return True

    def _strays(self, end: int) -> Iterator[Document]:
        """Give what stands before a place and is none of the marks between records."""
        stray = self._text[self._at : end].strip(_BETWEEN)
        self._at = end
        for line in self._log.text(stray).splitlines() if stray else ():
            if text := line.strip(", \t"):
                yield Document("", text, NO_OBJECT)

    def _pass_bracket(self) -> None:
        self._at, self._next = self._at + 1, self._next + 1

    def _note_end(self, depth: int) -> None:
        """Note how much is open where the file ends."""
        if self._is_at_end:
            self.left_open = max(self.left_open, depth)

    def _of_object(self, keys: Sequence[str], depth: int) -> Iterator[Document]:
        if not keys:
            yield self._record()
            return
        self._held_from, self._is_lost = self._at, False
        is_found = yield from self._search(keys, depth + 1)
        if is_found:
            self.lists += 1
        else:
            self.without_list += 1
            self._move_to(self._held_from)
            self._held_from = -1
            yield self._record()

    def _record(self) -> Document:
        """Give what begins with the bracket here as a record, and go on behind it."""
        while (partner := self._structure.partners[self._next]) < 0:
            is_long = len(self._text) - self._at > LONGEST_RECORD
            is_torn = partner <= CROSSED or (self._is_torn and self._next_line_like_this() >= 0)
            if is_long or is_torn or not self._refill():
                return self._torn(partner, is_long=is_long)
        end = self._structure.places[partner] + 1
        text = self._text[self._at : end]
        compact = self._structure.compact(self._next, partner)
        self._at, self._next = end, partner + 1
        if len(compact) == len(text):
            return Document(self._log.text(text))
        return Document(self._log.text(compact), self._log.text(text))

    def _torn(self, partner: int, *, is_long: bool) -> Document:
        """Give what is left of a record that does not end, up to the next line that begins as its own does."""
        self._is_torn = True
        start, end = self._at, self._next_line_like_this()
        if end < 0 and is_long:
            return Document("", self._log.text(self._skip()), TOO_LONG)
        if end < 0:
            end = self._structure.places[CROSSED - partner] if partner <= CROSSED else len(self._text)
        self._move_to(end)
        return Document("", self._log.text(self._text[start:end].strip(_BETWEEN)), _TORN)

    def _next_line_like_this(self) -> int:
        """Find where a line ends behind which as many blanks and a bracket stand as here; -1 where there is none."""
        line = self._text.rfind(b"\n", 0, self._at) + 1
        before = self._text[line : self._at]
        return -1 if before.strip() else self._text.find(b"\n" + before + b"{", self._at)

    def _skip(self) -> bytes:
        """Read on to the end of what is too long to be held, and give its beginning."""
        beginning = self._text[self._at : self._at + KEPT_OF_TOO_LONG]
        long = LongObject(self._text[self._at :])
        for stretch in self._stretches:
            if long.is_ended_by(stretch):
                self._take(stretch)
                self._move_to(long.end)
                return beginning
        self._take(b"")
        self._is_at_end = True
        self._note_end(1)
        return beginning

    def _search(self, keys: Sequence[str], depth: int) -> Generator[Document, None, bool]:
        """Give the records of the list under some keys in the object that begins here, and say whether it is there."""
        self._pass_bracket()
        is_found = False
        while key := self._key():
            letter = self._text[self._at : self._at + 1]
            if letter in b"{[" and self._structure.places[self._next : self._next + 1] != [self._at]:
                self._is_lost = True
            elif _names(key, keys[0]) and letter == b"[":
                is_found, self._held_from = True, -1
                self._pass_bracket()
                yield from self._values(keys[1:], depth + 1)
                self._is_lost = False
            elif _names(key, keys[0]) and letter == b"{" and len(keys) > 1:
                is_found = (yield from self._search(keys[1:], depth + 1)) or is_found
            elif _names(key, keys[0]) and letter == b"{":
                is_found, self._held_from = True, -1
                yield self._record()
            else:
                self._pass_value(letter)
        if self._is_lost and is_found:
            self._note_end(depth)
        return is_found

    def _key(self) -> bytes | None:
        """Give the next key of an object, and go on to its value; None behind the object's end, or where it is lost."""
        while not self._is_lost:
            if key := _KEY.match(self._text, self._at):
                self._at = key.end()
                return key[1]
            if end := _END.match(self._text, self._at):
                self._at, self._next = end.end(), self._next + 1
                return None
            self._is_lost = not self._is_more_of_object()
        return None

    def _pass_value(self, letter: bytes) -> None:
        while True:
            partner = self._structure.partners[self._next] if letter in b"{[" else NOT_CLOSED
            if partner >= 0:
                self._at, self._next = self._structure.places[partner] + 1, partner + 1
                return
            if letter not in b"{[" and (plain := _PLAIN.match(self._text, self._at)):
                self._at = plain.end()
                return
            if partner <= CROSSED or not self._is_more_of_object():
                self._is_lost = True
                return

    def _is_more_of_object(self) -> bool:
        begun = self._at if self._held_from < 0 else self._held_from
        return len(self._text) - begun <= LONGEST_RECORD and self._refill()


def _names(key: bytes, wanted: str) -> bool:
    """Say whether a key, as it is written, names what is wanted."""
    try:
        return bool(json.loads(key) == wanted) if b"\\" in key else key[1:-1] == wanted.encode()
    except ValueError:
        return False
