"""Patterns with brackets: what they match, and whether their writer rather meant the brackets themselves.

In a shell-style pattern `[2024]` is one character of four; a folder may really be called so (DOMAIN section 3).
"""

import fnmatch
import re
from collections.abc import Iterable

from config.texts import compare_form, shortened

LITERAL_BRACKET = "[[]"
_SET = re.compile(r"\[(!?)(\]?[^\]]*)\]")
_SETS_NAMED = 3
_WILDCARDS = "*?["


def with_literal_brackets(pattern: str) -> str:
    """Give the pattern that matches what this one would match if its brackets stood for themselves."""
    return pattern.replace("[", LITERAL_BRACKET)


def literal_pattern(text: str) -> str:
    """Give the pattern that a text matches alone: what of it would be a wildcard stands for itself."""
    return "".join(f"[{letter}]" if letter in _WILDCARDS else letter for letter in text)


def meant_literally(pattern: str, resources: Iterable[str]) -> str | None:
    """Give the first of some resources that a pattern would match only with its brackets taken literally."""
    form = compare_form(pattern)
    as_set = re.compile(fnmatch.translate(form))
    literal = re.compile(fnmatch.translate(with_literal_brackets(form)))
    for resource in resources:
        folded = compare_form(resource)
        if literal.match(folded) and not as_set.match(folded):
            return resource
    return None


def misread_in_words(pattern: str, resource: str) -> str:
    """Say that a pattern does not match a resource of the logs that its writer may have meant."""
    return (
        f'The pattern "{shortened(pattern)}" does not match "{shortened(resource)}", which the logs name: its brackets '
        f"are a set of characters. If the brackets are meant, import {shortened(with_literal_brackets(pattern))}."
    )


def brackets_in_words(pattern: str) -> str:
    """Say what the brackets of a pattern match."""
    sets = [_set_in_words(found) for found in _SET.finditer(pattern)]
    if not sets:
        return f'in "{shortened(pattern)}" no ] closes the [, so it stands for itself'
    more = f" and {len(sets) - _SETS_NAMED} more like it" if len(sets) > _SETS_NAMED else ""
    said = f'in "{shortened(pattern)}" {", ".join(sets[:_SETS_NAMED])}{more}'
    if all(found[0] == LITERAL_BRACKET for found in _SET.finditer(pattern)):
        return said
    return f"{said}; to match brackets themselves, write {shortened(with_literal_brackets(pattern))}"


def _set_in_words(found: re.Match[str]) -> str:
    if found[0] == LITERAL_BRACKET:
        return f"{found[0]} matches a bracket itself"
    return f"{shortened(found[0])} matches one character, {'none' if found[1] else 'one'} of: {shortened(found[2])}"
