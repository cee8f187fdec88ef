"""Keys of a JSON object that stand twice with different values: nobody can say which one is meant."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence

import duckdb

from config.bulk import text_sql
from config.texts import shortened

_FUNCTION = "doubled_key"
_STEP = re.compile(r'\.("(?:[^"\\]|\\.)*"|[^.\[]+)|\[(-?\d+)\]')
_BETWEEN = "\x1f"


def doubled_key_sql(text: str, paths: Sequence[str]) -> str:
    """Give the SQL of the fault of a valid JSON text: which key on some paths has several values; NULL where none has.

    The connection must be given the means by `let_find_doubled_keys`.
    """
    levels = dict.fromkeys(level for path in paths for level in _levels(path))
    keys = (f"json_keys({text}, {text_sql(level)})" for level in levels)
    suspect = " OR ".join(f"coalesce(len({found}) <> list_unique({found}), false)" for found in keys)
    asked = f"nullif({_FUNCTION}({text}, {text_sql(_BETWEEN.join(paths))}), '')"
    return f"CASE WHEN {suspect} THEN {asked} END" if suspect else "NULL::VARCHAR"


def let_find_doubled_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """Let a connection's SQL ask for doubled keys."""
    there = "SELECT count(*) FROM duckdb_functions() WHERE function_name = ?"
    if connection.execute(there, [_FUNCTION]).fetchall() == [(0,)]:
        connection.create_function(_FUNCTION, _fault, ["VARCHAR", "VARCHAR"], "VARCHAR")


def _fault(text: str, paths: str) -> str:
    """Give the fault of a text; empty where no key on the paths has several values."""
    key = find_doubled_key(text, paths.split(_BETWEEN))
    return f'has the key "{shortened(key)}" twice, with different values' if key is not None else ""


def find_doubled_key(text: str, paths: Iterable[str]) -> str | None:
    """Give the first key on some paths that stands twice with different values in its object."""
    try:
        document = json.loads(text, object_pairs_hook=_Object)
    except (ValueError, RecursionError):
        return None
    for path in paths:
        found: object = document
        for step in _steps(path):
            if isinstance(found, _Object) and isinstance(step, str):
                if len(set(found.values_of(step))) > 1:
                    return step
                found = found.first(step)
            elif isinstance(found, list) and isinstance(step, int) and -len(found) <= step < len(found):
                found = found[step]
            else:
                break
    return None


class _Object:
    """A JSON object with all of its pairs."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        self.pairs = pairs

    def values_of(self, key: str) -> list[str]:
        return [repr(value) for name, value in self.pairs if name == key]

    def first(self, key: str) -> object:
        return next((value for name, value in self.pairs if name == key), None)

    def __repr__(self) -> str:
        return repr(self.pairs)


def _steps(path: str) -> Iterator[str | int]:
    for found in _STEP.finditer(path):
        key, place = found.groups()
        if place is not None:
            yield int(place)
        else:
            yield str(json.loads(key)) if key.startswith('"') else key


def _levels(path: str) -> Iterator[str]:
    """Give the paths of the objects in which a path's keys stand; none behind what is no plain step."""
    end = 1
    for found in _STEP.finditer(path, 1):
        if found.start() != end or "*" in found[0]:
            return
        if found[1] is not None:
            yield path[:end]
        end = found.end()
