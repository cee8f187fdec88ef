"""Parts the text of an XML log into its records: the elements of a name, wherever they stand, one after the other.

The text may hold one document or many behind each other, and other text between them. Nothing of it is held but what
was taken last and the record that is read. DTDs, and with them entities, are refused.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from audit.logs.formats.contract import KEPT_OF_TOO_LONG, LONGEST_RECORD, TOO_LONG
from audit.logs.formats.xml_values import NotWellFormedError

_LET_GO_AT = 1 << 20
_NAME = r"[^\W\d][\w.-]*"
_ASIDES = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
_ASIDE = r"<!--|<!\[CDATA\[|<\?"
_TAG_END = re.compile(r"[^<>\"']*(?:(?:\"[^\"<]*\"|'[^'<]*')[^<>\"']*)*>")
_MARKUP = re.compile(rf"<!--.*?-->|<\?.*?\?>|</?{_NAME}{_TAG_END.pattern}", re.DOTALL)
_LONGEST_CLOSING = 1000
_SHOWN = 60
_CUT_OFF = "is cut off: it is never closed"


class Element(NamedTuple):
    """A record: its JSON, empty where it cannot be read; its own text; and why it cannot be read."""

    content: str
    text: str
    fault: str | None = None


class DtdError(ValueError):
    """The text declares a type of documents or an entity."""


class XmlElements:
    """Gives the records of a text that comes in pieces.

    `between` counts the places where text stands between records, and `first_between` shows the first.

    Args:
        path: The names of elements within each other, of which the last are the records; none where each element that
            stands in no other is one.
        read: Gives an element's JSON.
    """

    def __init__(self, path: Sequence[str], pieces: Iterator[str], read: Callable[[str], str]) -> None:
        names = "|".join(map(re.escape, path)) or _NAME
        self._token = re.compile(rf"{_ASIDE}|<![A-Z]|<(/?)((?:{_NAME}:)?({names}))(?=[\s/>])")
        self._path = path
        self._pieces = pieces
        self._read = read
        self._text = ""
        self._at = 0
        self._within: list[str] = []  # those of the path's names that are open
        self._ends: dict[str, _Ends] = {}
        self.between = 0
        self.first_between = ""

    def __iter__(self) -> Iterator[Element]:
        """Give the records.

        Raises:
            DtdError: The text declares a type of documents or an entity.
        """
        while (name := self._next_name()) is not None:
            yield self._element(name)

    def _more(self) -> bool:
        """Take one more piece; say whether there was one."""
        piece = next(self._pieces, None)
        if piece is not None:
            self._text += piece
        return piece is not None

    def _let_go(self, until: int) -> None:
        """Let go of the text before a place, from where reading goes on."""
        if until > _LET_GO_AT:
            self._text, until = self._text[until:], 0
        self._at = until

    def _next_name(self) -> str | None:
        """Go to the next record and give its name, leaving out what stands before it; None where none follows."""
        noted = self._at
        while True:
            found = self._token.search(self._text, self._at)
            if found is None:
                torn = self._text.rfind("<", self._at)
                end = len(self._text) if torn < 0 else torn
                has_more = self._more()
                self._note(self._text[noted : end if has_more else len(self._text)])
                self._let_go(end)
                noted = self._at
                if not has_more:
                    return None
            elif found[2] is None:
                self._at = self._behind_aside(found)
            elif self._begins_record(found[1], found[3]):
                self._note(self._text[noted : found.start()])
                self._let_go(found.start())
                return found[2]
            else:
                self._at = found.end()

    def _begins_record(self, closing: str, name: str) -> bool:
        """Say whether a tag is that of a record, noting which of the path's elements are open."""
        if not self._path or (name == self._path[-1] and self._within == list(self._path[:-1])):
            return not closing
        if closing and self._within and self._within[-1] == name:
            self._within.pop()
        elif not closing and self._within == list(self._path[: len(self._within)]):
            is_next = len(self._within) < len(self._path) - 1 and name == self._path[len(self._within)]
            self._within += [name] if is_next else []
        return False

    def _behind_aside(self, found: re.Match[str]) -> int:
        """Give where a comment, an instruction or unparsed text ends; the end of the text where it never does."""
        opening, start = found[0], found.start()
        if opening not in _ASIDES:
            raise DtdError
        searched = found.end()
        while (end := self._text.find(_ASIDES[opening], searched)) < 0:
            searched = max(searched, len(self._text) - 2)
            if len(self._text) - start > LONGEST_RECORD or not self._more():
                return len(self._text)
        return end + len(_ASIDES[opening])

    def _element(self, name: str) -> Element:
        """Read the record that begins here; where it is torn, as far as the next one that begins within it."""
        if name not in self._ends:
            self._ends[name] = _Ends(name)
        start, end = self._at, self._end_of(self._ends[name])
        fault = _CUT_OFF
        if end is not None:
            text = self._text[start:end]
            try:
                content = self._read(text)
            except NotWellFormedError as error:
                fault = str(error)
            else:
                self._at = end
                return Element(content, text)
        inner = self._ends[name].beginning.search(self._text, start + 1, end or len(self._text))
        until = inner.start() if inner else end
        if until is None and len(self._text) - start > LONGEST_RECORD:
            return self._too_long(start, self._ends[name])
        self._at = len(self._text) if until is None else until
        return Element("", self._text[start : self._at].rstrip(), fault)

    def _too_long(self, start: int, ends: "_Ends") -> Element:
        """Keep the beginning of what is no record, and leave out the rest up to its end."""
        kept = self._text[start : start + KEPT_OF_TOO_LONG]
        searched = start
        while (found := ends.closing.search(self._text, searched)) is None:
            self._let_go(max(searched, len(self._text) - _LONGEST_CLOSING))
            searched = self._at
            if not self._more():
                break
        self._at = found.end() if found else len(self._text)
        return Element("", kept, TOO_LONG)

    def _end_of(self, ends: "_Ends") -> int | None:
        """Give where the element that begins here ends; None where that is not within the length of a record."""
        start = self._at
        tag = self._tag_end(start + 1)
        if tag is None or self._text[tag - 2] == "/":
            return tag
        searched = tag
        while (found := ends.closing.search(self._text, searched)) is None:
            searched = max(tag, len(self._text) - _LONGEST_CLOSING)
            if len(self._text) - start > LONGEST_RECORD or not self._more():
                return None
        end = found.start()
        has_more = self._text.find("<!", tag, end) >= 0 or self._text.find("<?", tag, end) >= 0
        if has_more or ends.beginning.search(self._text, tag, end):
            return self._matching_end(ends, tag)
        return found.end()

    def _tag_end(self, at: int) -> int | None:
        """Give where the tag ends in which a place is."""
        while (found := _TAG_END.match(self._text, at)) is None:
            if len(self._text) - at > LONGEST_RECORD or not self._more():
                return None
        return found.end()

    def _matching_end(self, ends: "_Ends", at: int) -> int | None:
        """Give where the element ends in which elements of its own name, comments or the like stand."""
        depth = 1
        while depth:
            found = ends.token.search(self._text, at)
            if found is None:
                at = max(at, len(self._text) - _LONGEST_CLOSING)
                if len(self._text) - self._at > LONGEST_RECORD or not self._more():
                    return None
            elif found[2] is None:
                at = self._behind_aside(found)
            else:
                tag = self._tag_end(found.end())
                if tag is None:
                    return None
                at = tag
                depth += -1 if found[1] else int(self._text[at - 2] != "/")
        return at

    def _note(self, text: str) -> None:
        if text and not text.isspace() and (said := _MARKUP.sub("", text).strip("\ufeff \t\r\n")):
            self.between += 1
            self.first_between = self.first_between or said[:_SHOWN]


class _Ends:
    """What to look for to find the end of an element of some name, and where another begins that was not to."""

    def __init__(self, name: str) -> None:
        quoted = re.escape(name)
        self.closing = re.compile(rf"</{quoted}\s*>")
        self.beginning = re.compile(rf"<{quoted}(?=[\s/>])|<\?xml\s")
        self.token = re.compile(rf"{_ASIDE}|<(/?)({quoted})(?=[\s/>])")
