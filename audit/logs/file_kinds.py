"""The kinds of files that the store of logs holds, and how what is at work on them is told by its name."""

from enum import StrEnum

# What the name of a file ends with while it is written, and until just before the commit of its receipt.
PARTIAL = ".partial"
# The end of the name of a folder into which archives are unpacked; in it, each file lies two folders deep, below the
# archive's name.
UNPACKED = ".thirteen-unpacked"
# Of which month a file is that was put together of all.
ALL_MONTHS = "all"


class FileKind(StrEnum):
    """What a file of the store holds; also the name of its folder."""

    EVENTS = "events"
    NAMES = "names"
    REJECTS = "rejects"
