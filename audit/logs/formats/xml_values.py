"""An XML element as a JSON document, by one rule.

* An element without attributes and without elements in it is its text, without the white space around it.
* Any other is an object: its attributes and the elements in it by their local names, without prefixes and name spaces;
  its text, where it has any, as `#text`.
* What stands several times under one name is a list, in the order of the text.
* Where the profile says by which attribute elements of a name are called, they stand under that attribute's value:
  `<Data Name="HandleId">0x50</Data>` as `"HandleId": "0x50"`.
"""

import json
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat  # entities are refused before: see xml_elements.py

TEXT = "#text"
_DEEPEST = 200
# Each parser remembers the names it has met; a new one now and then keeps it small whatever a file holds.
_RECORDS_A_PARSER = 10_000


class NotWellFormedError(ValueError):
    """An element that cannot be read; the sentence says why, about the record."""


class XmlValues:
    """Turns the text of whole elements into JSON, one after the other.

    Args:
        called_by: Name of elements -> the attribute by whose value they are called.
    """

    def __init__(self, called_by: Mapping[str, str]) -> None:
        self._called_by = called_by
        # the elements that are open: what each is called, and the parts and the text so far of the one around it
        self._open: list[tuple[str, dict[str, Any], str]] = []
        self._parts: dict[str, Any] = {}
        self._text = ""
        self._parser = self._new_parser()
        self._parsed = 0

    def json_of(self, text: str) -> str:
        """Give an element as JSON.

        Raises:
            NotWellFormedError: It is no XML, or nested too deep.
        """
        self._parsed += 1
        if self._parsed % _RECORDS_A_PARSER == 0:
            self._parser = self._new_parser()
        fault = self._fault_of(text)
        if fault:
            self._parser = self._new_parser()
            raise NotWellFormedError(fault)
        (value,) = self._parts.values()
        self._parts, self._text = {}, ""
        return json.dumps(value if isinstance(value, dict) else {TEXT: value}, ensure_ascii=False)

    def _fault_of(self, text: str) -> str:
        """Parse an element; say what is wrong with it, if anything is."""
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber
        try:
            self._parser.Parse(text, False)  # noqa: FBT003 - what expat calls the last piece
        except expat.ExpatError as error:
            letter = error.offset - (column if error.lineno == line else 0)
            where = f"line {error.lineno - line + 1}, letter {letter + 1}"
            return f"is no sound XML: {expat.ErrorString(error.code)}, at its {where}"
        except UnicodeEncodeError:
            return "holds bytes that are no text"
        except NotWellFormedError as error:  # of ours, below
            return str(error)
        return "is no whole element of XML" if self._open else ""

    def _new_parser(self) -> expat.XMLParserType:
        """Give a parser that has read the beginning of an element, so that those to come are read as parts of it."""
        self._open = []
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take
        parser.Parse("<records>", False)  # noqa: FBT003 - the same
        self._open, self._parts, self._text = [], {}, ""  # that beginning stays out of them
        return parser

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        called = _local(name)
        if attributes:
            if called in self._called_by:
                called = attributes.pop(self._called_by[called], "") or called
            if any(":" in key or key == "xmlns" for key in attributes):
                attributes = {_local(key): value for key, value in attributes.items() if not key.startswith("xmlns")}
        if len(self._open) > _DEEPEST:
            raise NotWellFormedError(f"is nested more than {_DEEPEST} deep")
        self._open.append((called, self._parts, self._text))
        self._parts, self._text = attributes, ""

    def _take(self, text: str) -> None:
        self._text += text

    def _end(self, _: str) -> None:
        text, value = self._text.strip(), self._parts
        called, self._parts, self._text = self._open.pop()
        if value and text:
            _add(value, TEXT, text)
        _add(self._parts, called, value or text)


def _add(holder: dict[str, Any], name: str, value: object) -> None:
    if name not in holder:
        holder[name] = value
    elif isinstance(holder[name], list):
        holder[name].append(value)
    else:
        holder[name] = [holder[name], value]


def _local(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name
