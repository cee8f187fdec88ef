"""What is asked of a temporary duty, as somebody writes it, and the same once it is read and checked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from pydantic import BaseModel, Field

from access.import_rows import read_actions
from access.people_below import Reach
from access.rules import ACTIONS, normal_purposes
from config.errors import InvalidFields, Refusal
from config.when import read_when_it_ends, read_when_it_starts
from config.work import Work
from inventory.models import DataSeries
from inventory.queries import series_called

T = TypeVar("T")
_LONGEST_TEXT = 2_000


class DutyAsked(BaseModel):
    """A temporary duty as it is written: days are in the entity's zone, `actions` and `purposes` are lists with `;`."""

    employee_id: str = Field(default="", max_length=200, description="Who is to hold it.")
    series: str = Field(default="", max_length=500, description="Code or exact name of the data series.")
    actions: str = Field(default="*", max_length=200, description=f"`*`, or some of {', '.join(ACTIONS)}.")
    purposes: str = Field(default="", max_length=_LONGEST_TEXT, description="What for; empty = any purpose.")
    start: str = Field(default="", max_length=100, description="From when on; empty = from now on.")
    end: str = Field(default="", max_length=100, description="Until when; of a day its last moment counts.")
    reason: str = Field(default="", max_length=_LONGEST_TEXT, description="Why they need it; it is kept.")


@dataclass(frozen=True)
class DutyTerms:
    """A temporary duty that can be granted, during [start, end)."""

    employee_id: str
    employee_name: str
    series: str
    series_name: str
    actions: str
    purposes: str
    start: datetime
    end: datetime
    reason: str


def read_duty_terms(work: Work, asked: DutyAsked, *, reach: Reach) -> DutyTerms:
    """Read and check what is asked of a duty.

    Args:
        reach: Whom the one who asks may know of.

    Raises:
        NotFound: There is no such employee among these.
        InvalidFields: Something cannot be used; all that cannot is named.
    """
    employee = reach.find(work.session, asked.employee_id)
    reader = _Reader(work)
    series = reader.series(asked.series)
    actions = reader.actions(asked.actions)
    start = reader.field("start", lambda: _start(work, asked.start))
    end = reader.end(asked.end)
    if start is not None and end is not None and (fault := period_fault(work, start, end)):
        reader.faults["end"] = fault
    if not asked.reason.strip():
        reader.faults["reason"] = "Say why they need it; the reason is kept."
    if reader.faults or series is None or start is None or end is None:
        raise InvalidFields(reader.faults)
    return DutyTerms(
        employee.employee_id,
        employee.name,
        series.code,
        series.name,
        actions,
        normal_purposes(asked.purposes),
        start,
        end,
        asked.reason.strip(),
    )


def read_new_end(work: Work, text: str) -> datetime:
    """Read until when a duty is to hold.

    Raises:
        InvalidFields: It cannot be read.
    """
    reader = _Reader(work)
    end = reader.end(text)
    if end is None:
        raise InvalidFields(reader.faults)
    return end


def period_fault(work: Work, start: datetime, end: datetime) -> str:
    """Say what is wrong with the period of a duty; empty where nothing is."""
    if end <= start:
        return "A duty ends after it begins; give a later end."
    first, last = (one.astimezone(work.zone).date() for one in (start, end - timedelta(microseconds=1)))
    longest = work.settings.longest_duty_days
    if (last - first).days > longest:
        return f"A duty lasts at most {longest} days; give an earlier end, or have the work access itself changed."
    return ""


def is_backdated(work: Work, start: datetime) -> bool:
    """Say whether a duty that starts then is entered later than its grace allows."""
    return start < work.now - work.settings.graces().temporary_duty


class _Reader:
    """Reads fields, and keeps what is wrong with each."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.faults = dict[str, str]()

    def field(self, name: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except Refusal as refusal:
            self.faults[name] = str(refusal)
        except ValueError as error:
            self.faults[name] = f"This cannot be read; expected {error}."
        return None

    def series(self, text: str) -> DataSeries | None:
        if not text.strip():
            self.faults["series"] = "Choose the data series that they are to reach."
            return None
        return self.field("series", lambda: series_called(self._work.session, text, self._work.now))

    def actions(self, text: str) -> str:
        actions, _ = read_actions(text)
        if not actions:
            self.faults["actions"] = f"Choose what they may do: * for all, or some of {', '.join(ACTIONS)}."
        return actions

    def end(self, text: str) -> datetime | None:
        if not text.strip():
            self.faults["end"] = "Say until when; a temporary duty has an end."
            return None
        return self.field("end", lambda: read_when_it_ends(text, self._work.zone, self._work.now))


def _start(work: Work, text: str) -> datetime:
    return read_when_it_starts(text, work.zone, work.now) if text.strip() else work.now
