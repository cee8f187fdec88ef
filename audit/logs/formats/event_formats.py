"""CEF and LEEF, the event formats of security products: a head parted by vertical bars, then key=value.

They mostly come behind a head of syslog; some collectors cut off their own head as well.
"""

import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa

from audit.logs.formats.join_lines import JoinByStart, Joiner
from audit.logs.formats.line_reader import LineReader, Parsed
from audit.logs.formats.log_file import LogFile
from audit.logs.formats.syslog_heads import FORMS, START, read_heads
from audit.logs.formats.unmatched import unmatched
from audit.logs.profiles.language import Profile
from config.texts import shortened

_SYSLOG = "syslog."
_LABEL = "label."
_BAR = r"((?:[^|\\\n]|\\.)*)\|"
_CEF = re.compile(rf"(?:.*?\bCEF: ?)?\s*(\d+)\|{_BAR * 6}(.*)", re.DOTALL)
_LEEF = re.compile(rf"(?:.*?\bLEEF: ?)?\s*([12](?:\.\d)?)\|{_BAR * 4}(.*)", re.DOTALL)
_SEVENTH = ("head.vendor", "head.product", "head.version", "head.event", "head.name", "head.severity")
_KEY = re.compile(r"(?:^|(?<=\s))([\w.\-\[\]]+)=")
_DELIMITER = re.compile(r"(?:0?x([0-9A-Fa-f]{2,4})|([^\w\s]))?\|", re.ASCII)
# Many a program leaves a login's backslash as it is: CITY\nolson is no line feed, so only these are taken for escapes.
_ESCAPED = re.compile(r"\\([=|\\])")
_CEF_HEAD, _LEEF_HEAD = r"\bCEF: ?\d", r"\bLEEF: ?[12]"


class _EventReader(LineReader):
    """What CEF and LEEF have in common: a head, pairs, and syslog's head before them."""

    head = ""
    called = ""

    def __init__(self, log: LogFile, profile: Profile) -> None:
        super().__init__(log, profile)
        self._wanted = profile.places()
        self._wants_syslog = any(place.startswith(_SYSLOG) for place in self._wanted)

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
            read = self.read(text)
            found = {} if read is None else _first_of(read)
            if read is None:
                fits[place] = False
            elif len(found) < len(read) and (key := _doubled(read, columns)):
                faults[place] = f'has the key "{shortened(key)}" twice, with different values'
            for name, column in columns.items():
                column.append(found.get(name))
        strange, passed = unmatched(fits, self._profile, f"is no event in {self.called}")
        return Parsed({**columns, **self._of_syslog(texts)}, {**strange, **faults}, passed)

    @abstractmethod
    def read(self, text: str) -> list[tuple[str, str]] | None:
        """Give the parts of an event; None where a text is none."""

    def _of_syslog(self, texts: pa.Array) -> Mapping[str, pa.Array]:
        if not self._wants_syslog:
            return {}
        return {f"{_SYSLOG}{name}": part for name, part in read_heads(texts).groups.items()}


class CefReader(_EventReader):
    """Events in CEF; a value reaches to the next key, and `label.NAME` is the one that a csN with csNLabel=NAME has."""

    head = _CEF_HEAD
    called = "CEF"

    def read(self, text: str) -> list[tuple[str, str]] | None:
        """Give the parts of an event; None where a text is none."""
        found = _CEF.match(text)
        if found is None:
            return None
        _, *head, extension = found.groups()
        parts = [(name, _plain(value)) for name, value in zip(_SEVENTH, head, strict=True)]
        pairs = [(key, _plain(value)) for key, value in _spaced(extension)]
        named = dict(pairs)
        labels = ((label, key.removesuffix("Label")) for key, label in pairs if _is_label(key))
        return [*parts, *pairs, *((f"{_LABEL}{label}", named.get(key, "")) for label, key in labels)]


class LeefReader(_EventReader):
    """Events in LEEF; their keys are parted by tabs, or in version 2 by the letter that the head names."""

    head = _LEEF_HEAD
    called = "LEEF"

    def read(self, text: str) -> list[tuple[str, str]] | None:
        """Give the parts of an event; None where a text is none."""
        found = _LEEF.match(text)
        if found is None:
            return None
        version, *head, attributes = found.groups()
        between = "\t"
        if version.startswith("2") and (stated := _DELIMITER.match(attributes)):
            between = chr(int(stated[1], 16)) if stated[1] else stated[2] or between
            attributes = attributes[stated.end() :]
        parts = list(zip(_SEVENTH[:4], head, strict=True))
        pairs = (one.partition("=") for one in attributes.split(between))
        return [*parts, *((key.strip(), value.strip()) for key, is_pair, value in pairs if is_pair)]


def _spaced(text: str) -> Iterator[tuple[str, str]]:
    keys = list(_KEY.finditer(text))
    for place, key in enumerate(keys):
        end = keys[place + 1].start() if place + 1 < len(keys) else len(text)
        yield key[1], text[key.end() : end].strip()


def _plain(text: str) -> str:
    """Give a text without the backslashes that CEF puts before its own signs."""
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _is_label(key: str) -> bool:
    return key.endswith("Label") and len(key) > len("Label")


def _first_of(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    return dict(reversed(pairs))


def _doubled(pairs: Sequence[tuple[str, str]], wanted: Mapping[str, object]) -> str | None:
    """Give a key that is asked for and has several values."""
    first = _first_of(pairs)
    return next((key for key, value in pairs if key in wanted and first[key] != value), None)
