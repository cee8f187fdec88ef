"""Time zones by their names."""

from zoneinfo import ZoneInfo

from config.errors import Invalid

_MOST_SHOWN = 80


def read_zone(name: str) -> ZoneInfo:
    """Read a time zone's name.

    Raises:
        Invalid: There is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise Invalid(f'"{name[:_MOST_SHOWN]}" is no time zone; write one such as America/Chicago or UTC.') from error
