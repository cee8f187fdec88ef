"""What every report says of itself: whose it is, when it was made, of which time, and as of which knowledge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from config.clock import MOMENT, local_text
from reports.days import range_in_words
from reports.sheets import CellValue, Section

MASKED = "Whom accesses are about is masked; equal ones of this workbook have equal masks."


@dataclass(frozen=True)
class About:
    """The circumstances of a report.

    Args:
        entity: The entity's name.
        zone: The zone in which it shows times.
        produced_at: When it was made.
        known_at: As people, assignments and access were known here then.
        as_of: The instant that a report about one instant is about.
        start: The first instant of the events a report counts; None = from the first event.
        end: Where they end, not included; None = to the last event.
        not_seen: What the logs that it rests on did not hold; empty where it rests on none.
        masks_subjects: Whom accesses are about is masked in it.
    """

    entity: str
    zone: ZoneInfo
    produced_at: datetime
    known_at: datetime
    as_of: datetime
    start: datetime | None = None
    end: datetime | None = None
    not_seen: str = ""
    masks_subjects: bool = False

    def say(self, instant: datetime) -> str:
        """Say an instant in the report's zone, to the second."""
        return f"{local_text(instant.replace(microsecond=0), self.zone)} ({self.zone})"

    def of_events(self) -> tuple[str, str]:
        """Say which events are counted, as a fact of a cover."""
        return "Accesses counted", self.of_range(self.start, self.end)

    def of_range(self, start: datetime | None, end: datetime | None) -> str:
        """Say from when to when the accesses of [start, end) are."""
        return range_in_words(start, end, self.zone)

    def of_months(self) -> tuple[str, str]:
        """Say which months are reported, as a fact of a cover."""
        first, last = self.months()
        return "Months", f"from {first or 'the first'} to {last or 'the last'}" if first or last else "all"

    def months(self) -> tuple[str | None, str | None]:
        """Give the first and the last month that the range of events touches, as YYYY-MM; None where it is open."""
        last_instant = self.end - MOMENT if self.end else None
        return self._month_of(self.start), self._month_of(last_instant)

    def _month_of(self, instant: datetime | None) -> str | None:
        return f"{instant.astimezone(self.zone):%Y-%m}" if instant else None

    def of_instant(self) -> tuple[str, str]:
        """Say which instant the report is about, as a fact of a cover."""
        return "As of", self.say(self.as_of)

    def section(self, *more: tuple[str, CellValue], paragraphs: Sequence[str] = ()) -> Section:
        """Lay out the first section of a cover."""
        facts = [
            ("Entity", self.entity),
            *more,
            ("As known here on", self.say(self.known_at)),
            ("Produced", self.say(self.produced_at)),
        ]
        return Section(facts=facts, paragraphs=[*paragraphs, *([self.not_seen] if self.not_seen else [])])
