"""Finds where in a JSON document its records are listed."""

import json
import re
from collections.abc import Iterator

_TOKENS = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:)?|[{}\[\]]')
_DEEPEST, _MOST_KEYS, _FEWEST = 3, 8, 2


def list_of_records(text: str, *, is_cut: bool) -> str:
    """Give the dotted keys of the list that holds a document's records; empty where the document is none such.

    Args:
        text: One document; where it is cut off, its beginning.
    """
    if not text.lstrip().startswith("{"):
        return ""
    if is_cut:
        return _first_open(text)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    if len(document) > _MOST_KEYS:  # a record that has a list among much else
        return ""
    return max(_lists(document, ()), default=(0, ""))[1]


def _lists(value: object, keys: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    if isinstance(value, dict) and len(keys) < _DEEPEST:
        for key, inner in value.items():
            if key and "." not in key:
                yield from _lists(inner, (*keys, key))
    elif isinstance(value, list) and len(value) >= _FEWEST and all(isinstance(one, dict) for one in value):
        yield len(value), ".".join(keys)


def _first_open(text: str) -> str:
    """Give the keys of the first list of objects in a text that ends before its document does."""
    keys: list[str] = []
    key = ""
    for token in _TOKENS.finditer(text):
        if token[2]:
            key = token[1]
        elif token[0] == "{":
            keys.append(key)
        elif token[0] == "}":
            keys = keys[:-1]
        elif token[0] == "[" and re.match(r"\s*\{", text[token.end() :][:1000]):
            return ".".join([*keys[1:], key])
    return ""
