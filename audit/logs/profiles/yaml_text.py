"""YAML as profiles use it: maps, lists, and texts as they are written, within limits that no honest profile meets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from config.errors import Invalid

LONGEST_YAML = 200_000
_LONGEST_TEXT = 10_000
_MOST_PARTS = 10_000
_DEEPEST = 20
_MOST_SHOWN = 80
_TAG = "tag:yaml.org,2002:"
_TEXT, _NOTHING = f"{_TAG}str", f"{_TAG}null"
_KNOWN_TAGS = {_TEXT, _NOTHING, f"{_TAG}map", f"{_TAG}seq"}


@dataclass(frozen=True)
class YamlText:
    """What a text says.

    Args:
        said: Its maps, lists, texts and None.
        root: The same with the places of all in the text; None where it says nothing.
    """

    said: object
    root: yaml.Node | None

    def line_of(self, keys: Sequence[str | int]) -> int:
        """Give the line, from 1, of what stands below some keys; of the nearest above it, where nothing does."""
        node, line = self.root, 1
        for key in keys:
            for found, value in _below(node):
                if found.value == key if isinstance(found, yaml.ScalarNode) else found == key:
                    node, line = value, (found if isinstance(found, yaml.Node) else value).start_mark.line + 1
                    break
        return line


@dataclass(frozen=True)
class Fault:
    """A fault of a profile.

    Args:
        keys: The keys below which it is.
    """

    keys: tuple[str | int, ...]
    sentence: str


def shorten(text: str) -> str:
    """Give a text as a sentence can hold it."""
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def read_yaml(text: str, name: str) -> YamlText:
    """Read a text.

    Raises:
        Invalid: It is no YAML, or more than a profile can be; the sentence names the line.
    """
    if len(text) > LONGEST_YAML:
        raise Invalid(f"{name} has more than {LONGEST_YAML:,} letters; a profile is much shorter.")
    try:
        loader = _Loader(text)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _no_yaml(name, line, f"the character U+{error.character:04X} cannot stand in YAML") from error
    try:
        root = loader.get_single_node()
        return YamlText(None if root is None else loader.construct_document(root), root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _no_yaml(name, mark.line + 1 if mark else 1, error.problem or str(error.context)) from error
    except (ValueError, OverflowError) as error:
        raise _no_yaml(name, loader.line + 1, "an escape stands for no letter") from error


def _no_yaml(name: str, line: int, problem: str) -> Invalid:
    return Invalid(f"{name} is no valid YAML, line {line}: {' '.join(problem.split())}.")


def _below(node: yaml.Node | None) -> Iterator[tuple[yaml.Node | int, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from node.value
    elif isinstance(node, yaml.SequenceNode):
        yield from enumerate(node.value)


class _Loader(yaml.SafeLoader):
    """Reads each scalar as the text that stands there, so that 0123, 12:30 and `no` stay what they are.

    A key that stands twice is refused, as the first would be lost without a word.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 - YAML's own
        first: [(tag, pattern) for tag, pattern in resolvers if tag == _NOTHING]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0
        self._parts = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]
        if self.check_event(yaml.AliasEvent):
            raise _fault("an alias (*) is not read here; write out what it stands for", event)
        self._depth += 1
        self._parts += 1
        if self._depth > _DEEPEST:
            raise _fault(f"it is nested more than {_DEEPEST} deep", event)
        if self._parts > _MOST_PARTS:
            raise _fault(f"it has more than {_MOST_PARTS:,} parts", event)
        node = super().compose_node(parent, index)
        self._depth -= 1
        if node is not None:
            _check(node)
        return node


def _check(node: yaml.Node) -> None:
    if node.tag not in _KNOWN_TAGS:
        raise _fault(f"the tag {node.tag} is not read here; leave it out", node)
    if isinstance(node, yaml.ScalarNode):
        _check_text(node)
    elif isinstance(node, yaml.MappingNode):
        _check_keys(node)


def _check_text(node: yaml.ScalarNode) -> None:
    if len(node.value) > _LONGEST_TEXT:
        raise _fault(f"a text has more than {_LONGEST_TEXT:,} letters", node)
    if "\0" in node.value or any("\ud800" <= letter <= "\udfff" for letter in node.value):
        raise _fault("a text has a letter that no log can have (NUL, or half of a pair)", node)


def _check_keys(node: yaml.MappingNode) -> None:
    seen = set()
    for key, _ in node.value:
        if key.tag != _TEXT or not isinstance(key, yaml.ScalarNode):
            raise _fault("a key is no text", key)
        if key.value in seen:
            raise _fault(f'"{key.value}" stands twice', key)
        seen.add(key.value)


def _fault(problem: str, at: yaml.Event | yaml.Node) -> yaml.MarkedYAMLError:
    mark: Any = at.start_mark  # one of YAML's two kinds of marks; its types know one
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)
