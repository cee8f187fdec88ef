"""Names that events share, numbered per source: accounts, resources, actions, purposes, people and workstations.

A log says the same few names millions of times. Each is kept once, beside the events, and events carry its number; so
what a name means has to be found once only. What logs count up, such as `case/004711`, is kept as the name `case/` and
a number. A source with very many names of a kind keeps further ones whole, in the events themselves.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit.logs.blanks import BLANKS
from audit.logs.event_columns import COUNTED, KINDS

Numbers: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]
Numbers32: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int32]]

# An access is decided by what its action means, so this has a number even where the word is kept whole.
_ALWAYS_MEANT = ("action",)
MOST_NAMES = 200_000
# Nor are more of a kind numbered than hold so much text: they are all in memory.
_MOST_BYTES = 32 << 20
NAMES_SCHEMA = pa.schema(
    [("kind", pa.string()), ("number", pa.int32()), ("name", pa.string()), ("meaning", pa.string())]
)
_DIGITS = "0123456789"
_MOST_DIGITS = 18
# What the 1 before so many digits is worth.
_WITH_ONE = np.array([0, *(10**digits for digits in range(1, _MOST_DIGITS + 1))], np.int64)
_ZERO = ord("0")
_BLANK, _LAST_ASCII = ord(" "), 0x7F


class Name(NamedTuple):
    """A name, its number, and for an action or a purpose what it means."""

    kind: str
    number: int
    name: str
    meaning: str


class Numbered(NamedTuple):
    """A batch's texts of one kind.

    Args:
        numbers: Of the name; where the text is kept whole, of what it means, or null where that is itself.
        counts: The number behind the name, written with a 1 before it so that its zeros count; 0 = there is none. Only
            for kinds that come apart.
        whole: The text where it is kept whole, else null; None where none is.
    """

    numbers: pa.Array
    counts: pa.Array | None
    whole: pa.Array | None


class SourceNames:
    """The names of one source, those that are new among them.

    Args:
        known: All names of the source.
        meanings: Gives what some words of a kind mean to the source's profile now.
        most: How many names of a kind are numbered.
    """

    def __init__(
        self,
        known: Iterable[Name],
        meanings: Mapping[str, Callable[[Sequence[str]], list[str]]],
        *,
        most: int = MOST_NAMES,
    ) -> None:
        self._meanings = meanings
        self._most = most
        self._known: dict[str, _Known] = {}
        self._nameless: dict[tuple[str, str], int] = {}
        self._next = dict.fromkeys(KINDS, 0)
        self._new: list[Name] = []
        self._nothing: dict[str, int] = {}
        self._take(known)

    @property
    def new(self) -> pa.Table:
        """The names that no import of the source had before."""
        return pa.Table.from_pylist([name._asdict() for name in self._new], NAMES_SCHEMA)

    def mean_actions(self, words: Sequence[str]) -> list[str]:
        """Give the actions of ours that some raw ones mean to the source's profile."""
        return self._meanings["action"](words)

    def number(self, kind: str, texts: pa.ChunkedArray) -> Numbered:
        """Number some texts, none of them null; white space around one does not count."""
        counts = None
        if kind in COUNTED:
            texts, counts = split_count(texts)
        numbers = self._numbers_of(kind, texts)
        kept_whole = numbers < 0
        if not kept_whole.any():
            return Numbered(pa.array(numbers), None if counts is None else pa.array(counts), None)
        whole = _trimmed(_joined(texts.combine_chunks(), counts).filter(pa.array(kept_whole)))
        if counts is not None:
            counts = np.where(kept_whole, 0, counts)
        numbers[kept_whole] = self._of_meanings(kind, whole)
        return Numbered(
            pa.array(numbers, mask=numbers < 0),
            None if counts is None else pa.array(counts),
            pc.replace_with_mask(pa.nulls(len(texts), pa.string()), pa.array(kept_whole), whole),
        )

    def count_empty(self, kind: str, numbered: Numbered) -> int:
        """Say how many of some texts that were numbered are empty."""
        if kind not in self._nothing:
            return 0
        empty = pc.equal(numbered.numbers, self._nothing[kind]).fill_null(False).to_numpy(zero_copy_only=False)  # noqa: FBT003 - as declared
        if numbered.counts is not None:
            empty &= numbered.counts.to_numpy() == 0
        if numbered.whole is not None:
            empty &= ~numbered.whole.is_valid().to_numpy(zero_copy_only=False)
        return int(empty.sum())

    def _numbers_of(self, kind: str, texts: pa.ChunkedArray) -> Numbers32:
        """Give the numbers of some texts, those of new ones among them; -1 where there are too many."""
        known = self._known[kind]
        places = pc.index_in(texts, value_set=known.names)
        if places.null_count:
            new = self._room_for(pc.unique(texts.filter(places.is_null())), known)
            known = self._known[kind] = self._add(kind, known, new)
            places = pc.index_in(texts, value_set=known.names)
        numbers: Numbers32 = known.numbers[places.fill_null(len(known.names)).to_numpy()]
        return numbers

    def _room_for(self, new: pa.Array, known: "_Known") -> pa.Array:
        """Give those of some new names that can still be numbered."""
        most = max(0, self._most - len(known.names))
        fitting = np.cumsum(pc.binary_length(new).to_numpy()) <= _MOST_BYTES - known.names.nbytes
        return new.slice(0, min(most, int(fitting.sum())))

    def _add(self, kind: str, known: "_Known", new: pa.Array) -> "_Known":
        """Number new texts; one that is a name with white space around it gets the number of that name."""
        spelled = new.to_pylist()
        # a blank behind the name belongs to it where a number follows; where none does, it was taken off before
        meant = [text.lstrip() if kind in COUNTED else text.strip() for text in spelled]
        words = spelled
        if meant != spelled:
            lacking = list(dict.fromkeys(meant))
            there = pc.index_in(pa.array(lacking, pa.string()), value_set=known.names).is_valid().to_pylist()
            words = [word for word, is_known in zip(lacking, there, strict=True) if not is_known]
            known = self._append(kind, known, words)
            places = pc.index_in(pa.array(meant, pa.string()), value_set=known.names).to_numpy()
            is_name = np.array([text == name for text, name in zip(spelled, meant, strict=True)])
            return known.further(new.filter(pa.array(~is_name)), known.numbers[places[~is_name]])
        return self._append(kind, known, words)

    def _append(self, kind: str, known: "_Known", words: list[str]) -> "_Known":
        first = self._next[kind]
        numbers = np.arange(first, first + len(words), dtype=np.int32)
        self._next[kind] += len(words)
        if "" in words:
            self._nothing[kind] = first + words.index("")
        self._new += map(Name, repeat(kind), numbers.tolist(), words, self._mean(kind, words))
        return known.further(pa.array(words, pa.string()), numbers)

    def _of_meanings(self, kind: str, whole: pa.Array) -> Numbers32:
        """Give, for words that are kept whole, numbers that stand for what they mean alone; -1 where for themselves."""
        if kind not in self._meanings:
            return np.full(len(whole), -1, np.int32)
        words = whole.to_pylist()
        return np.array(
            [
                self._of_meaning(kind, meaning) if kind in _ALWAYS_MEANT or word != meaning else -1
                for word, meaning in zip(words, self._mean(kind, words), strict=True)
            ],
            np.int32,
        )

    def _of_meaning(self, kind: str, meaning: str) -> int:
        number = self._nameless.get((kind, meaning))
        if number is None:
            number = self._nameless[kind, meaning] = self._next[kind]
            self._next[kind] += 1
            self._new.append(Name(kind, number, "", meaning))
        return number

    def _take(self, known: Iterable[Name]) -> None:
        """Take over the names there are; a word that the profile means otherwise now gets another number."""
        by_kind: dict[str, list[Name]] = {kind: [] for kind in KINDS}
        for name in known:
            by_kind[name.kind].append(name)
            self._next[name.kind] = max(self._next[name.kind], name.number + 1)
        for kind, names in by_kind.items():
            meanings = self._mean(kind, [name.name for name in names])
            meant = {
                name.name: name.number for name, meaning in zip(names, meanings, strict=True) if name.meaning == meaning
            }
            numbers = np.array([*meant.values(), -1], np.int32)
            self._nothing |= {kind: meant[""]} if "" in meant else {}
            self._known[kind] = _Known(pa.array(list(meant), pa.string()), numbers)

    def _mean(self, kind: str, words: Sequence[str]) -> list[str]:
        return self._meanings[kind](words) if kind in self._meanings and words else [""] * len(words)


class _Known(NamedTuple):
    """Names that have numbers, and the numbers in the same order; a last one, -1, stands for names that have none."""

    names: pa.Array
    numbers: Numbers32

    def further(self, names: pa.Array, numbers: Numbers32) -> "_Known":
        """Give these and further ones."""
        return _Known(
            pa.concat_arrays([self.names, names]), np.concatenate([self.numbers[:-1], numbers, self.numbers[-1:]])
        )


def split_count(texts: pa.ChunkedArray) -> tuple[pa.ChunkedArray, Numbers]:
    """Split off the digits at the end of texts: at most eighteen, as a number with a 1 before them; 0 = none.

    White space behind a text is taken off.
    """
    parts = [_split(chunk) for chunk in texts.chunks]
    counts = np.concatenate([counts for _, counts in parts]) if parts else np.zeros(0, np.int64)
    return pa.chunked_array([stems for stems, _ in parts], pa.string()), counts


def _split(texts: pa.StringArray) -> tuple[pa.StringArray, Numbers]:
    stems = pc.ascii_rtrim(texts, _DIGITS)
    lengths = pc.binary_length(texts).to_numpy()
    digits = lengths - pc.binary_length(stems).to_numpy()
    if _may_end_blank(texts, (digits == 0) & (lengths > 0)) and not (without := _trimmed(texts)).equals(texts):
        return _split(without)
    if len(digits) and digits.max() > _MOST_DIGITS:
        long = digits > _MOST_DIGITS
        digits = np.where(long, _MOST_DIGITS, digits)
        shortened = [text[:-_MOST_DIGITS] for text in texts.filter(pa.array(long)).to_pylist()]
        stems = pc.replace_with_mask(stems, pa.array(long), pa.array(shortened, pa.string()))
    return stems, _counts(texts, digits)


def _trimmed(texts: pa.StringArray) -> pa.StringArray:
    return pc.utf8_trim(texts, characters=BLANKS)


def _may_end_blank(texts: pa.StringArray, asked: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> bool:
    """Say whether one of some texts may end with white space: what costs little is to look at its last byte."""
    if not asked.any():
        return False
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    last = np.frombuffer(texts.buffers()[2], np.uint8)[offsets[1:][asked] - 1]
    return bool(((last <= _BLANK) | (last > _LAST_ASCII)).any())


def _counts(texts: pa.StringArray, digits: "np.ndarray[tuple[int], np.dtype[np.int32]]") -> Numbers:
    counts = np.zeros(len(texts), np.int64)
    if not len(texts) or not digits.any():
        return counts
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    letters = np.frombuffer(texts.buffers()[2], np.uint8)
    ends = offsets[1:]
    for place in range(int(digits.max()), 0, -1):
        counts *= 10
        counts += (letters[np.maximum(ends - place, 0)] - np.uint8(_ZERO)) * (digits >= place)  # none before the first
    return counts + _WITH_ONE[digits]


def _joined(stems: pa.Array, counts: Numbers | None) -> pa.Array:
    if counts is None:
        return stems
    behind = [str(count)[1:] if count else "" for count in counts.tolist()]
    return pc.binary_join_element_wise(stems, pa.array(behind, pa.string()), "")
