"""In which folder, or table, a resource of a log lies, so that what lies together can be shown together."""

import re

_FOLDER = re.compile(r".*[/\\#:]", re.DOTALL)  # logs write a record of a table as `table#17` or `table:17`


def folder_of(resource: str) -> str:
    """Give the folder or table in which a resource lies, with the sign that ends it; empty where it lies in none."""
    match = _FOLDER.match(resource.rstrip("/\\"))
    return match[0] if match else ""
