"""What a later roster's receipt tells: who was hired, left or moved, and what a careful clerk would stop at."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from access.later_roster import LaterRoster, Outcome
from access.near_names import KnownNames
from access.roster_people import normal_name
from access.roster_turns import News
from access.stated import StatedEmployee, StatedEmployment, StatedPosition
from config.clock import MOMENT, day_text
from config.tables.listings import Entry, Listing, Stop
from config.texts import counted, listed

_TENTH = 10
_SHOWN = 5
_FEWEST_OF_A_DEPARTMENT = 2


@dataclass(frozen=True)
class Told:
    """What the receipt needs beside the outcome.

    Args:
        zone: In which days are said.
        rows: By employee, the first row of the file that was taken.
        names: By employee, the recorded name; for those whom the roster brings, its name.
        positions: By code.
        restated: Those whose row changes name or manager: what stood and what is stated.
        known_positions: Those that were recorded before.
        last_roster: The first moment of the day of the newest roster before; None where none says it.
        accounts_of: Gives system and login of the accounts of some employees.
    """

    zone: ZoneInfo
    rows: Mapping[str, int]
    names: Mapping[str, str]
    positions: Mapping[str, StatedPosition]
    restated: Sequence[tuple[StatedEmployee, StatedEmployee]]
    known_positions: Sequence[StatedPosition]
    last_roster: datetime | None
    accounts_of: Callable[[Collection[str]], Mapping[str, Sequence[tuple[str, str]]]]


class RosterNews:
    """Tells what a later roster comes to."""

    def __init__(self, roster: LaterRoster, outcome: Outcome, told: Told) -> None:
        self._roster, self._outcome, self._told = roster, outcome, told

    def summary(self) -> str:
        """Count in one sentence what the file's rows do not tell."""
        counted = [
            f"{len(self._outcome.of_news(News.HIRED)):,} hired",
            f"{len(self._outcome.left):,} left",
            f"{len(self._outcome.of_news(News.BACK)):,} back",
            f"{len(self._moved):,} moved",
            f"{len(self._renamed):,} renamed",
            f"{len(self._with_new_manager):,} with a new manager",
        ]
        partial = ", partial" if self._roster.partial else ""
        return f"As of {self._day(self._roster.day)}{partial}: {', '.join(counted)}."

    def listings(self) -> list[Listing]:
        """List who is concerned, the gravest first."""
        return [
            Listing("left", [self._left(person) for person in self._outcome.left], self._last_day()),
            Listing("logins of those who left", list(self._logins()), "they stay open until somebody closes them"),
            Listing("hired", [self._begun(person, News.HIRED) for person in self._outcome.of_news(News.HIRED)]),
            Listing("back", [self._begun(person, News.BACK) for person in self._outcome.of_news(News.BACK)]),
            Listing("moved", [self._move(person) for person in self._moved], f"from {self._day(self._roster.day)} on"),
            Listing("renamed", [self._rename(was, now) for was, now in self._renamed]),
            Listing("with a new manager", [self._manager(was, now) for was, now in self._with_new_manager]),
            *self._hire_dates(),
            Listing("not ended", list(self._spared()), "they are not listed, but a refused row may be theirs"),
            Listing("new departments", _near(self._new_departments, self._known_departments)),
            Listing("new titles", _near(self._new_titles, self._known_titles)),
        ]

    def stops(self) -> list[Stop]:
        """Give at what a careful clerk would stop."""
        employed = self._roster.employed_before
        left = len(self._outcome.left)
        added = [*self._outcome.of_news(News.HIRED), *self._outcome.of_news(News.BACK)]
        day_before = self._day(self._roster.day - MOMENT)
        of_all = f"of the {employed:,} people who worked here on {day_before}"
        stops = []
        if left * _TENTH > employed:
            sentence = f"{left:,} {of_all} are not listed and would have left, which is more than a tenth"
            stops.append(Stop(f"{sentence}; a list of some of them only is partial.", needs_yes=True))
        if len(added) * _TENTH > employed:
            sentence = f"{len(added):,} people would begin, which is more than a tenth {of_all}"
            stops.append(Stop(f"{sentence}; check that ids or names are those of earlier files.", needs_yes=True))
        return [*stops, *self._hired_after_the_day(), *self._with_another_name(), *self._departments_left_empty()]

    @cached_property
    def _known_titles(self) -> KnownNames:
        return KnownNames(position.title for position in self._told.known_positions)

    @cached_property
    def _known_departments(self) -> KnownNames:
        return KnownNames(position.department for position in self._told.known_positions)

    @cached_property
    def _new_titles(self) -> list[str]:
        return _unknown((position.title for position in self._told.positions.values()), self._known_titles)

    @cached_property
    def _new_departments(self) -> list[str]:
        return _unknown((position.department for position in self._told.positions.values()), self._known_departments)

    @cached_property
    def _moved(self) -> list[str]:
        staying = {News.STAYS, News.HIRE_DATE_CORRECTED, News.HIRE_DATE_UNCLEAR}
        turns = ((employee_id, turned) for employee_id, turned in self._outcome.turns.items() if turned.news in staying)
        return [employee_id for employee_id, turned in turns if turned.entered or self._left_positions(employee_id)]

    @cached_property
    def _renamed(self) -> list[tuple[StatedEmployee, StatedEmployee]]:
        return [(was, now) for was, now in self._told.restated if normal_name(was.name) != normal_name(now.name)]

    @cached_property
    def _with_new_manager(self) -> list[tuple[StatedEmployee, StatedEmployee]]:
        return [(was, now) for was, now in self._told.restated if was.manager_id != now.manager_id]

    def _left(self, employee_id: str) -> Entry:
        return Entry(None, self._named(employee_id), self._in_words(self._outcome.left[employee_id].left))

    def _last_day(self) -> str:
        return f"the last day was {self._day(self._roster.day - MOMENT)}"

    def _logins(self) -> Iterator[Entry]:
        accounts = self._told.accounts_of(self._outcome.left)
        for employee_id in self._outcome.left:
            for system, login in accounts.get(employee_id, ()):
                yield Entry(None, f"{login} in {system}", now=self._named(employee_id))

    def _begun(self, employee_id: str, news: News) -> Entry:
        turned = self._outcome.turns[employee_id]
        start = turned.begun.start if turned.begun else None
        since = f" since {self._day(start)}" if start else ""
        surprise = ""
        if news is News.HIRED and start and self._told.last_roster and start < self._told.last_roster:
            surprise = f", though not on the roster of {self._day(self._told.last_roster)}"
        positions = self._in_words(turned.entered)
        return Entry(self._told.rows[employee_id], self._named(employee_id), now=f"{positions}{since}{surprise}")

    def _move(self, employee_id: str) -> Entry:
        left = self._in_words(self._left_positions(employee_id)) or "no other position"
        entered = self._in_words(self._outcome.turns[employee_id].entered) or "nothing in its place"
        return Entry(self._told.rows[employee_id], self._named(employee_id), left, entered)

    def _left_positions(self, employee_id: str) -> Sequence[str]:
        return () if employee_id in self._outcome.spared else self._outcome.turns[employee_id].left

    def _manager(self, was: StatedEmployee, now: StatedEmployee) -> Entry:
        names = [self._named(manager) if manager else "nobody" for manager in (was.manager_id, now.manager_id)]
        return Entry(self._told.rows[now.employee_id], self._named(now.employee_id), *names)

    def _rename(self, was: StatedEmployee, now: StatedEmployee) -> Entry:
        return Entry(self._told.rows[now.employee_id], now.employee_id, was.name, now.name)

    def _hire_dates(self) -> Iterator[Listing]:
        for news, name, advice in _ABOUT_HIRE_DATES:
            entries = [self._employed(employee_id) for employee_id in self._outcome.of_news(news)]
            yield Listing(name, entries, advice)

    def _employed(self, employee_id: str) -> Entry:
        periods = [self._period(employment) for employment in self._roster.recorded[employee_id].employments]
        said = ", ".join(self._day(hired) for hired in sorted(self._roster.listed[employee_id].hired))
        row = self._told.rows[employee_id]
        return Entry(row, self._named(employee_id), listed(periods, _SHOWN), f"hired {said}" if said else "listed")

    def _period(self, employment: StatedEmployment) -> str:
        start = self._day(employment.start) if employment.start else "ever"
        return f"since {start}" if employment.end is None else f"{start} to {self._day(employment.end - MOMENT)}"

    def _spared(self) -> Iterator[Entry]:
        for employee_id in self._roster.missing:
            if employee_id in self._outcome.spared:
                yield Entry(None, self._named(employee_id), self._in_words(self._roster.missing[employee_id].left))

    def _hired_after_the_day(self) -> Iterator[Stop]:
        day = self._roster.day
        later = [person for person, listed_as in self._roster.listed.items() if min(listed_as.hired, default=day) > day]
        if later:
            people = counted(len(later), "person is", "people are")
            yield Stop(
                f"{people} listed as hired after {self._day(self._roster.day)} "
                f"({listed([self._named(person) for person in later], _SHOWN)}); check that this is the roster's day."
            )

    def _with_another_name(self) -> Iterator[Stop]:
        """Find who is new as somebody is missing who was hired on the same day into the same position."""
        missing: dict[tuple[datetime | None, str], list[str]] = defaultdict(list)
        for employee_id, turned in self._outcome.left.items():
            for employment in self._roster.recorded[employee_id].employments:
                for code in turned.left:
                    missing[employment.start, code].append(employee_id)
        for employee_id in self._outcome.of_news(News.HIRED):
            listed_as = self._roster.listed[employee_id]
            places = ((hired, code) for hired in listed_as.hired for code in listed_as.positions)
            same = next(filter(None, (missing.get(place) for place in places)), None)
            if same:
                yield Stop(
                    f"{self._named(employee_id)} is new and {self._named(same[0])} is not listed any more, with the "
                    "same hire date and position; if that is one person, give row "
                    f"{self._told.rows[employee_id]} the employee_id {same[0]}."
                )

    def _departments_left_empty(self) -> Iterator[Stop]:
        """Find departments all whose people are in a new one now: such a department was renamed, most likely."""
        new = set(self._new_departments)
        now = {self._department(code) for listed_as in self._roster.listed.values() for code in listed_as.positions}
        went: Counter[tuple[str, str]] = Counter()
        for employee_id in self._moved:
            entered = {self._department(code) for code in self._outcome.turns[employee_id].entered}
            for department in {self._department(code) for code in self._left_positions(employee_id)} - now:
                went.update((department, other) for other in entered & new)
        for (department, other), count in sorted(went.items()):
            if count >= _FEWEST_OF_A_DEPARTMENT:
                yield Stop(
                    f"Nobody is left in {department}; {count:,} people went from it to {other}, which is new. If only "
                    "its name changed, change it in the positions first: what the old name may reach they lose."
                )

    def _named(self, employee_id: str) -> str:
        name = self._told.names.get(employee_id, "")
        return f"{name} ({employee_id})" if name else employee_id

    def _in_words(self, codes: Sequence[str]) -> str:
        positions = (self._told.positions[code] for code in codes)
        return "; ".join(f"{position.title}, {position.department}" for position in positions)

    def _department(self, code: str) -> str:
        return self._told.positions[code].department

    def _day(self, instant: datetime) -> str:
        return day_text(instant.astimezone(self._told.zone).date())


_ABOUT_HIRE_DATES = (
    (
        News.HIRE_DATE_CORRECTED,
        "with another hire date",
        "the recorded one was corrected; whoever left and came back needs both employments",
    ),
    (
        News.HIRE_DATE_UNCLEAR,
        "with a hire date that does not fit",
        "it is later than the roster, or within an earlier employment, and was left as recorded",
    ),
    (
        News.SEPARATED_YET_LISTED,
        "listed after their separation",
        "they stay separated; whoever came back needs the new hire date",
    ),
)


def _unknown(names: Iterable[str], known: KnownNames) -> list[str]:
    """Give the names that are not known, each once."""
    return [name for name in dict.fromkeys(names) if name not in known]


def _near(names: Iterable[str], known: KnownNames) -> list[Entry]:
    near = ((name, known.nearest(name)) for name in names)
    return [Entry(None, name, now=f"did you mean {other}?" if other else "") for name, other in near]
