"""As of which day facts are shown, and as known when: the two clocks of every list of facts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Query

from config.clock import end_of, local_text, read_moment, read_start, start_of
from config.errors import Invalid
from config.work import Work

_TICK = timedelta(microseconds=1)

AsOfText = Annotated[
    str,
    Query(max_length=60, pattern=r"^[^\x00]*$", description="A day or an instant at which facts hold; empty = now."),
]
KnownAtText = Annotated[
    str,
    Query(
        max_length=60,
        pattern=r"^[^\x00]*$",
        description="As it was known here then; of a day, its beginning; empty = now.",
    ),
]


@dataclass(frozen=True)
class AsOf:
    """Facts that hold at some moment of [start, end), as known at an instant.

    Args:
        known_at: None = now.
        day: What was asked for, as the field of a form shows it.
        known: The same of the other clock.
    """

    start: datetime
    end: datetime
    known_at: datetime | None
    zone: ZoneInfo
    day: str = ""
    known: str = ""

    def holds(self, start: datetime | None, end: datetime | None) -> bool:
        """Say whether a period [start, end), None = open, has a moment in common with what is asked."""
        return (start is None or start < self.end) and (end is None or end > self.start)

    def __str__(self) -> str:
        """Say both to a person."""
        day = self.start.astimezone(self.zone)
        held = f"as of {day.day} {day:%B %Y}" if self.end - self.start > _TICK else self._at()
        known = f", as known at {local_text(self.known_at.replace(microsecond=0), self.zone)}" if self.known_at else ""
        return f"{held}{known} ({self.zone.key})"

    def _at(self) -> str:
        return f"as of {local_text(self.start.replace(microsecond=0), self.zone)}" if self.day else "as of now"


def read_as_of(work: Work, day: str = "", known: str = "") -> AsOf:
    """Read as of which day, and as known when, facts are wanted.

    Raises:
        Invalid: A date cannot be read, or what will be known later is asked for.
    """
    start, end = (work.now, work.now + _TICK) if not day.strip() else _moments(day, work.zone)
    return AsOf(start, end, _known_at(work, known), work.zone, day.strip(), known.strip())


def _moments(text: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    try:
        moment = read_moment(text)
        start = start_of(moment, zone)
        end = start + _TICK if isinstance(moment, datetime) else end_of(moment, zone)
    except ValueError as error:
        raise Invalid(f'"{text}" cannot be read; expected {error}.') from error
    return start, end


def _known_at(work: Work, text: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        known_at = read_start(text, work.zone)
    except ValueError as error:
        raise Invalid(f'"{text}" cannot be read; expected {error}.') from error
    if known_at > work.now:
        raise Invalid(f'What will be known at "{text}" cannot be told yet; ask for a time that has passed.')
    return known_at
