"""Refuse a log of which no record can be read: it is another log, or its source's profile is wrong."""

from audit.logs.formats.log_file import LogFile
from audit.logs.formats.resemblance import what_it_looks_like
from audit.logs.profiles.language import Profile
from audit.logs.stage_log import Counts
from config.errors import Invalid

_LINES_LOOKED_AT = 30


def refuse_unreadable(log: LogFile, profile: Profile, counts: Counts) -> None:
    """Refuse a log of several records if none can be read, saying what it looks like instead.

    A single record is kept as unreadable: it may be the broken one of a short log.

    Raises:
        Invalid: No record can be read.
    """
    if counts.read <= 1 or counts.unreadable < counts.read:
        return
    looks = what_it_looks_like(log.glimpse(_LINES_LOOKED_AT), profile.format) if log.is_text else None
    instead = f" It looks like {looks}." if looks else ""
    where = "what the source's profile says of times" if counts.without_time else "the source's format and profile"
    raise Invalid(
        f"No record of {log.name} can be read: the first of its {counts.read:,} {counts.first_fault}.{instead} "
        f"Nothing was imported; check that it is a log of this source, and {where}."
    )
