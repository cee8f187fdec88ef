"""The audit log of Linux: lines with one `msg=audit(TIME:SERIAL)` are one event.

A key is a part of the event by its name alone, from the first line that has it, and behind the line's type, such as
`EXECVE.a0`. `id`, `time`, `node`, `type` (of the first line), `types`, `object` and `did` are parts that follow from
several: the object is the file that the event touched, and `did` what was done in words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from posixpath import join, normpath

import numpy as np
import pyarrow as pa

from audit.logs.formats.auditd_words import CALL_KEYS, call_in_words, decoded
from audit.logs.formats.join_lines import JoinByKey, Joiner
from audit.logs.formats.line_reader import LineReader, Parsed
from audit.logs.formats.log_file import LogFile
from audit.logs.formats.unmatched import unmatched
from audit.logs.profiles.language import Profile

_NO_EVENT = "is no line of the audit log: it has no type= and msg=audit(…)"
_KEY = r"(?:\bnode=(?P<node>\S+) )?\btype=\S+ msg=audit\((?P<event>[^)]+)\)"
# `ausearch -i` writes times as its machine's clock does, and puts a blank before the colon.
_LINE = re.compile(
    r"(?:.*?\bnode=(\S+) )?(?:.*? )?type=(\S+) msg=audit\(([\d.]+|[\d/.-]+ [\d:.]+):(\d+)\)( ?):? ?(.*)", re.DOTALL
)
_PAIR = re.compile(r"""([A-Za-z][\w-]*)=("[^"]*"|[^\s"')\x1d]*)""")
_PAIR_IN_WORDS = re.compile(r"([A-Za-z][\w-]*)=(.*?)(?=,? [A-Za-z][\w-]*=|[\x1d\n]|$)")
# What `ausearch` puts between events.
_BETWEEN = re.compile(r"-{4}\s*|time->.*")
_OLD, _NEW = re.compile(r"\bold (?=auid=|ses=)"), re.compile(r"\bnew (?=auid=|ses=)")
_RIGHTS = re.compile(r"\{ ([^}]*) \}")
_FOLDER, _OF_FILES = "PARENT", {"name", "nametype"}
_LAST = "PROCTITLE"
# What the object and what was done follow from, besides paths.
_NEEDED = ("CWD.cwd", *(f"SYSCALL.{key}" for key in CALL_KEYS))
_NOTHING = frozenset[str]()


class AuditdReader(LineReader):
    """The events of an audit log of Linux, raw or enriched."""

    def __init__(self, log: LogFile, profile: Profile) -> None:
        super().__init__(log, profile)
        self._wanted = profile.places()
        typed = [place.split(".", 1) for place in (*self._wanted, *_NEEDED) if "." in place]
        self._typed = {record_type: {key for of, key in typed if of == record_type} for record_type, _ in typed}
        self._bare = {place for place in (*self._wanted, "op", "rights") if "." not in place}

    def joiners(self) -> Sequence[Joiner]:
        """Give what puts an event's lines together."""
        return [_WithoutBetween(), JoinByKey(_KEY)]

    def parse(self, texts: pa.Array) -> Parsed:
        """Give the parts of events."""
        read = [self._event(text) for text in texts.to_pylist()]
        parts = {name: [one.get(name) for one in read] for name in self._wanted}
        fits = np.array([bool(one) for one in read], np.bool_)
        faults, passed = unmatched(fits, self._profile, _NO_EVENT)
        return Parsed(parts, faults, passed)

    def _event(self, text: str) -> dict[str, str]:
        """Give the parts of an event that are asked for; nothing where its text is none."""
        parts: dict[str, str] = {}
        types: list[str] = []
        files: list[Mapping[str, str]] = []
        told: dict[str, str] = {}
        for line in text.split("\n"):
            found = _LINE.match(line)
            if found is None:
                return {}
            node, record_type, time, serial, in_words, rest = found.groups()
            pairs = _pairs_in_words(rest) if in_words else _pairs(rest)
            text_of = _as_it_is if in_words else decoded
            for key in pairs.keys() & self._bare - parts.keys():
                parts[key] = text_of(key, pairs[key], record_type)
            for key in pairs.keys() & self._typed.get(record_type, _NOTHING):
                parts.setdefault(f"{record_type}.{key}", text_of(key, pairs[key], record_type))
            types.append(record_type)
            if record_type == "PATH":
                files.append({key: text_of(key, pairs[key], record_type) for key in _OF_FILES & pairs.keys()})
            told = {"time": time, "id": f"{time}:{serial}", "node": node or ""}
        if types[0] == _LAST:  # `ausearch` shows an event's lines from the last to the first
            types.reverse()
            files.reverse()
        of_several = {"type": types[0], "types": " ".join(types), "object": _object(files, parts), "did": _did(parts)}
        return {**parts, **told, **of_several}


class _WithoutBetween:
    """Leaves out the lines that `ausearch` puts between events."""

    def join(self, lines: Sequence[str], shown: pa.Array) -> Iterator[str]:  # noqa: ARG002 - as others need it
        """Give the lines of events."""
        return (line for line in lines if line[:1] not in "-t" or not _BETWEEN.fullmatch(line))

    def rest(self) -> Iterator[str]:
        """Give what is left, which is nothing."""
        return iter(())


def _as_it_is(_: str, value: str, __: str) -> str:
    return value


def _pairs_in_words(rest: str) -> dict[str, str]:
    """Give the pairs of a line in words, whose values are neither quoted nor coded and reach to the next key."""
    bare = rest.replace("msg='", "").rstrip().removesuffix("'")
    pairs = {key: value.strip() for key, value in reversed(_PAIR_IN_WORDS.findall(bare))}
    if "{ " in bare and (rights := _RIGHTS.search(bare)):
        pairs["rights"] = rights[1]
    return pairs


def _pairs(rest: str) -> dict[str, str]:
    """Give the pairs of a line's rest as they stand there, each key's first."""
    if "old " in rest or "new " in rest:
        rest = _NEW.sub("", _OLD.sub("old-", rest))
    pairs = dict(reversed(_PAIR.findall(rest.replace("msg='", ""))))
    if "{ " in rest and (rights := _RIGHTS.search(rest)):
        pairs["rights"] = rights[1]
    return pairs


def _object(files: Sequence[Mapping[str, str]], parts: Mapping[str, str]) -> str:
    """Give the whole path of the file that an event touched: of several the first that is no folder it stands in."""
    named = [one for one in files if one.get("name", "(null)") != "(null)"]
    chosen = next((one for one in named if one.get("nametype") != _FOLDER), named[0] if named else None)
    if chosen is None:
        return ""
    return normpath(join(parts.get("CWD.cwd", ""), chosen["name"]))


def _did(parts: Mapping[str, str]) -> str:
    """Say what was done: the call of the system, else the operation, else the rights that were asked for."""
    of_call = {key: parts[f"SYSCALL.{key}"] for key in CALL_KEYS if f"SYSCALL.{key}" in parts}
    return call_in_words(of_call) or parts.get("op", "") or parts.get("rights", "")
