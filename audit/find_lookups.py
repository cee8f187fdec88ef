"""Whether look-ups that somebody asks about are in the imported logs at all: to the second, by account and record."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from audit.logs.coverage import CoverageRequest, read_coverage
from audit.logs.judge_days import DayState, JudgedDay
from audit.logs.opened_logs import OpenedLogs
from audit.lookup_list import Lookup
from audit.masked_subjects import hide
from config.bulk import plain_faults
from config.clock import from_microseconds, local_text
from config.texts import compare_form
from config.work import Work

_AROUND = timedelta(minutes=1)
_EVENTS = """
    SELECT source, account, epoch_us(time), resource, subject, action, purpose
    FROM in_words('numbered_events') ORDER BY time, place
"""


class Presence(StrEnum):
    """What the imported logs say of a look-up."""

    FOUND = "found"
    NOT_THERE = "not_there"
    NOT_SEEN = "day_not_seen"
    REMOVED = "removed"

    @property
    def in_words(self) -> str:
        """The same for a cell."""
        return self.replace("_", " ")


@dataclass(frozen=True)
class LoggedAccess:
    """An access as its log has it; its time is in UTC."""

    account: str
    time: datetime
    resource: str
    subject: str
    action: str
    purpose: str

    def is_meant_by(self, lookup: Lookup) -> bool:
        """Say whether it is of the look-up's second, and of its record."""
        record = compare_form(lookup.record)
        is_then = self.time.replace(microsecond=0) in {one.replace(microsecond=0) for one in lookup.instants}
        return is_then and record in {compare_form(self.resource), compare_form(self.subject)}


@dataclass(frozen=True)
class LookupFound:
    """What the logs hold of a look-up.

    Args:
        said: The same in a sentence or two.
        accesses: Those that are meant; several where the log has them at this second.
    """

    presence: Presence
    said: str
    accesses: Sequence[LoggedAccess] = ()


def find_lookups(work: Work, logs: OpenedLogs, lookups: Sequence[Lookup]) -> list[LookupFound]:
    """Find look-ups in the logs that count now, each in those of its source.

    Raises:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
    """
    days = dict(_days(work, lookups))
    with plain_faults():
        near = _accesses_near(logs, lookups)
    return [
        _found(one, near.get((one.source, logs.form_of(one.source, one.account)), ()), days, work) for one in lookups
    ]


def _accesses_near(logs: OpenedLogs, lookups: Sequence[Lookup]) -> Mapping[tuple[str, str], Sequence[LoggedAccess]]:
    """Give the accesses around the look-ups, by source and account as it compares there."""
    wanted = {
        (one.source, logs.form_of(one.source, one.account), instant - _AROUND, instant + _AROUND)
        for one in lookups
        for instant in one.instants
    }
    near = defaultdict[tuple[str, str], list[LoggedAccess]](list)
    with logs.events_around(sorted(wanted)) as connection:
        for source, account, instant, *texts in connection.execute(_EVENTS).fetchall():
            access = LoggedAccess(account, from_microseconds(instant), *(text or "" for text in texts))
            near[source, logs.form_of(source, account)].append(access)
    return near


def _days(work: Work, lookups: Sequence[Lookup]) -> Iterator[tuple[tuple[str, date], JudgedDay]]:
    by_source = attrgetter("source")
    for source, of_source in groupby(sorted(lookups, key=by_source), key=by_source):
        days = [one.time.astimezone(work.zone).date() for one in of_source]
        request = CoverageRequest(source, min(days), max(days), usual=False)
        for coverage in read_coverage(work, request):
            yield from (((source, day.day), day) for day in coverage.days)


def _found(
    lookup: Lookup, near: Sequence[LoggedAccess], days: Mapping[tuple[str, date], JudgedDay], work: Work
) -> LookupFound:
    meant = [access for access in near if access.is_meant_by(lookup)]
    if meant:
        times = f", {len(meant):,} times at this second" if len(meant) > 1 else ""
        return LookupFound(Presence.FOUND, f"It is in the logs{times}.", meant)
    day = days.get((lookup.source, lookup.time.astimezone(work.zone).date()))
    if day is not None and day.state is DayState.REMOVED:
        said = "The accesses of this day were removed under a schedule, so it cannot be told whether this one was made."
        return LookupFound(Presence.REMOVED, said)
    if day is None or not day.events:
        said = "No record of this day arrived, so it cannot be told whether this access was made."
        return LookupFound(Presence.NOT_SEEN, said)
    return LookupFound(
        Presence.NOT_THERE, f"Records of this day arrived, and this access is not there.{_say_near(lookup, near, work)}"
    )


def _say_near(lookup: Lookup, near: Sequence[LoggedAccess], work: Work) -> str:
    """Say which access of the account is nearest, as a list may round its times or name its records otherwise."""
    twice = " The clock showed this time twice that night; it is at neither." if lookup.again else ""
    around = [one for one in near if lookup.apart(one.time) <= _AROUND]
    if not around:
        return twice
    nearest = min(around, key=lambda one: lookup.apart(one.time))
    when = local_text(nearest.time.replace(microsecond=0), work.zone)
    resource = hide(nearest.resource, compare_form(nearest.subject), "(masked)")  # nobody asked about this one
    return f"{twice} The nearest of this account within a minute is of {resource}, {when}."
