"""The schema of profiles that editors use is that of the language.

`python -m tests.audit.logs.test_profile_schema` writes it anew.
"""

import json
from pathlib import Path

from audit.logs.profiles import schema
from audit.logs.profiles.schema import profile_schema

FILE = Path(schema.__file__).parent / "profile.schema.json"


def test_the_schema_for_editors_is_that_of_the_language() -> None:
    assert FILE.read_text("utf-8") == profile_schema()


def test_the_schema_takes_a_bare_name_for_a_place_and_texts_without_quotation_marks() -> None:
    said = json.loads(profile_schema())

    place = said["properties"]["fields"]["additionalProperties"]["anyOf"]
    assert {"type": ["string", "number", "boolean"]} in place
    assert said["additionalProperties"] is False


if __name__ == "__main__":
    FILE.write_text(profile_schema(), "utf-8")
