"""Opens the zip archive that a workbook is, only as far as is safe, and streams the XML of its parts."""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, Protocol
from xml.parsers import expat

from config.errors import Invalid
from config.tables.grid import refuse_too_many_bytes

# A sheet of repeated rows packs 100 : 1; bombs reach 1,000 : 1. Small parts do no harm however they are packed.
_HIGHEST_RATIO = 400
_HARMLESS_BYTES = 32 * 1024 * 1024
_CHUNK = 1 << 18
_ZIP_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_OTHER_CONTENTS = {
    "xl/workbook.bin": "a binary workbook (.xlsb)",
    "content.xml": "an OpenDocument file",
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a presentation",
}


class XmlReader(Protocol):
    """Takes the XML of one part as it streams by; names come without their prefix."""

    enough: bool

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take an element's start."""

    def end(self, tag: str) -> None:
        """Take an element's end."""

    def text(self, characters: str) -> None:
        """Take a piece of text."""


class Package:
    """The parts of one workbook file."""

    def __init__(self, name: str, archive: zipfile.ZipFile, watch: Callable[[], None]) -> None:
        self.name = name
        self._watch = watch
        self._archive = archive
        self._parts = set(archive.namelist())

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def read(self, part: str, reader: XmlReader) -> None:
        """Stream one part's XML through a reader, until it has enough.

        Raises:
            Invalid: The part is missing or damaged, or declares a document type, as no spreadsheet program does.
        """
        if part not in self:
            self.refuse(f"it lacks its part {part}")
        parser = self._parser(reader)
        for chunk in self._chunks(part):
            self._parse(parser, chunk, part)
            self._watch()
            if reader.enough:
                return
        self._parse(parser, b"", part)

    def refuse(self, damage: str) -> NoReturn:
        """Refuse the file as damaged, saying what was found."""
        raise Invalid(
            f"{self.name} is damaged ({damage}); open it in a spreadsheet program and save it again."
        ) from None

    def _parser(self, reader: XmlReader) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = lambda *_: self.refuse("it declares an XML document type")
        parser.StartElementHandler = lambda root, _: _hand_over(parser, reader, root)
        return parser

    def _parse(self, parser: expat.XMLParserType, chunk: bytes, part: str) -> None:
        try:
            parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            self.refuse(f"{part}: {error}")

    def _chunks(self, part: str) -> Iterator[bytes]:
        # What a part unfolds to is cut at the size it declares, and then fails its checksum.
        try:
            with self._archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except _ZIP_DAMAGE as error:
            self.refuse(f"{part}: {error}")


@contextmanager
def open_package(name: str, content: bytes, watch: Callable[[], None]) -> Iterator[Package]:
    """Open a workbook file's parts.

    Raises:
        Invalid: It is no workbook, is damaged, needs a password, or would unfold to far more than it should.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _ZIP_DAMAGE as error:
        raise Invalid(f"{name} is damaged ({error}); open it in a spreadsheet program and save it again.") from None
    with archive:
        _refuse_unsafe(name, archive.infolist())
        yield Package(name, archive, watch)


def resolve(source: str, target: str) -> str:
    """Give the part that a relation of another part points to."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target)).lstrip("/")


def _refuse_unsafe(name: str, members: list[zipfile.ZipInfo]) -> None:
    parts = {member.filename for member in members}
    if "[Content_Types].xml" not in parts or parts & _OTHER_CONTENTS.keys():
        kind = next((kind for part, kind in _OTHER_CONTENTS.items() if part in parts), "a zip archive, not a workbook")
        raise Invalid(f"{name} is {kind}; give the table itself, saved as .xlsx or CSV.")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise Invalid(f"{name} is protected by a password; save it without one and import that file.")
    if any(member.compress_type not in _METHODS for member in members):
        raise Invalid(f"{name} is packed in a way no spreadsheet program uses; open it in one and save it again.")
    refuse_too_many_bytes(name, sum(member.file_size for member in members))
    for member in members:
        if member.file_size > max(_HARMLESS_BYTES, _HIGHEST_RATIO * member.compress_size):
            raise Invalid(f"{name} is packed more tightly than any table; its part {member.filename} was not opened.")


def _hand_over(parser: expat.XMLParserType, reader: XmlReader, root: str) -> None:
    """Let the reader take all elements below the root, without the prefix that the root has."""
    prefix = root[: root.rfind(":") + 1]
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    if prefix:
        parser.StartElementHandler = lambda tag, attributes: reader.start(tag.removeprefix(prefix), attributes)
        parser.EndElementHandler = lambda tag: reader.end(tag.removeprefix(prefix))
