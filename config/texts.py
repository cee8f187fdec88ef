"""From a text file's bytes to its text: which encoding it is in, and a refusal where that cannot be told."""

import codecs
import re
from collections.abc import Iterator

from config.errors import Invalid

_LINE_END = re.compile(r"\r\n|\r|\n")
_REMEDY = "save the file again as CSV UTF-8"
_MARKS = (  # the longer marks first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)


def decode_text(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    """Turn a file's bytes into text, with a notice where the encoding is not UTF-8.

    Raises:
        Invalid: The bytes fit no encoding, mix two, or hold NUL bytes; the sentence names the line.
    """
    text, encoding = _decode(name, content)
    if "\0" in text:
        line = 1 + count_line_ends(text[: text.index("\0")])
        raise Invalid(f"{name}, line {line}: there is a NUL byte, which no text has; export or {_REMEDY}.")
    return text, tuple(_notices(text, encoding))


def count_line_ends(text: str) -> int:
    """Count line ends of every kind; CR followed by LF is one."""
    return len(_LINE_END.findall(text))


def _decode(name: str, content: bytes) -> tuple[str, str]:
    for mark, codec, encoding in _MARKS:
        if content.startswith(mark):
            return _decode_as(name, content[len(mark) :], codec, encoding), encoding
    unmarked = _unmarked_utf16(content)
    if unmarked:
        return _decode_as(name, content, unmarked, "UTF-16"), "UTF-16"
    try:
        return content.decode(), "UTF-8"
    except UnicodeDecodeError as error:
        _refuse_mixture(name, content, error)
        return _decode_as(name, content, "cp1252", "Windows-1252"), "Windows-1252"


def _decode_as(name: str, content: bytes, codec: str, encoding: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        line = 1 + count_line_ends(content[: error.start].decode(codec))
        raise Invalid(f"{name}, line {line}: the bytes are not {encoding}; {_REMEDY}.") from None


def _unmarked_utf16(content: bytes) -> str | None:
    """Recognise UTF-16 without a mark: in English text nearly every other byte is NUL."""
    sample = content[:4096]
    pairs = len(sample) // 2
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    if second > pairs / 2 and first < pairs / 20:
        return "utf-16-le"
    if first > pairs / 2 and second < pairs / 20:
        return "utf-16-be"
    return None


def _refuse_mixture(name: str, content: bytes, error: UnicodeDecodeError) -> None:
    """Refuse a file that is UTF-8 in most places: read as Windows-1252, all its accents would come out wrong."""
    if content.decode(errors="ignore").isascii():
        return
    line = 1 + count_line_ends(content[: error.start].decode())
    raise Invalid(f"{name}, line {line}: the bytes are not UTF-8, though other lines are; {_REMEDY}.") from None


def _notices(text: str, encoding: str) -> Iterator[str]:
    if encoding == "Windows-1252":
        yield "The file is not UTF-8; it was read as Windows-1252. Check that accented letters came out right."
    elif encoding != "UTF-8":
        yield f"The file is not UTF-8; it was read as {encoding}."
    if "\ufffd" in text:
        line = 1 + count_line_ends(text[: text.index("\ufffd")])
        yield f"The file holds the sign \ufffd where an earlier program lost a letter; it first stands in line {line}."
