"""In which folder a resource of a log lies, so that what lies together can be shown together."""

import re

_FOLDER = re.compile(r".*[/\\]", re.DOTALL)


def folder_of(resource: str) -> str:
    """Give the folder in which a resource lies, with its last stroke; empty where it lies in none."""
    match = _FOLDER.match(resource.rstrip("/\\"))
    return match[0] if match else ""
