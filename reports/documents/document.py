"""What a document is made of: headings, rules with their citations, lists and tables; what is open in it is marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

_OPENS, _CLOSES = "⟦", "⟧"
_MARKED = re.compile(f"{_OPENS}([^{_OPENS}{_CLOSES}]*){_CLOSES}")


class Piece(NamedTuple):
    """A piece of text; what is open is to be entered or checked, and stands out."""

    text: str
    is_open: bool


class Heading(NamedTuple):
    """A heading of the document's parts."""

    text: str


@dataclass(frozen=True)
class Rule:
    """A paragraph, with what it rests on.

    Args:
        citation: The statute or rule; empty where it is the entity's own arrangement.
        doubt: What an attorney has to check about it; empty where it was seen in a source.
    """

    text: str
    citation: str = ""
    doubt: str = ""

    @property
    def whole(self) -> str:
        """The text with its citation, and what is to be checked."""
        cited = f"{self.text} ({self.citation})" if self.citation else self.text
        return f"{cited} {marked(f'To be checked: {self.doubt}')}" if self.doubt else cited


@dataclass(frozen=True)
class Listing:
    """Items of a list."""

    items: Sequence[Rule]


@dataclass(frozen=True)
class Table:
    """A table; its cells are texts."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


Block = Heading | Rule | Listing | Table


@dataclass(frozen=True)
class Document:
    """A document.

    Args:
        entity: Whose it is.
        about: What stands under the title, such as what it was drafted from.
    """

    title: str
    entity: str
    about: Sequence[Rule]
    blocks: Sequence[Block]

    @property
    def open_points(self) -> int:
        """How many passages are to be entered or checked."""
        return sum(piece.is_open for text in self._texts() for piece in pieces_of(text))

    def _texts(self) -> list[str]:
        texts = [rule.whole for rule in self.about]
        for block in self.blocks:
            match block:
                case Rule():
                    texts.append(block.whole)
                case Listing():
                    texts += [item.whole for item in block.items]
                case Table():
                    texts += [cell for row in block.rows for cell in row]
                case Heading():
                    texts.append(block.text)
        return texts


def marked(text: str) -> str:
    """Mark a passage as open."""
    return f"{_OPENS}{text}{_CLOSES}"


def pieces_of(text: str) -> list[Piece]:
    """Take a text apart into what is open in it and what is not."""
    found = _MARKED.split(text)  # every second piece stood between the marks
    return [Piece(piece, place % 2 == 1) for place, piece in enumerate(found) if piece]
