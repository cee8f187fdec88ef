"""The fields of a file as it names them itself, whatever a profile makes of them, and their texts."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import duckdb
import pyarrow as pa

from audit.logs.detecting.kinds import Kind
from audit.logs.detecting.line_times import time_pattern
from audit.logs.detecting.samples import MOST_RECORDS, Sample
from audit.logs.formats import open_log
from audit.logs.formats.contract import FAULT, LogReader
from audit.logs.formats.documents import DocumentReader
from audit.logs.formats.event_formats import HEAD, CefReader, LeefReader
from audit.logs.formats.key_values import read_pairs
from audit.logs.formats.line_reader import RECORD, LineReader
from audit.logs.formats.pair_lines import PairReader
from audit.logs.profiles.language import NEEDED, Profile
from config.bulk_columns import arrow_rows

MOST_FIELDS = 80
_RECORDS_LOOKED_AT = 200
_AUDITD = ("time", "id", "node", "type", "did", "object", "auid", "uid", "acct", "exe", "addr", "terminal", "res")
_SYSLOG = ("time", "host", "app", "pid", "msgid", "message")
_PLAIN_KEY = re.compile(r"[^\W\d][\w @#-]*")
_NO_PATH = {'"', "\\"}
_TAG = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_FIELDS = re.compile(r"#\s*Fields\s*:\s*(.*)", re.IGNORECASE)


def options_of(kind: Kind) -> dict[str, Any]:
    """Give what a profile of a file says besides its fields, so that its records can be told apart."""
    options: dict[str, Any] = {"format": kind.format, **kind.options}
    beginning = "".join(kind.lines)
    if kind.format == "xml" and (record := _record_element(beginning)):
        options["xml"] = {"record": record}
    if kind.format == "lines" and (pattern := time_pattern(kind.lines)):
        options["lines"] = {"patterns": [pattern]}
    return options


def by_profile(profile: Profile) -> tuple[dict[str, Any], list[str]]:
    """Give what a profile says besides its fields, and the names of the fields that it knows."""
    names = profile.columns or tuple(profile.places())
    parts = ("format", "encoding", "columns", "table", "lines", "xml")
    return profile.model_dump(include={*parts}), list(names)[:MOST_FIELDS]


def names_of(sample: Sample, kind: Kind, options: Mapping[str, Any]) -> list[str]:
    """Give the names of a file's fields, as a profile would call them, in the order in which they come.

    Raises:
        Invalid: The file is damaged, or nothing that a profile could name.
    """
    known = {"auditd": _AUDITD, "syslog": _SYSLOG, "lines": ("time", "before", "after") if "lines" in options else ()}
    if kind.headings:
        return list(kind.headings)[:MOST_FIELDS]
    if kind.format in known:
        return list(known[kind.format])
    if kind.format == "w3c":
        return next((found[1].split() for line in kind.lines if (found := _FIELDS.match(line))), [])[:MOST_FIELDS]
    _, reader = open_log(sample.path, _probe(options, ["time"]), None)
    return list(islice(dict.fromkeys(_names_in(reader)), MOST_FIELDS))


def _names_in(reader: LogReader) -> Iterator[str]:
    """Give the names that stand in a file's first records, as often as they do."""
    if isinstance(reader, DocumentReader):
        for document in islice(reader.documents(), _RECORDS_LOOKED_AT):
            yield from _keys_of(document.content)
    elif isinstance(reader, LineReader):
        texts = (text for some in reader.texts() for text in some)
        for text in islice(texts, _RECORDS_LOOKED_AT):
            yield from (name for name in _pair_names(reader, text) if name != RECORD)  # that is the whole line


def read_columns(
    sample: Sample, options: Mapping[str, Any], names: Sequence[str], connection: duckdb.DuckDBPyConnection
) -> dict[str, list[str]]:
    """Give the texts of fields in the first records, by the fields' names; nothing of records that cannot be read.

    Raises:
        Invalid: The file cannot be read as what it seems to be.
    """
    if not names:
        return {}
    columns: dict[str, list[str]] = {name: [] for name in names}
    _, reader = open_log(sample.path, _probe(options, names), None)
    shown = [name for name in names if name in reader.layout.places]
    asked = ", ".join(f"{reader.layout.places[name]} AS f{number}" for number, name in enumerate(shown))
    relation = reader.layout.relation.format(batch="batch")
    left = MOST_RECORDS
    for batch in reader.batches() if shown else ():
        rows = batch.rows.slice(0, left)
        left -= rows.num_rows
        if FAULT not in rows.column_names:
            rows = rows.append_column(FAULT, pa.nulls(rows.num_rows, pa.string()))
        connection.register("batch", rows)
        found = arrow_rows(connection, f"SELECT {asked} FROM {relation} WHERE {FAULT} IS NULL")  # noqa: S608 - the layout's own
        connection.unregister("batch")
        for number, name in enumerate(shown):
            columns[name] += [(text or "").strip() for text in found.column(f"f{number}").to_pylist()]
        if left <= 0:
            break
    return columns


def _probe(options: Mapping[str, Any], names: Sequence[str]) -> Profile:
    """Give a profile that asks for some fields, whatever they mean."""
    fields = {name: list(names) for name in NEEDED} | {"time": names[0]}
    return Profile.model_validate({**options, "fields": fields})


def _keys_of(content: str) -> Iterator[str]:
    try:
        yield from _walk(json.loads(content), "", is_path=False)
    except (ValueError, RecursionError):
        return


def _walk(value: object, place: str, *, is_path: bool) -> Iterator[str]:
    """Give the places of all that a document says: dotted keys, or paths where a key is strange or in a list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not key or _NO_PATH & set(key):
                continue  # no profile could name it
            if _PLAIN_KEY.fullmatch(key) and not is_path:
                yield from _walk(inner, f"{place}.{key}" if place else key, is_path=False)
            else:
                yield from _walk(inner, f"{place if is_path else _as_path(place)}.{json.dumps(key)}", is_path=True)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield from _walk(value[0], f"{place if is_path else _as_path(place)}[0]", is_path=True)
    elif place:
        yield place


def _as_path(place: str) -> str:
    return "$" + "".join(f".{json.dumps(key)}" for key in place.split(".") if key)


def _pair_names(reader: object, text: str) -> Iterator[str]:
    if isinstance(reader, CefReader | LeefReader):
        if read := reader.read(text):
            yield from HEAD[: len(read[0])]
            yield from read[1]
    elif isinstance(reader, PairReader):
        try:
            head, pairs = read_pairs(text)
        except ValueError:
            return
        if head:
            yield "head"
        yield from (key for key, _ in pairs)


def _record_element(beginning: str) -> str:
    """Give the name of the elements that stand again and again in the first one; empty where none does."""
    tags = [found[2] for found in _TAG.finditer(beginning)]
    inner = tags[1:2]
    return inner[0] if inner and tags.count(inner[0]) > 1 and tags.count(tags[0]) == 1 else ""
