"""Texts: the form in which they compare, and from a text file's bytes to its lines."""

import codecs
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from config.errors import Invalid
from config.visible import visible

_LINE_END = re.compile(r"\r\n|\r|\n")
_BETWEEN = "\0"  # no letter of it is lost or joined to another in a compare form
_REMEDY = "save the file again as CSV UTF-8"
_MARKS = (  # the longer marks first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)


def compare_form(text: str) -> str:
    """Give the form in which two texts are compared, wherever they are (DOMAIN section 1).

    Letters written in several ways are one (NFC), invisible characters (category Cf) do not count, a run of white
    space is one blank and none at the ends, and case does not count. What was written is kept as written.
    """
    if not text.isascii():
        # taken apart before the case is folded, as some letters fold otherwise when their accent stands by itself
        apart = visible(unicodedata.normalize("NFD", text))
        text = unicodedata.normalize("NFC", unicodedata.normalize("NFD", apart).casefold())
    return " ".join(text.split()).casefold()


def stands_in(form: str, texts: Iterable[str]) -> bool:
    """Say whether a part of one of some texts compares as a text does.

    Args:
        form: The text in its compare form; without a NUL.
    """
    joined = _BETWEEN.join(texts)
    if joined.isascii() and " " not in form:  # then only case matters, and lists ask this of very many
        return form in joined.casefold()
    return form in compare_form(joined)


def shortened(text: str, most: int = 80) -> str:
    """Give a text as a sentence shows it: cut where it is long, and written out where it is no text (half letters)."""
    cut = text if len(text) <= most else f"{text[:most]}…"
    return cut.encode("utf-8", "backslashreplace").decode()


def counted(count: int, one: str, several: str = "") -> str:
    """Say how many there are of something: 1 row, 2 rows; `several` where that is more than an s behind."""
    return f"{count:,} {one if count == 1 else several or f'{one}s'}"


def listed(items: Sequence[object], most: int) -> str:
    """List texts or numbers in a sentence: the first of many, and each at a length that can be read."""
    more = f" and {len(items) - most:,} more" if len(items) > most else ""
    return f"{', '.join(shortened(str(item)) for item in items[:most])}{more}"


@dataclass(frozen=True)
class TextFile:
    """A text file whose bytes are known to be text.

    Args:
        content: The whole file.
        start: Where its text begins, behind a mark of its encoding.
        codec: Python's name of its encoding.
        notices: Sentences for the person, where the encoding is not UTF-8 or letters were lost before.
    """

    content: bytes
    start: int
    codec: str
    notices: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """Give its lines as they stand, each with its line end of whatever kind."""
        stream = io.BytesIO(self.content)
        stream.seek(self.start)
        return io.TextIOWrapper(stream, self.codec, newline="")


def read_text_file(name: str, content: bytes) -> TextFile:
    """Find out in which encoding a file's bytes are text.

    Raises:
        Invalid: The bytes fit no encoding, mix two, or hold NUL bytes; the sentence names the line.
    """
    start, codec, encoding = _find_encoding(name, content)
    if codec == "utf-8" and content.isascii() and b"\0" not in content:
        return TextFile(content, start, codec, ())
    text = _decode(name, content[start:], codec, encoding)
    if "\0" in text:
        line = 1 + count_line_ends(text[: text.index("\0")])
        raise Invalid(f"{name}, line {line}: there is a NUL byte, which no text has; export or {_REMEDY}.")
    return TextFile(content, start, codec, tuple(_notices(text, encoding)))


def count_line_ends(text: str) -> int:
    """Count line ends of every kind; CR followed by LF is one."""
    return len(_LINE_END.findall(text))


def _find_encoding(name: str, content: bytes) -> tuple[int, str, str]:
    """Give where the text begins, Python's name of its encoding and everybody else's."""
    for mark, codec, encoding in _MARKS:
        if content.startswith(mark):
            return len(mark), codec, encoding
    unmarked = _unmarked_utf16(content)
    if unmarked:
        return 0, unmarked, "UTF-16"
    try:
        content.decode()
    except UnicodeDecodeError as error:
        _refuse_mixture(name, content, error)
        return 0, "cp1252", "Windows-1252"
    return 0, "utf-8", "UTF-8"


def _decode(name: str, content: bytes, codec: str, encoding: str) -> str:
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
