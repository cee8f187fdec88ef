"""JSON lines: one document a line, perhaps behind a prefix such as a syslog header; an empty line is no record.

What stands before a document is a part of its record, under the key `@prefix`.
"""

import json
import re
from collections.abc import Iterator, Sequence
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from audit.logs.formats.contract import FAULT, LONGEST_RECORD, Batch, gather
from audit.logs.formats.documents import COMMA_AT_END, RAW, Document, DocumentReader
from audit.logs.formats.log_file import LogFile
from audit.logs.formats.resemblance import what_it_looks_like
from audit.logs.profiles.language import Profile
from config.errors import Invalid
from config.texts import counted

_LINES_LOOKED_AT = 100
# A header of syslog (RFC 5424) may hold quoted values; what else holds any is no prefix, but the rest of a torn object.
_PREFIX = re.compile(r"(<\d{1,3}>\d+(?: \S+){5} (?:-|(?:\[(?:[^\]\\]|\\.)*\])+)[^{]*|[^\"{}]*)\{")
_COOKIE = "@cee:"
_BLANKS = "\r\n \t"


class JsonLinesReader(DocumentReader):
    """The records of a JSON-lines log, each kept as its own text."""

    def __init__(self, log: LogFile, profile: Profile) -> None:
        super().__init__(log, profile)
        self._prefixed = 0
        _refuse_other_json(log)

    @property
    def notices(self) -> tuple[str, ...]:
        """What was noticed of the file, one sentence each."""
        behind = (
            f"{counted(self._prefixed, 'record stands', 'records stand')} behind a prefix, which was read as @prefix."
        )
        return (*super().notices, *([behind] if self._prefixed else ()))

    def batches(self) -> Iterator[Batch]:
        """Give the records of each piece, all at once where each line of it is plainly an object."""
        for piece in self._log.pieces():
            plain = self._quickly(piece)
            if plain is None:
                yield from gather(self._records(self._documents_in(piece)), [RAW])
            elif len(plain):
                rows = pa.table({RAW: plain, FAULT: pa.nulls(len(plain), pa.string())})
                yield Batch(rows, partial(_texts_of, plain))

    def documents(self) -> Iterator[Document]:
        """Give the lines."""
        for piece in self._log.pieces():
            yield from self._documents_in(piece)

    def _quickly(self, piece: bytes) -> pa.Array | None:
        """Give the lines of a piece that are not blank; None where one of them has to be looked at by itself.

        That is one which may be no object, hold what is no text, or become several records.
        """
        if self._keys or b"\0" in piece or piece.count(b"\r") != piece.count(b"\r\n"):
            return None
        try:
            text = piece.decode()
        except UnicodeDecodeError:
            return None
        if COMMA_AT_END.search(text):
            return None
        lines = pc.utf8_trim(pa.array(text.split("\n"), pa.string()), _BLANKS)
        lines = lines.filter(pc.not_equal(lines, ""))
        longest = pc.max(pc.binary_length(lines)).as_py() or 0
        return lines if longest <= LONGEST_RECORD and pc.all(pc.starts_with(lines, "{")).as_py() else None

    def _documents_in(self, piece: bytes) -> Iterator[Document]:
        for line in self._log.lines(piece):
            if text := line.strip(_BLANKS):
                yield Document(text) if text.startswith("{") else self._behind_prefix(text)

    def _behind_prefix(self, text: str) -> Document:
        content = _with_prefix(text)
        if content is None:
            return Document(text)
        self._prefixed += 1
        return Document(content, text)


def _texts_of(lines: pa.Array, wanted: Sequence[int]) -> list[str]:
    texts: list[str] = lines.take(pa.array(wanted, pa.int64())).to_pylist()
    return texts


def _refuse_other_json(log: LogFile) -> None:
    beginning = [text for line in log.beginning(_LINES_LOOKED_AT) if (text := line.strip())]
    if not beginning:
        raise Invalid(f"{log.name} is empty; there is nothing to import. Check the export.")
    is_array = beginning[0].startswith("[") and (len(beginning) == 1 or _parsed(beginning[0]) is None)
    if is_array or beginning[0] == "{":
        raise Invalid(
            f"{log.name} is one JSON document, not JSON lines. Nothing of it was imported; set the source's format to "
            "json, and where the document holds its records in a list, name that in the profile as records.at."
        )
    if not any(text.startswith("{") or _parsed(_with_prefix(text) or "") for text in beginning):
        looks = what_it_looks_like(beginning, "jsonl")
        instead = f" It looks like {looks}." if looks else ""
        raise Invalid(f"{log.name} is no log of JSON lines: none of its first lines begins an object.{instead}")


def _with_prefix(text: str) -> str | None:
    """Give the object behind a prefix with the prefix as its first value; None where none is behind one."""
    if (found := _PREFIX.match(text)) is None:
        return None
    prefix, rest = found[1].strip().removesuffix(_COOKIE).strip(), text[found.end() :]
    comma = "" if rest.lstrip().startswith("}") else ", "
    return f'{{"@prefix": {json.dumps(prefix, ensure_ascii=False)}{comma}{rest}'


def _parsed(text: str) -> object:
    """Give what a line says, None where it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
