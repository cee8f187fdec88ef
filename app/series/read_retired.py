"""The day from which a series is retired, as forms and JSON write it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from config.clock import read_start
from config.errors import InvalidFields


def read_retired(text: str, zone: ZoneInfo) -> datetime | None:
    """Read the day from which a series is retired; None where the text is empty.

    Raises:
        InvalidFields: It is no date.
    """
    try:
        return read_start(text, zone) if text.strip() else None
    except ValueError as error:
        raise InvalidFields({"retired": f'"{text}" cannot be read; expected {error}.'}) from error


def retired_day(retired: datetime | None, zone: ZoneInfo) -> str:
    """Write it: the day, or empty."""
    return "" if retired is None else f"{retired.astimezone(zone):%Y-%m-%d}"
