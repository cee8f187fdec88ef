"""How each kind of system lays out its log: its lines, and where the canonical fields are in them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.sample_city.log_times import WRITTEN_TIMES
from app.sample_city.words import Accesses

Quoted = NDArray[np.object_]  # every word as the layout writes it, by its number


@dataclass(frozen=True)
class Layout:
    """The layout of a log.

    Args:
        format: `csv` or `jsonl`.
        fields: Where each canonical field is: under which heading, or at which path in the JSON object.
        heading: The first line; none in JSON lines.
        quote: How the layout writes a word.
        lines: Makes the lines of a batch: of the words, the way to write times, the first record's number.
    """

    format: str
    fields: Mapping[str, str]
    heading: str
    quote: Callable[[str], str]
    lines: Callable[[Quoted, str, int, Accesses], list[str]]


def _quoted_for_csv(word: str) -> str:
    if "," in word or '"' in word or "\n" in word:
        return '"' + word.replace('"', '""') + '"'
    return word


def _quoted_for_json(word: str) -> str:
    """Write a word as it stands between the marks of a JSON text."""
    return json.dumps(word)[1:-1]


def _canonical_lines(words: Quoted, clock: str, _first: int, accesses: Accesses) -> list[str]:
    rows = zip(WRITTEN_TIMES[clock](accesses["time"]), *_columns(words, accesses), strict=True)
    return [
        f"{time},{account},{place}{item},{action},{subject},{purpose},{workstation}\n"
        for time, account, place, item, action, subject, purpose, workstation in rows
    ]


def _own_lines(words: Quoted, _clock: str, first: int, accesses: Accesses) -> list[str]:
    rows = zip(WRITTEN_TIMES["slashed"](accesses["time"]), *_columns(words, accesses), strict=True)
    return [
        f"{number},{time},{action},{place}{item},{account},{workstation},{subject},{purpose},OK\n"
        for number, (time, account, place, item, action, subject, purpose, workstation) in enumerate(rows, first)
    ]


def _json_lines(words: Quoted, _clock: str, first: int, accesses: Accesses) -> list[str]:
    rows = zip(WRITTEN_TIMES["utc_milliseconds"](accesses["time"]), *_columns(words, accesses), strict=True)
    return [
        f'{{"id":"D{number:09d}","ts":"{time}","event":"{action}","actor":{{"login":"{account}"}},'
        f'"object":{{"path":"{place}{item}"}},"about":"{subject}","reason":"{purpose}",'
        f'"client":{{"host":"{workstation}"}}}}\n'
        for number, (time, account, place, item, action, subject, purpose, workstation) in enumerate(rows, first)
    ]


def _columns(words: Quoted, accesses: Accesses) -> list[list[str]]:
    names = ("account", "place", "item", "action", "subject", "purpose", "workstation")
    return [words[accesses[name]].tolist() for name in names]


_CANONICAL_FIELDS = ("time", "account", "resource", "action", "subject", "purpose", "workstation")
LAYOUTS: Mapping[str, Layout] = {
    "canonical": Layout(
        format="csv",
        fields={field: field for field in _CANONICAL_FIELDS},
        heading=",".join(_CANONICAL_FIELDS) + "\n",
        quote=_quoted_for_csv,
        lines=_canonical_lines,
    ),
    "own_headings": Layout(
        format="csv",
        fields={
            "event_id": "Record No",
            "time": "Event Date",
            "action": "Operation",
            "resource": "Object",
            "account": "User ID",
            "workstation": "Terminal",
            "subject": "Customer No",
            "purpose": "Reason",
        },
        heading="Record No,Event Date,Operation,Object,User ID,Terminal,Customer No,Reason,Result\n",
        quote=_quoted_for_csv,
        lines=_own_lines,
    ),
    "json_lines": Layout(
        format="jsonl",
        fields={
            "event_id": "id",
            "time": "ts",
            "action": "event",
            "account": "actor.login",
            "resource": "object.path",
            "subject": "about",
            "purpose": "reason",
            "workstation": "client.host",
        },
        heading="",
        quote=_quoted_for_json,
        lines=_json_lines,
    ),
}
