"""XML: the elements of a name are the records, in one document or in several behind each other."""

import re
from collections.abc import Iterator

from audit.logs.formats.documents import Document, DocumentReader
from audit.logs.formats.log_file import LogFile
from audit.logs.formats.resemblance import what_it_looks_like
from audit.logs.formats.xml_elements import DtdError, XmlElements
from audit.logs.formats.xml_values import XmlValues
from audit.logs.profiles.language import Profile
from config.errors import Invalid
from config.texts import counted

_LETTERS_LOOKED_AT = 4096
_DECLARED = re.compile(r"""\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']""")
# What a file of these says of itself, LogFile finds out by its bytes.
_ENCODINGS = {"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "latin1", "windows-1252", "cp1252"}


def looks_like_xml(beginning: bytes) -> bool:
    """Say whether a file that begins so is XML."""
    return re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml\s|!--|[A-Za-z_])", beginning) is not None


class XmlReader(DocumentReader):
    """The records of an XML log, each kept as its own text; what the elements around them say is left out."""

    repeats_keys = False

    def __init__(self, log: LogFile, profile: Profile) -> None:
        super().__init__(log, profile)
        self._path = [name for name in profile.xml.record.split("/") if name]
        self._values = XmlValues(profile.xml.called_by)
        self._between = ""
        # such a file may be one line alone
        self._beginning = log.text(next(log.pieces(b">")))[:_LETTERS_LOOKED_AT]
        declared = _DECLARED.match(self._beginning)
        if declared and declared[1].lower() not in _ENCODINGS:
            raise Invalid(f"{log.name} is XML in the encoding {declared[1]}; save it as UTF-8.")

    @property
    def notices(self) -> tuple[str, ...]:
        """What was noticed of the file, one sentence each."""
        return (*super().notices, self._between) if self._between else super().notices

    def documents(self) -> Iterator[Document]:
        """Give the elements."""
        elements = XmlElements(self._path, map(self._log.text, self._log.pieces(b">")), self._values.json_of)
        is_empty = True
        try:
            for element in elements:
                is_empty = False
                yield Document(*element)
        except DtdError:
            raise Invalid(
                f"{self._log.name} declares a type of documents or entities (<!DOCTYPE or <!ENTITY), which a log "
                "does not need and which can stand for anything; it is not read. Export the log without it."
            ) from None
        if is_empty:
            raise self._without_records()
        if elements.between:
            self._between = (
                f"Text that belongs to no record stands in {counted(elements.between, 'place')} between them and was "
                f'left out; the first begins "{self._log.shown(elements.first_between)}".'
            )

    def _without_records(self) -> Invalid:
        name, sought = self._log.name, "/".join(self._path)
        root = re.search(r"<([^\W\d][\w.:-]*)", self._beginning)
        if root and looks_like_xml(self._beginning.encode(errors="replace")):
            return Invalid(
                f'{name} has no element "{sought}", which by the profile would be a record; it begins with '
                f'"{root[1]}". Check xml.record of the profile, and that the file is a log of this source.'
            )
        looks = what_it_looks_like(self._beginning.splitlines(), "xml")
        return Invalid(f"{name} is no log in XML.{f' It looks like {looks}.' if looks else ''}")
