"""Notices, at an audit, that logs name what a pattern's brackets would match if they stood for themselves."""

from collections import defaultdict
from collections.abc import Mapping

import duckdb

from access.facts import Facts
from config.texts import compare_form
from inventory.bracket_patterns import meant_literally, misread_in_words

_NAMES = "SELECT source_key, name FROM names WHERE kind = 'resource' AND contains(name, '[') ORDER BY name"


def misread_brackets(connection: duckdb.DuckDBPyConnection, facts: Facts, systems: Mapping[int, str]) -> list[str]:
    """Say which patterns do not match a resource in the logs that their writer may have meant.

    Args:
        connection: Holds the table `names` of the logs.
        facts: What is known.
        systems: The system of each source key.
    """
    patterns = [(compare_form(system), pattern) for system, pattern, _ in facts.patterns if "[" in pattern]
    if not patterns:
        return []
    seen: dict[str, list[str]] = defaultdict(list)
    for key, name in connection.execute(_NAMES).fetchall():
        seen[compare_form(systems[key])].append(name)
    found = [(pattern, meant_literally(pattern, seen[system])) for system, pattern in patterns]
    return [misread_in_words(pattern, resource) for pattern, resource in found if resource is not None]
