"""CEF and LEEF, the event formats of security products: a head parted by vertical bars, then key=value.

They mostly come behind a head of syslog; some collectors cut off their own head as well.
"""

import re
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from audit.logs.formats.join_lines import JoinByStart, Joiner
from audit.logs.formats.line_reader import LineReader, Parsed
from audit.logs.formats.log_file import LogFile
from audit.logs.formats.syslog_heads import FORMS, START, parts_of_heads, wants_heads
from audit.logs.formats.unmatched import unmatched
from audit.logs.profiles.language import Profile
from config.texts import shortened

_LABEL = "label."
_BAR = r"((?:[^|\\\n]|\\.)*)\|"
_CEF = re.compile(rf"(?:.*?\bCEF: ?)?\s*(\d+)\|{_BAR * 6}(.*)", re.DOTALL)
_LEEF = re.compile(rf"(?:.*?\bLEEF: ?)?\s*([12](?:\.\d)?)\|{_BAR * 4}(.*)", re.DOTALL)
# The parts of an event's head, of which LEEF has the first four.
HEAD = ("head.vendor", "head.product", "head.version", "head.event", "head.name", "head.severity")
_KEY = re.compile(r"(?:^|(?<=\s))([\w.\-\[\]]+)=")
_DELIMITER = re.compile(r"(?:(?:0|\\)?x([0-9A-Fa-f]{2,4})|(\t|[^\w\s]))?\|", re.ASCII)
# What collectors make of a tab.
_TAB_ESCAPED = "#011"
# Many a program leaves a login's backslash as it is: CITY\nolson is no line feed, so only these are taken for escapes.
_ESCAPED = re.compile(r"\\([=|\\])")
_CEF_HEAD, _LEEF_HEAD = r"\bCEF: ?\d", r"\bLEEF: ?[12]"


# The parts of a head, the keys of an event, and their values.
Read: TypeAlias = tuple[Sequence[str], Sequence[str], Sequence[str]]


class _EventReader(LineReader):
    """What CEF and LEEF have in common: a head, pairs, and syslog's head before them."""

    head = ""
    called = ""

    def __init__(self, log: LogFile, profile: Profile) -> None:
        super().__init__(log, profile)
        self._wanted = profile.places()
        self._labels = [place for place in self._wanted if place.startswith(_LABEL)]
        self._wants_syslog = wants_heads(profile)

    def forms_without_year(self) -> tuple[str, ...]:
        """Give the form of times in the head of syslog before an event."""
        return FORMS

    def joiners(self) -> Sequence[Joiner]:
        """Give what puts an event's lines together: a line that does not begin one belongs to the one above."""
        return [JoinByStart(rf"{START}|{self.head}|\A\s*\d+(?:\.\d)?\|")]

    def parse(self, texts: pa.Array) -> Parsed:
        """Give the parts of events: of the head, and each key."""
        columns: dict[str, list[str | None]] = {place: [] for place in self._wanted}
        faults = dict[int, str]()
        fits = np.ones(len(texts), np.bool_)
        for place, text in enumerate(texts.to_pylist()):
            head, keys, values = self.read(text) or ((), (), ())
            found = dict(zip(reversed(keys), reversed(values), strict=True))
            if not head:
                fits[place] = False
            elif len(found) < len(keys) and (key := _doubled(keys, values, columns)):
                faults[place] = f'has the key "{shortened(key)}" twice, with different values'
            found |= zip(HEAD, head, strict=False)
            found |= ((label, _labelled(label, found)) for label in self._labels)
            for name, column in columns.items():
                column.append(found.get(name))
        strange, passed = unmatched(fits, self._profile, f"is no event in {self.called}")
        plain = {name: [self.plain(text) for text in column] for name, column in columns.items()}
        heads = parts_of_heads(texts) if self._wants_syslog else {}
        return Parsed({**plain, **heads}, {**strange, **faults}, passed)

    def plain(self, text: str | None) -> str | None:
        """Give a text without the backslashes that the format puts before its own signs."""
        return text

    @abstractmethod
    def read(self, text: str) -> Read | None:
        """Give the parts of an event; None where a text is none."""


class CefReader(_EventReader):
    """Events in CEF; a value reaches to the next key, and `label.NAME` is the one that a csN with csNLabel=NAME has."""

    head = _CEF_HEAD
    called = "CEF"

    def read(self, text: str) -> Read | None:
        """Give the parts of an event; None where a text is none."""
        found = _CEF.match(text)
        if found is None:
            return None
        _, *head, extension = found.groups()
        split = _KEY.split(extension)  # what stands above the first key, and then keys and values in turn
        return head, split[1::2], split[2::2]

    def plain(self, text: str | None) -> str | None:
        """Give a text without the backslashes that CEF puts before its own signs."""
        return _ESCAPED.sub(r"\1", text) if text and "\\" in text else text


class LeefReader(_EventReader):
    """Events in LEEF; their keys are parted by tabs, or in version 2 by the letter that the head names."""

    head = _LEEF_HEAD
    called = "LEEF"

    def read(self, text: str) -> Read | None:
        """Give the parts of an event; None where a text is none."""
        found = _LEEF.match(text)
        if found is None:
            return None
        version, *head, attributes = found.groups()
        between = "\t"
        if version.startswith("2") and (stated := _DELIMITER.match(attributes)):
            between = chr(int(stated[1], 16)) if stated[1] else stated[2] or between
            attributes = attributes[stated.end() :]
        if between == "\t" and between not in attributes:
            if _TAB_ESCAPED not in attributes:  # blanks, where a collector made these of tabs
                split = _KEY.split(attributes)
                return head, split[1::2], split[2::2]
            between = _TAB_ESCAPED
        pairs = [one.partition("=") for one in attributes.split(between) if "=" in one]
        return head, [key.strip() for key, _, _ in pairs], [value for _, _, value in pairs]


def _labelled(label: str, found: Mapping[str, str]) -> str:
    """Give the value of the key that a label is for: of cs1 where cs1Label says it."""
    called = label.removeprefix(_LABEL)
    keys = (key.removesuffix("Label") for key, text in found.items() if text.strip() == called and key[-5:] == "Label")
    return found.get(next(keys, ""), "")


def _doubled(keys: Sequence[str], values: Sequence[str], wanted: Mapping[str, object]) -> str | None:
    """Give a key that is asked for and has several values."""
    first: dict[str, str] = {}
    for key, value in zip(keys, values, strict=True):
        if first.setdefault(key, value).strip() != value.strip() and key in wanted:
            return key
    return None
