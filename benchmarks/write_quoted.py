"""Writes a log again as many programs export: each cell in quotes, and lines that end with CRLF."""

import csv
from pathlib import Path


def write_quoted(log: Path, path: Path) -> Path:
    """Write the log's cells so, unless that was done since the log was written, and give the path."""
    if path.exists() and path.stat().st_mtime >= log.stat().st_mtime:
        return path
    unfinished = path.with_suffix(".unfinished")
    with (
        log.open(encoding="utf-8", newline="") as plain,
        unfinished.open("w", encoding="utf-8", newline="") as quoted,
    ):
        csv.writer(quoted, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(csv.reader(plain))
    return unfinished.replace(path)
