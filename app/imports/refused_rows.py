"""How many rows of an upload were refused."""

import csv
from pathlib import Path

from config.uploads.places import rejects_file


def count_refused(data_dir: Path, upload_id: str) -> int:
    """Count the rows of an upload that cannot be taken, as far as its preview tells."""
    refused = rejects_file(data_dir, upload_id)
    try:
        text = refused.read_text("utf-8")
    except FileNotFoundError:  # nothing was refused, or the preview is gone
        return 0
    return max(0, sum(1 for _ in csv.reader(text.splitlines(keepends=True))) - 1)  # the first row has the headings
