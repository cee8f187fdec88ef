"""What the bytes of a text tell of it, chunk by chunk: whether it is UTF-8, and as plain as a quick reader wants it."""

import codecs

import numpy as np

_QUOTE, _BLANK, _FEED = ord('"'), ord(" "), ord("\n")
_MARKS = (b"\x1e", b"\x1f")  # they part a record's cells where its content is digested
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAMPLE = 4096
_NOTHING = b"\0 \t\r\n\v\f"


class PlainText:
    """Takes a text's chunks in their order and remembers what it saw.

    `wide_encoding` names UTF-16, by its mark or its look; `is_broken` says that the text is not UTF-8; `has_marks`,
    that it may hold the marks that part cells where a record's content is digested. `feeds` counts its line feeds;
    `line_bytes` is how long the line under way has become, chunk by chunk.
    """

    def __init__(self) -> None:
        self.is_at_start, self.is_blank = True, True
        self.has_nul, self.has_quotes, self.is_broken = False, False, False
        self.feeds, self.ends_with_feed, self.line_bytes = 0, False, 0
        self.wide_encoding = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._last = b""
        self._returns, self._pairs = 0, 0
        self.has_marks, self._is_odd = False, False

    @property
    def is_plain(self) -> bool:
        """Say whether one kind of line end stands throughout, LF or CRLF, and nothing that readers take differently."""
        ends_alike = not self._returns or self._returns == self._pairs == self.feeds
        return ends_alike and not self._is_odd and not self.has_marks and not self.has_nul and not self.is_broken

    def take(self, chunk: bytes) -> None:
        """Look at the next chunk."""
        if self.is_at_start:
            self.wide_encoding = _wide_encoding(chunk[:_SAMPLE])
            self.is_at_start = False
        self.is_blank = self.is_blank and not chunk.strip(_NOTHING)
        self.has_nul = self.has_nul or b"\0" in chunk
        self._decode(chunk)
        last_end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        self.line_bytes = self.line_bytes + len(chunk) if last_end < 0 else len(chunk) - last_end
        self.feeds += int(np.count_nonzero(np.frombuffer(chunk, np.uint8) == _FEED))
        if b"\r" in chunk or self._last == b"\r":
            self._returns += chunk.count(b"\r")
            self._pairs += (self._last + chunk).count(b"\r\n")
        self.has_quotes = self.has_quotes or b'"' in chunk
        self.has_marks = self.has_marks or any(mark in chunk for mark in _MARKS)
        self._is_odd = self._is_odd or self._has_blank_beside_quote(chunk)
        self._last = chunk[-1:]
        self.ends_with_feed = self._last == b"\n"

    def end(self) -> None:
        """Say that no chunk follows."""
        self._decode(b"", final=True)

    def _decode(self, chunk: bytes, *, final: bool = False) -> None:
        is_between_letters = not self._decoder.getstate()[0]
        if self.is_broken or (chunk.isascii() and is_between_letters):
            return
        try:
            self._decoder.decode(chunk, final)
        except UnicodeDecodeError:
            self.is_broken = True

    def _has_blank_beside_quote(self, chunk: bytes) -> bool:
        if b'"' not in chunk and self._last != b'"':
            return False
        letters = np.frombuffer(self._last + chunk, np.uint8)
        quotes = np.flatnonzero(letters == _QUOTE)
        before, after = letters[np.maximum(quotes - 1, 0)], letters[np.minimum(quotes + 1, len(letters) - 1)]
        return bool((before == _BLANK).any() or (after == _BLANK).any())


def _wide_encoding(sample: bytes) -> str:
    """Recognise UTF-16: by its mark, or as in English text nearly every other byte is NUL."""
    if sample.startswith(_UTF16):
        return "utf-16"
    pairs = len(sample) // 2
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    if second > pairs / 2 and first < pairs / 20:
        return "utf-16-le"
    return "utf-16-be" if first > pairs / 2 and second < pairs / 20 else ""
