"""Say which action a word of a source's logs means, as its profile then does."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import yaml
from sqlmodel import Session

from access.rules import ACTIONS
from audit.logs.find_source import find_source
from audit.logs.models import Source
from audit.logs.profiles.yaml_text import read_yaml
from audit.logs.sources import SourceChange, profile_of, set_source
from config.errors import InvalidFields
from config.texts import compare_form
from inventory.bracket_patterns import literal_pattern

_WIDTH = 120


@dataclass(frozen=True)
class ActionAnswer:
    """Which of our actions a word of a source's logs means."""

    source: str
    word: str
    meaning: str


def map_action(session: Session, answer: ActionAnswer, *, now: datetime, by: str) -> Source:
    """Correct a source's profile so that a word has a meaning; logs that were imported stay as they were read.

    The profile's text is written anew from what it says, so that comments in it are not kept.

    Raises:
        NotFound: There is no such source.
        InvalidFields: The meaning is none.
        Invalid: The profile would be none.
    """
    meaning = answer.meaning.strip()
    if meaning not in ACTIONS:
        raise InvalidFields({"meaning": f"Choose one of {', '.join(ACTIONS)}."})
    if not compare_form(answer.word):
        raise InvalidFields({"word": "Give the word as the logs have it."})
    said = _said(find_source(session, answer.source))
    words = {key: _without(spelled, answer.word) for key, spelled in dict(said.get("actions") or {}).items()}
    words[meaning] = [*words.get(meaning, []), literal_pattern(answer.word.strip())]
    said["actions"] = words
    text = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=_WIDTH)
    return set_source(session, answer.source, SourceChange(profile=text), now=now, by=by)


def _said(source: Source) -> dict[str, Any]:
    """Give what a source's profile says; where it has none, what that of the canonical names would say."""
    if source.profile:
        said: Any = read_yaml(source.profile, source.name).said
        if "actions" not in said:
            said["actions"] = _actions(source)
        return dict(said)
    profile = profile_of(source)
    fields = {name: name for name in profile.fields}
    return {"format": profile.format, "fields": fields, "actions": _actions(source)}


def _actions(source: Source) -> dict[str, list[str]]:
    return {action: list(words) for action, words in profile_of(source).actions.items()}


def _without(spelled: Any, word: str) -> list[str]:  # noqa: ANN401 - a list of texts, or nothing
    """Give the words of a meaning but for one, which is to mean something else."""
    form = compare_form(literal_pattern(word.strip()))
    return [one for one in spelled or () if compare_form(one) != form]
