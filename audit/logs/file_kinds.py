"""The kinds of files that the store of logs holds, and how one is told that is still being written."""

from enum import StrEnum

# What the name of a file ends with while it is written, and until just before the commit of its receipt.
PARTIAL = ".partial"


class FileKind(StrEnum):
    """What a file of the store holds; also the name of its folder."""

    EVENTS = "events"
    NAMES = "names"
    REJECTS = "rejects"
