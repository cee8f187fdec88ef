"""Keys of a JSON object that stand twice with different values: nobody can say which one is meant."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence

import duckdb

from config.bulk import text_sql
from config.texts import shortened

NO_STRICT_JSON = "is no valid JSON"
_FUNCTION = "doubled_key"
_STEP = re.compile(r'\.("(?:[^"\\]|\\.)*"|[^.\[]+)|\[(-?\d+)\]')
_BETWEEN = "\x1f"


def doubled_key_sql(text: str, paths: Sequence[str], searched: Sequence[str]) -> str:
    """Give the SQL of the fault of a valid JSON text: which key on some paths has several values; NULL where none has.

    The connection must be given the means by `let_find_doubled_keys`.

    Args:
        searched: Those of the paths where a pattern looks for its value, in all that stands there.
    """
    levels = dict.fromkeys(level for path in paths for level in _levels(path))
    keys = (f"json_keys({text}, {text_sql(level)})" for level in levels)
    suspects = [f"coalesce(len({found}) <> list_unique({found}), false)" for found in keys]
    suspects += [f"coalesce(json_type({text}, {text_sql(path)}) IN ('OBJECT', 'ARRAY'), false)" for path in searched]
    given = ", ".join(text_sql(_BETWEEN.join(some)) for some in (paths, searched))
    return f"CASE WHEN {' OR '.join(suspects)} THEN nullif({_FUNCTION}({text}, {given}), '') END"


def let_find_doubled_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """Let a connection's SQL ask for doubled keys."""
    there = "SELECT count(*) FROM duckdb_functions() WHERE function_name = ?"
    if connection.execute(there, [_FUNCTION]).fetchall() == [(0,)]:
        connection.create_function(_FUNCTION, _fault, ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR")


def _fault(text: str, paths: str, searched: str) -> str:
    """Give the fault of a text; empty where no key on the paths has several values."""
    try:
        key = find_doubled_key(text, paths.split(_BETWEEN), searched.split(_BETWEEN))
    except (ValueError, RecursionError):
        return NO_STRICT_JSON  # DuckDB reads a little more than JSON, and then the first of several values
    return f'has the key "{shortened(key)}" twice, with different values' if key is not None else ""


def find_doubled_key(text: str, paths: Iterable[str], searched: Collection[str]) -> str | None:
    """Give the first key on some paths that stands twice with different values in its object.

    Args:
        searched: Those of the paths where every key below counts as well.

    Raises:
        ValueError: It is no JSON.
        RecursionError: It is nested too deep.
    """
    document = json.loads(text, object_pairs_hook=_Object)
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
        else:
            if path in searched and (key := _doubled_below(found)) is not None:
                return key
    return None


def _doubled_below(found: object) -> str | None:
    if isinstance(found, _Object):
        for key, _ in found.pairs:
            if len(set(found.values_of(key))) > 1:
                return key
    held = [value for _, value in found.pairs] if isinstance(found, _Object) else found
    below = map(_doubled_below, held) if isinstance(held, list) else ()
    return next((key for key in below if key is not None), None)


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
