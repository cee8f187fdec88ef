"""What a later roster changes for one person: employment and positions on the day as of which the list is complete.

Nothing here knows files or the record. Every period is [start, end) in UTC; None is open.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from access.stated import StatedAssignment, StatedEmployment

_Held = TypeVar("_Held", StatedEmployment, StatedAssignment)
# So long a personnel department may go on listing somebody whose separation it has recorded.
_STILL_LISTED = timedelta(days=31)


class Listed(NamedTuple):
    """A person on the roster, all rows that name them taken together.

    Args:
        hired: The hire dates that they give, none where they give none.
        positions: The codes of the positions that they give.
    """

    employee_id: str
    hired: Collection[datetime]
    positions: Collection[str]


class Recorded(NamedTuple):
    """What stands about a person before the roster.

    Args:
        missed: Those of the employments that ended because an earlier roster did not list the person.
    """

    employments: Sequence[StatedEmployment] = ()
    assignments: Sequence[StatedAssignment] = ()
    missed: Collection[StatedEmployment] = ()


class News(Enum):
    """What a roster says of a person's employment."""

    STAYS = auto()
    HIRED = auto()
    BACK = auto()
    HIRE_DATE_CORRECTED = auto()
    HIRE_DATE_UNCLEAR = auto()
    SEPARATED_YET_LISTED = auto()
    LEFT = auto()


class Changed(NamedTuple):
    """A recorded period that becomes another one; None where it is withdrawn, as it would not hold for a moment."""

    before: StatedEmployment | StatedAssignment
    after: StatedEmployment | StatedAssignment | None


class Turn(NamedTuple):
    """What changes for one person.

    Args:
        news: What the roster says of the employment.
        begun: The employment that begins, if one does.
        assignments: By position's code, the assignment that stands by the roster, recorded or new.
        changed: What is recorded and changes.
        entered: The codes of the positions that begin.
        left: The codes of the positions that end.
    """

    news: News
    begun: StatedEmployment | None = None
    assignments: Mapping[str, StatedAssignment] = MappingProxyType({})
    changed: tuple[Changed, ...] = ()
    entered: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def turn(listed: Listed, recorded: Recorded, day: datetime) -> Turn:
    """Say what a roster changes for somebody whom it lists.

    * Whoever is new begins with the hire date, else with the day.
    * Whoever left begins again with a hire date after the separation, else with the day. Not so where the separation
      was recorded otherwise than by an earlier roster's silence, and lately: exports list leavers to the month's end.
    * Whoever works here stays. A hire date that is none of those recorded corrects the one that is, and what began with
      it, unless it lies after the day or reaches into an earlier employment: then it is left as it is.
    * A position that is not held on the day begins then, up to where it was planned to begin. One that is held then and
      not listed ends before the day. What begins only later is left as it is.

    Args:
        listed: The person.
        recorded: What stands.
        day: The first moment of the day as of which the roster is complete.
    """
    if not recorded.employments:
        since = min(listed.hired, default=day)
        return _turn(News.HIRED, listed, recorded, _Times(since, day), begins=since)
    if all(employment.end is not None and employment.end <= day for employment in recorded.employments):
        return _after_separation(listed, recorded, day)
    return _while_employed(listed, recorded, day)


def turn_of_missing(recorded: Recorded, day: datetime) -> Turn | None:
    """Say what a complete roster changes for somebody whom it does not list; None where they do not work here then.

    What begins only later is left as it is.
    """
    if not is_employed(recorded.employments, day):
        return None
    left = [assignment for assignment in recorded.assignments if _holds(assignment, day)]
    ended = [employment for employment in recorded.employments if _holds(employment, day)]
    return Turn(
        News.LEFT,
        changed=(
            *(Changed(held, _cut(held, day)) for held in ended),
            *(Changed(held, _cut(held, day)) for held in left),
        ),
        left=tuple(dict.fromkeys(assignment.position_code for assignment in left)),
    )


def is_employed(employments: Sequence[StatedEmployment], day: datetime) -> bool:
    """Say whether somebody's employment holds at the first moment of a day."""
    return any(_holds(employment, day) for employment in employments)


class _Times(NamedTuple):
    """From when a person's positions count anew, the roster's day, and how a corrected hire date moves beginnings."""

    since: datetime
    day: datetime
    corrected: tuple[datetime, datetime] | None = None

    @property
    def looked_at(self) -> datetime:
        """The moment at which positions are held or not."""
        return max(self.since, self.day)


def _after_separation(listed: Listed, recorded: Recorded, day: datetime) -> Turn:
    last = max(recorded.employments, key=lambda employment: employment.end or day)
    separated = last.end or day
    again = min((hired for hired in listed.hired if hired >= separated), default=None)
    if again is None and last not in recorded.missed and day - separated <= _STILL_LISTED:
        held = {assignment.position_code: assignment for assignment in recorded.assignments}
        return Turn(News.SEPARATED_YET_LISTED, assignments=held)
    since = again or day
    return _turn(News.BACK, listed, recorded, _Times(since, day), begins=since)


def _while_employed(listed: Listed, recorded: Recorded, day: datetime) -> Turn:
    lasting = (employment for employment in recorded.employments if employment.end is None or employment.end > day)
    standing = min(lasting, key=lambda employment: employment.start or datetime.min.replace(tzinfo=day.tzinfo))
    since = max(standing.start or day, day)
    news = _news_of_hire_date(listed, recorded, standing, day)
    if news is not News.HIRE_DATE_CORRECTED:
        return _turn(news, listed, recorded, _Times(since, day))
    hired = min(listed.hired)
    corrected = (standing.start, hired) if standing.start else None
    turned = _turn(news, listed, recorded, _Times(max(hired, day), day, corrected))
    return turned._replace(changed=(Changed(standing, standing._replace(start=hired)), *turned.changed))


def _news_of_hire_date(listed: Listed, recorded: Recorded, standing: StatedEmployment, day: datetime) -> News:
    # of somebody who came back, an export may go on giving the first hire date
    if not listed.hired or any(employment.start in listed.hired for employment in recorded.employments):
        return News.STAYS
    hired = min(listed.hired)
    earlier = (employment for employment in recorded.employments if employment is not standing)
    if hired > day or any(employment.end is None or hired < employment.end for employment in earlier):
        return News.HIRE_DATE_UNCLEAR
    return News.HIRE_DATE_CORRECTED


def _turn(news: News, listed: Listed, recorded: Recorded, times: _Times, begins: datetime | None = None) -> Turn:
    held = [assignment for assignment in recorded.assignments if _holds(assignment, times.looked_at)]
    stands = {assignment.position_code: assignment for assignment in held}
    left = tuple(code for code in stands if code not in listed.positions)
    entered = tuple(code for code in listed.positions if code not in stands)
    for code in entered:
        planned = _planned(recorded.assignments, code, times.since)
        stands[code] = StatedAssignment(listed.employee_id, code, times.since, planned, None)
    versions = ((assignment, _version(assignment, left, times)) for assignment in recorded.assignments)
    return Turn(
        news,
        begun=StatedEmployment(listed.employee_id, begins, None) if begins else None,
        assignments=stands,
        changed=tuple(Changed(before, after) for before, after in versions if after != before),
        entered=entered,
        left=left,
    )


def _version(assignment: StatedAssignment, left: Collection[str], times: _Times) -> StatedAssignment | None:
    """Give what becomes of a recorded assignment."""
    version = _with_corrected_start(assignment, times)
    if assignment.position_code not in left or not _holds(assignment, times.looked_at):
        return version
    # before somebody is back, what was left open held only while the person was employed
    early = assignment.start is None or assignment.start < times.since
    return _cut(version, times.since if early else times.looked_at)


def _with_corrected_start(assignment: StatedAssignment, times: _Times) -> StatedAssignment:
    if times.corrected is None or assignment.start != times.corrected[0]:
        return assignment
    start = times.corrected[1]
    return assignment if assignment.end is not None and assignment.end <= start else assignment._replace(start=start)


def _planned(assignments: Sequence[StatedAssignment], code: str, since: datetime) -> datetime | None:
    starts = (assignment.start for assignment in assignments if assignment.position_code == code)
    return min((start for start in starts if start is not None and start > since), default=None)


def _holds(held: StatedEmployment | StatedAssignment, moment: datetime) -> bool:
    return (held.start is None or held.start <= moment) and (held.end is None or moment < held.end)


def _cut(held: _Held, end: datetime) -> _Held | None:
    return None if held.start is not None and held.start >= end else held._replace(end=end)
