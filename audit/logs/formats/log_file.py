"""A log file's text, read once from its first byte to its last: in pieces of whole lines.

What follows sees UTF-8. A byte that is no text of the file's encoding becomes a lone surrogate, so that only the record
that holds it cannot be read.
"""

import codecs
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from audit.logs.formats.log_bytes import PIECE, LogBytes
from audit.logs.formats.sniff import SAMPLE, what_it_is_instead, wide_encoding
from config.errors import Invalid

_LONGEST_LINE = 64 << 20
_NOTHING = b"\0 \t\r\n\v\f"
_KEEP_BYTES = "thirteen-keep-bytes"
_FIRST_BYTE = 0xDC00  # bytes that are no text become the lone surrogates from here on
_NO_LETTER = re.compile("[\ud800-\udfff]")
_SPOKEN = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
}
_WIDE = "The file is UTF-16 and was read so."
_WINDOWS = "The file is not UTF-8; it was read as Windows-1252. Check that accented letters came out right."
_MIXTURE = "Some bytes are not UTF-8, though others are; the records that hold them cannot be read."


class LogFile(LogBytes):
    """A log file that can be read, as text unless its format is not.

    `notices` say what was noticed so far, one sentence each.

    Args:
        encoding: That of the text, where it is known.
        place: As of any log's bytes.

    Raises:
        Invalid: There is no such file, it cannot be read, or it is no text though it should be.
    """

    def __init__(self, path: Path, *, is_text: bool = True, encoding: str = "", place: Path | None = None) -> None:
        super().__init__(path, place=place)
        self.is_text = is_text
        self.notices: tuple[str, ...] = ()
        self._encoding = "utf-8"
        if is_text:
            self._recognise_text(encoding)

    def _recognise_text(self, encoding: str) -> None:
        beginning = next(self.chunks(None, SAMPLE), b"")
        if (instead := what_it_is_instead(beginning)) is not None:
            raise Invalid(f"{self.name} {instead}.")
        given = codecs.lookup(encoding).name if encoding else ""
        self._encoding = given or wide_encoding(beginning) or "utf-8"
        if self._encoding != "utf-8" and not encoding:
            self.notices = (_WIDE,)

    def pieces(self, ends: bytes = b"\n") -> Iterator[bytes]:
        """Give the file's text as UTF-8, in pieces of whole lines with their ends, from the first that has any text on.

        Marks at the file's beginning are left out.

        Args:
            ends: The letter behind which the text may be cut, where records need not end with a line.

        Raises:
            Invalid: The file is empty or damaged, or a line of it is longer than any record.
        """
        return self._read(lambda chunks: self._cut(chunks, ends))

    def stretches(self) -> Iterator[bytes]:
        """Give the file's text as `pieces` does, but cut between any two letters, as lines may be of any length.

        Raises:
            Invalid: The file is empty or damaged.
        """
        return self._read(self._cut_anywhere)

    def glimpse(self, lines: int) -> list[str]:
        """Give the first lines, as they can be shown; the last of them may be cut off.

        Raises:
            Invalid: The file is empty or damaged.
        """
        found: list[str] = []
        for stretch in self._as_utf8(self._cut_anywhere(self.chunks(None, PIECE))):
            found = [self.shown(line) for line in self.lines(stretch)[:lines]] if stretch.strip(_NOTHING) else []
            if found:
                return found
        raise self._empty()

    def beginning(self, lines: int) -> list[str]:
        """Give the first lines from the first piece that has any on, as they can be shown.

        Where they are few and long, so many that together they are as long as the longest record.

        Raises:
            Invalid: The file is empty or damaged.
        """
        found = list[str]()
        size = 0
        for piece in self._as_utf8(self._cut(self.chunks(None, PIECE))):
            if found or piece.strip(_NOTHING):
                found += [self.shown(line) for line in self.lines(piece)[: lines - len(found)]]
                size += len(piece)
            if len(found) == lines or size > _LONGEST_LINE:
                break
        if not found:
            raise self._empty()
        return found

    def lines(self, piece: bytes) -> list[str]:
        """Give the lines of a piece, each with its end: CR, LF or CRLF."""
        return list(io.StringIO(self.text(piece), newline=""))

    def text(self, piece: bytes) -> str:
        """Give the text of a piece or stretch."""
        return piece.decode("utf-8", _KEEP_BYTES if self._encoding == "utf-8" else "surrogatepass")

    def flaw_of(self, text: str) -> str | None:
        """Say which of a record's bytes are no text, if any."""
        if "\0" in text:
            return "holds a NUL byte, which no text has"
        if text.isascii() or not _NO_LETTER.search(text):
            return None
        return f"holds bytes that are not {_SPOKEN.get(self._encoding, self._encoding)}"

    def shown(self, text: str) -> str:
        """Give a record's text as it can be kept and shown: a byte that is no text as the letter of its number."""
        if text.isascii():
            return text
        return _NO_LETTER.sub(lambda found: chr(max(ord(found[0]) - _FIRST_BYTE, 0) or 0xFFFD), text)

    def _empty(self) -> Invalid:
        return Invalid(f"{self.name} is empty; there is nothing to import. Check the export.")

    def _read(self, cut: Callable[[Iterator[bytes]], Iterator[bytes]]) -> Iterator[bytes]:
        digest = hashlib.sha256()
        is_blank = True
        for piece in self._as_utf8(cut(self.chunks(digest, PIECE))):
            is_blank = is_blank and not piece.strip(_NOTHING)
            if not is_blank:
                yield piece
        if is_blank:
            raise self._empty()
        self.sha256 = digest.hexdigest()

    def _cut_anywhere(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Cut chunks so that no letter of UTF-8 is parted."""
        held = b""
        for chunk in self._narrow(chunks):
            whole = held + chunk
            cut = len(whole) - _begun_letter(whole[-3:])
            held = whole[cut:]
            if cut:
                yield whole[:cut]
        if held:
            yield held

    def _cut(self, chunks: Iterator[bytes], ends: bytes = b"\n") -> Iterator[bytes]:
        """Put chunks together to pieces that end with a line's end; the last one ends with the file."""
        held: list[bytes] = []
        size = lines = 0
        for chunk in self._narrow(chunks):
            held.append(chunk)
            size += len(chunk)
            if size < PIECE:
                continue
            whole = b"".join(held)
            # a file may know CR alone; one at the very end may be half of CRLF
            cut = whole.rfind(ends) + 1 or whole.rfind(b"\r", 0, -1) + 1
            if cut:
                yield whole[:cut]
                lines += whole.count(b"\n", 0, cut)
            elif len(whole) > _LONGEST_LINE:
                raise Invalid(
                    f"{self.name} has a line of more than {_LONGEST_LINE >> 20} MiB: line {lines + 1:,}. "
                    "That is no record of a log; nothing was imported. Check the export."
                )
            held, size = [whole[cut:]], len(whole) - cut
        if size:
            yield b"".join(held)

    def _narrow(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Turn UTF-16 into UTF-8, and leave out marks at the beginning."""
        if self._encoding not in {"utf-8", "cp1252"}:
            decoded = codecs.iterdecode(chunks, self._encoding, errors=_KEEP_BYTES)
            chunks = (text.encode("utf-8", "surrogatepass") for text in decoded)
        first = next(chunks, b"")
        while first.startswith(codecs.BOM_UTF8):  # a program that adds one where one is already makes two
            first = first.removeprefix(codecs.BOM_UTF8)
        yield first
        yield from chunks

    def _as_utf8(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Decide at the first piece that is no UTF-8 what the file is; the pieces before it are ASCII, or a mixture."""
        letters_seen = False
        for piece in pieces:
            given = piece
            if self._encoding == "utf-8" and not piece.isascii():
                if _is_utf8(piece):
                    letters_seen = True
                elif not any(_MIXTURE in one for one in self.notices):
                    self._decide(is_mixture=letters_seen or self._has_letters())
            if self._encoding == "cp1252":
                given = piece.decode("cp1252", _KEEP_BYTES).encode("utf-8", "surrogatepass")
            yield given

    def _decide(self, *, is_mixture: bool) -> None:
        self.notices += (_MIXTURE,) if is_mixture else (_WINDOWS,)
        self._encoding = "utf-8" if is_mixture else "cp1252"

    def _has_letters(self) -> bool:
        """Say whether the file has letters beyond ASCII that are UTF-8: then what is none of them is a flaw."""
        decoded = codecs.iterdecode(self.chunks(None), "utf-8-sig", errors="ignore")
        return any(not part.isascii() for part in decoded)


def _begun_letter(last: bytes) -> int:
    """Say how many of a text's last bytes begin a letter of UTF-8 that is not whole."""
    for count, byte in enumerate(reversed(last), 1):
        if byte < 0x80:  # noqa: PLR2004 - the bytes of letters of several bytes lie above
            return 0
        if byte >= 0xC0:  # noqa: PLR2004 - the first byte of a letter of two, three or four
            return count if count < 2 + (byte >= 0xE0) + (byte >= 0xF0) else 0  # noqa: PLR2004 - of three, of four
    return 0


def _is_utf8(piece: bytes) -> bool:
    try:
        piece.decode()
    except UnicodeDecodeError:
        return False
    return True


def _keep_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(_FIRST_BYTE + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(_KEEP_BYTES, _keep_bytes)
