"""The profile language as a JSON schema, by which editors complete and check what is typed."""

import json

from audit.logs.profiles.language import Profile

_SAID = (
    "A profile of a source of access logs. Texts may stand without quotation marks: they are taken as they are written."
)


def profile_schema() -> str:
    """Give the schema, as the text of its file."""
    schema = Profile.model_json_schema(mode="validation")
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_as_written(schema)}
    whole |= {"title": "Profile of a log source", "description": _SAID}
    return f"{json.dumps(whole, indent=2)}\n"


def _as_written(part: dict[str, object]) -> dict[str, object]:
    """Let numbers, `yes` and `no` stand where a text is wanted: in a profile they are texts."""
    found = {key: _of(value) for key, value in part.items() if key != "default"}
    if found.get("type") == "string" and "enum" not in found:
        found["type"] = ["string", "number", "boolean"]
    return found


def _of(value: object) -> object:
    if isinstance(value, dict):
        return _as_written(value)
    return [_of(one) for one in value] if isinstance(value, list) else value
