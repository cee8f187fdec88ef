"""The structure of a JSON text: its brackets, which of them belong together, and the text without its layout.

A text is looked at as a whole, letter by letter at once, and not parsed: what a record says does not matter here.
"""

from typing import TypeAlias

import numpy as np

Letters: TypeAlias = np.ndarray[tuple[int], np.dtype[np.uint8]]
Places: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]

# What stands for the partner of a bracket that the text does not close, and what less one of another kind that would.
NOT_CLOSED, CROSSED = -1, -2
_QUOTE, _SLASH, _FEED, _BLANK = ord('"'), ord("\\"), ord("\n"), ord(" ")
_SMALL, _OPENS, _CLOSES = 0x20, ord("{"), ord("}")  # with this bit, `[` is `{`, and `]` is `}`


class Structure:
    """The structure of a text that begins outside of quotation marks.

    A string does not go beyond its line: one that is never closed costs its own line alone.

    Args:
        text: Some JSON, perhaps not to its end.

    Attributes:
        places: Where the brackets outside of strings stand.
        partners: For each of them that opens, the number of the one that closes it; `NOT_CLOSED` where there is none,
            and `CROSSED` less its number where it is of another kind.
    """

    def __init__(self, text: bytes) -> None:
        letters = np.frombuffer(text, np.uint8)
        strings = _Strings(letters)
        folded = letters | _SMALL
        brackets = strings.outside(np.flatnonzero((folded == _OPENS) | (folded == _CLOSES)))
        self.places: list[int] = brackets.tolist()
        self.partners: list[int] = _partners(letters[brackets]).tolist()
        self._blanks = strings.outside(np.flatnonzero(letters <= _BLANK))
        self._compact = np.delete(letters, self._blanks).tobytes() if len(self._blanks) else text
        self._shifts: list[int] = (np.searchsorted(self._blanks, brackets)).tolist()

    def compact(self, first: int, last: int) -> bytes:
        """Give the text from one bracket to another without the blanks between its parts."""
        start = self.places[first] - self._shifts[first]
        return self._compact[start : self.places[last] - self._shifts[last] + 1]


class _Strings:
    """Where a text's strings begin and end."""

    def __init__(self, letters: Letters) -> None:
        self._quotes = _quotes(letters)
        self._feeds = np.flatnonzero(letters == _FEED)
        self._before_feeds = np.searchsorted(self._quotes, self._feeds)
        self._are_whole = not (self._before_feeds % 2).any()

    def outside(self, places: Places) -> Places:
        """Give those of some places, in their order, that are within no string."""
        before = np.searchsorted(self._quotes, places)
        if not self._are_whole:
            line = np.searchsorted(self._feeds, places)
            before = before - np.concatenate(([0], self._before_feeds))[line]
        found: Places = places[before % 2 == 0]
        return found


def _quotes(letters: Letters) -> Places:
    """Find the quotation marks that no backslash takes away their meaning: each odd one of a row does."""
    quotes: Places = np.flatnonzero(letters == _QUOTE)
    slashes = np.flatnonzero(letters == _SLASH)
    if not len(slashes):
        return quotes
    firsts = np.flatnonzero(np.concatenate(([True], np.diff(slashes) > 1)))
    lengths = np.diff(np.concatenate((firsts, [len(slashes)])))
    is_escaped = np.zeros(len(letters) + 1, np.bool_)
    is_escaped[(slashes[firsts] + lengths)[lengths % 2 == 1]] = True
    ending: Places = quotes[~is_escaped[quotes]]
    return ending


def _partners(brackets: Letters) -> Places:
    """Pair brackets: of those of one level, each that opens is followed by the one that closes it."""
    steps = np.where(brackets | _SMALL == _OPENS, 1, -1)
    levels = np.cumsum(steps) + (steps < 0)
    order = np.argsort(levels, kind="stable")
    these, others = order[:-1], order[1:]
    is_pair = (levels[these] == levels[others]) & (steps[these] > 0) & (steps[others] < 0)
    is_crossed = is_pair & (brackets[others] - brackets[these] != _CLOSES - _OPENS)
    partners = np.full(len(brackets), NOT_CLOSED)
    partners[these[is_pair]] = others[is_pair]
    partners[these[is_crossed]] = CROSSED - others[is_crossed]
    return partners


class LongObject:
    """An object too long to be held: reads on to its end.

    Args:
        text: Its beginning.
    """

    def __init__(self, text: bytes) -> None:
        self._depth = 0
        self._is_in_string = False
        self._left = b""
        self.end = self._find_end(text)

    def is_ended_by(self, text: bytes) -> bool:
        """Read on; where it ends in this text, `end` says after how many of its bytes."""
        self.end = self._find_end(text)
        return self.end >= 0

    def _find_end(self, text: bytes) -> int:
        # a backslash belongs to what follows it, and a string that is open to its beginning
        head = (b'"' if self._is_in_string else b"") + self._left
        whole = head + text
        kept = len(whole.rstrip(b"\\"))
        letters = np.frombuffer(whole[:kept], np.uint8)
        strings = _Strings(letters)
        folded = letters | _SMALL
        brackets = strings.outside(np.flatnonzero((folded == _OPENS) | (folded == _CLOSES)))
        depths = self._depth + np.cumsum(np.where(folded[brackets] == _OPENS, 1, -1))
        ends = np.flatnonzero(depths == 0)
        if len(ends):
            return int(brackets[ends[0]]) + 1 - len(head)
        self._depth = int(depths[-1]) if len(depths) else self._depth
        self._is_in_string = not len(strings.outside(np.array([kept])))
        self._left = whole[kept:]
        return -1
