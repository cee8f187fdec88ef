"""Writes a profile to start from: fields guessed by their names, each guess marked, and what is open as comments."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from audit.logs.detecting.guess_fields import guess_actions, guess_names
from audit.logs.detecting.line_times import find_form
from audit.logs.detecting.told_values import kind_of_text
from audit.logs.profiles.language import CANONICAL, NEEDED, Canonical

_MOST_WORDS, _MOST_NAMED = 40, 60
_PLAIN = re.compile(r"[A-Za-z][\w.]*")
_WORDS_OF_YAML = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_FROM_NAME, _FROM_TEXTS = "guessed from its name", "guessed from its texts, which are times"


@dataclass(frozen=True)
class Proposal:
    """A profile to start from.

    Args:
        text: As YAML.
        fields: What was guessed: our field -> the file's.
        missing: Fields that a profile needs and that nothing was guessed for.
    """

    text: str
    fields: Mapping[str, str]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class _Guess:
    place: Any
    shown: str
    why: str
    others: tuple[str, ...] = ()


def propose_profile(
    of: str, options: Mapping[str, Any], columns: Mapping[str, Sequence[str]], connection: duckdb.DuckDBPyConnection
) -> Proposal:
    """Write a profile for a file.

    Args:
        of: What the file is called.
        columns: The file's fields, and their texts in the records that were looked at.
    """
    time, form, other = _guess_time(columns, connection)
    taken = {time.shown} if time else set()
    guesses: dict[Canonical, _Guess] = {"time": time} if time else {}
    for field in CANONICAL[1:]:
        named = [name for name in guess_names(field, list(columns)) if name not in taken]
        told = [name for name in named if any(not kind_of_text(text) for text in columns[name])]
        if told:
            guesses[field] = _Guess(told[0], told[0], _FROM_NAME, tuple(told[1:3]))
            taken.add(told[0])
    if found := next(
        (name for name in guess_names("event_id", list(columns)) if _is_id(columns[name], name, taken)), ""
    ):
        guesses["event_id"] = _Guess(found, found, f"{_FROM_NAME}, as no text stands there twice")
    missing = tuple(field for field in NEEDED if field not in guesses)
    action = guesses.get("action")
    words = Counter(filter(None, columns[action.shown])) if action else Counter[str]()
    lines = [*_above(of, options), *_fields(guesses, columns), *_times(form, other), *_actions(words)]
    return Proposal("\n".join(lines) + "\n", {name: guess.shown for name, guess in guesses.items()}, missing)


def _is_id(texts: Sequence[str], name: str, taken: set[str]) -> bool:
    return name not in taken and len(texts) > 1 and "" not in texts and len({*texts}) == len(texts)


def _guess_time(
    columns: Mapping[str, Sequence[str]], connection: duckdb.DuckDBPyConnection
) -> tuple[_Guess | None, str, str]:
    named = guess_names("time", list(columns))
    fitting = [(name, found) for name in named if (found := find_form(columns[name], connection))]
    if fitting:
        name, (form, other) = fitting[0]
        return _Guess(name, name, _FROM_NAME, tuple(one for one, _ in fitting[1:3])), form, other
    days = [name for name in columns if name.casefold().endswith("date")]
    clocks = [name for name in columns if name.casefold().endswith("time")]
    for day, clock in zip(days[:1], clocks[:1], strict=False):
        both = [f"{one} {two}" for one, two in zip(columns[day], columns[clock], strict=True)]
        if found := find_form(both, connection):
            return _Guess({"join": [day, clock]}, f"{day} and {clock}", "guessed from their names"), *found
    for name, texts in columns.items():
        if not all(re.fullmatch(r"[\d.]*", text) for text in texts) and (found := find_form(texts, connection)):
            return _Guess(name, name, _FROM_TEXTS), *found
    return None, "", ""


def _above(of: str, options: Mapping[str, Any]) -> Iterator[str]:
    yield f"about: {_quoted(f'Proposed for {of} from its first records; check each guess.')}"
    for key, value in options.items():
        yield f"{key}: {_quoted(value)}"
    yield "# records_what: views, changes or sign-ins? State the most that the source tells."


def _fields(guesses: Mapping[Canonical, _Guess], columns: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield "fields:"
    for field in ("event_id", *CANONICAL):
        guess = guesses.get(field)
        if guess is None:
            needed = "needed, and not guessed" if field in NEEDED else "not guessed; leave it out where there is none"
            yield f"  # {field}: {needed}"
            continue
        others = f"; or {', '.join(_comment(one) for one in guess.others)}?" if guess.others else ""
        yield f"  {field}: {_quoted(guess.place)}  # {guess.why}{others}"
    used = {guess.shown for guess in guesses.values()}
    if unused := [_comment(name) for name in columns if name not in used]:
        yield "  # Fields of the file that nothing is read from:"
        yield from (f"  #   {name}" for name in unused[:_MOST_NAMED])


def _times(form: str, other: str) -> Iterator[str]:
    if not form:
        yield "# times: the form of the times was not found; state it, such as"
        yield '#   formats: ["%m/%d/%Y %H:%M:%S"]'
        return
    yield "times:"
    if other:
        yield f"  # Every time reads as {other}, too: check which of its numbers is the month."
    yield f"  formats: [{_quoted(form)}]"


def _actions(words: Counter[str]) -> Iterator[str]:
    if not words:
        return
    if len(words) > _MOST_WORDS:
        yield f"# actions: the field has {len(words):,} texts; check that they are words for actions."
        return
    meant = guess_actions(words)
    if meant:
        yield "actions:  # guessed from the verbs in the words"
        for action, of in meant.items():
            yield f"  {action}: [{', '.join(map(_quoted, of))}]"
    known = {word for of in meant.values() for word in of}
    if left := [word for word in words if word not in known]:
        yield "# Not guessed, and so other, which only a grant of * covers:"
        yield from (f"#   {_comment(word)}" for word in left)


def _quoted(value: object) -> str:
    """Give a value as YAML on one line; JSON is such."""
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.casefold() not in _WORDS_OF_YAML:
        return value
    return json.dumps(value, ensure_ascii=False)


def _comment(text: str) -> str:
    return " ".join(text.split())[:80]
