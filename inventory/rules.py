"""Judgements about the text of an inventory: classes, work access, and the code a series gets."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from config.texts import compare_form


class Classification(StrEnum):
    """How the law classifies data: public, or one of the four classes of not public data."""

    PUBLIC = "public"
    PRIVATE = "private"
    CONFIDENTIAL = "confidential"
    NONPUBLIC = "nonpublic"
    PROTECTED_NONPUBLIC = "protected nonpublic"


# In compare form: what a resource, a duty or a work access text may name instead of a series.
RESERVED_WORDS = frozenset({"public", "ignore", "*", "all employees"})
# Minn. Stat. 13.02: these two are classes of data on individuals, the other two of data not on individuals.
INDIVIDUAL_CLASSES = frozenset({Classification.PRIVATE, Classification.CONFIDENTIAL})
OTHER_CLASSES = frozenset({Classification.NONPUBLIC, Classification.PROTECTED_NONPUBLIC})


@dataclass(frozen=True)
class ReadClasses:
    """What a classification cell says: the classes, distinct and in order, and what cannot be read, as written."""

    classes: tuple[Classification, ...] = ()
    unreadable: tuple[str, ...] = ()


def read_classes(text: str) -> ReadClasses:
    """Read every class that a cell names; a part that does not name one for certain is reported, never guessed.

    A note in brackets after a class is passed over, unless it speaks of a class itself.
    """
    classes: list[Classification] = []
    unreadable: list[str] = []
    for part in _CLASS_PARTS.finditer(text):
        written = (part["words"] or "").strip()
        named = _CLASS.fullmatch(_plain(_NOTE.sub(" ", written)))
        if named:
            classes.append(_CLASSES_BY_NAME[named["name"].replace(" ", "")])
            unreadable += [note for note in _NOTE.findall(written) if _CLASS_WORD.search(note)]
        elif written:
            unreadable.append(written)
    return ReadClasses(tuple(dict.fromkeys(classes)), tuple(dict.fromkeys(unreadable)))


def shows_loss(text: str) -> bool:
    """Say whether a classification cell shows that a part of it is lost: a separator beside nothing, an ellipsis."""
    return _LOSS.search(text) is not None


def all_public(classes: str, unreadable: str, text: str) -> bool:
    """Say whether every class of a series is public: one that cannot be read, or is visibly lost, is not.

    Args:
        classes: Those that were read, joined with `; `; `unreadable` likewise.
        text: The cell as it was written.
    """
    return classes == Classification.PUBLIC and not unreadable and not shows_loss(text)


def required_by_13_025(classes: Collection[Classification]) -> bool:
    """Say whether the law wants the series in the inventory: it holds private or confidential data on individuals."""
    return not INDIVIDUAL_CLASSES.isdisjoint(classes)


def split_work_access(text: str) -> tuple[str, ...]:
    """Split a work access cell at `;` and line ends; of parts that compare as equal, the first stands."""
    parts: dict[str, str] = {}
    for part in re.split(r"[;\n\r]", text):
        parts.setdefault(compare_form(part), part.strip())
    return tuple(part for form, part in parts.items() if form)


def series_code(name: str, taken: Collection[str]) -> str:
    """Make a code from a series' name: its words in upper-case ASCII joined with `-`, at most 40 characters.

    Args:
        name: The series' name.
        taken: The codes in use, compared as texts are. Where the code is taken it gets `-2`, `-3` and so on.
    """
    unavailable = {compare_form(code) for code in taken} | RESERVED_WORDS
    without_apostrophes = unicodedata.normalize("NFKD", re.sub(r"['\u2019]", "", name))
    words = re.findall(r"[A-Z0-9]+", without_apostrophes.encode("ascii", "ignore").decode().upper()) or ["SERIES"]
    code = _joined(words, _CODE_LENGTH)
    numbers = count(2)
    while compare_form(code) in unavailable:
        ending = f"-{next(numbers)}"
        code = _joined(words, _CODE_LENGTH - len(ending)) + ending
    return code


# A part ends at `/`, `;`, a line end, a comma or " and "; brackets stay whole.
_CLASS_SEPARATOR = r"[/;\n\r,]|\sand(?:\s|\Z)"
_CLASS_PARTS = re.compile(
    rf"{_CLASS_SEPARATOR}|(?P<words>(?:\([^()]*\)|.)(?:\([^()]*\)|(?!{_CLASS_SEPARATOR}).)*)",
    re.IGNORECASE | re.DOTALL,
)
_LOSS = re.compile(
    r"(?:[/;,:&+-]|[\u2010-\u2014\u2026]|\.\.|\b(?:and|or))[\s\W]*\Z|\A\s*[/;,:&+]|([/;,])[^\S\n]*\1", re.IGNORECASE
)
_CLASS = re.compile(
    r"(?P<name>protected ?non ?public|non ?public|public|private|confidential)"
    r"(?: (?:data|information))?(?: (?:not )?on individuals)?"
)
_CLASSES_BY_NAME = {cls.replace(" ", ""): cls for cls in Classification}
_CLASS_WORD = re.compile(r"public|private|confidential|protected", re.IGNORECASE)
_NOTE = re.compile(r"\([^()]*\)")
_HYPHENS_AND_BLANKS = re.compile(r"[\s_\u2010-\u2014-]+")
_PUNCTUATION = " .:*\"'\u2022\u00b7"

_CODE_LENGTH = 40


def _plain(words: str) -> str:
    """Bring a class's spelling into one form: case-folded, a blank for hyphens, no punctuation around it."""
    return _HYPHENS_AND_BLANKS.sub(" ", words).strip(_PUNCTUATION).casefold()


def _joined(words: Sequence[str], length: int) -> str:
    """Join as many whole words as fit; a first word that is too long is cut."""
    fitting = words[0][:length]
    for word in words[1:]:
        if len(fitting) + 1 + len(word) > length:
            break
        fitting += f"-{word}"
    return fitting
