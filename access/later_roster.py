"""A roster that comes when people are recorded already: a list of everybody as of a day, held to what stands.

Nothing here knows files or the record; `roster_turns` says what changes for one person.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from access.roster_turns import Changed, Listed, News, Recorded, Turn, is_employed, turn, turn_of_missing
from config.clock import MOMENT


@dataclass
class Unread:
    """Whom the rows may be about that were not taken: nobody is missing who may stand in one of them.

    Args:
        ids: The ids that they give.
        names: The names that they give, in the form in which names compare.
        jobs: Titles and departments, in the form in which they compare, of rows that say nothing else of a person.
        anybody: Whether there is a row that may be about anybody.
    """

    ids: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    jobs: set[tuple[str, str]] = field(default_factory=set)
    anybody: bool = False

    def __bool__(self) -> bool:
        """Say whether there are such rows."""
        return bool(self.ids or self.names or self.jobs or self.anybody)

    def may_be_about(self, employee_id: str, name: str, jobs: Iterable[tuple[str, str]]) -> bool:
        """Say whether a row that was not taken may be about an employee."""
        if self.anybody or employee_id in self.ids or name in self.names:
            return True
        return any(
            (title in {"", held_title}) and (department in {"", held_department})
            for held_title, held_department in jobs
            for title, department in self.jobs
        )


@dataclass(frozen=True)
class Outcome:
    """What a later roster comes to.

    Args:
        turns: By employee, what changes for those whom it lists.
        left: By employee, what changes for those whom it does not list and who work here.
        spared: Those whom it does not list, or not in all rows, and of whom a row may be that was not taken: nothing of
            theirs ends.
    """

    turns: Mapping[str, Turn]
    left: Mapping[str, Turn]
    spared: Collection[str]

    def of_news(self, news: News) -> list[str]:
        """Give those of whom it says one thing of the employment."""
        return [employee_id for employee_id, turned in self.turns.items() if turned.news is news]


@dataclass(frozen=True)
class LaterRoster:
    """A list of people as of a day.

    Args:
        listed: By employee, whom it lists.
        recorded: By employee, what stands about everybody who ever worked here.
        day: The first moment of the day as of which it is complete.
        partial: Nobody is missing from it.
    """

    listed: Mapping[str, Listed]
    recorded: Mapping[str, Recorded]
    day: datetime
    partial: bool

    @cached_property
    def turns(self) -> Mapping[str, Turn]:
        """What changes for those whom it lists."""
        nothing = Recorded()
        return {
            employee_id: turn(listed, self.recorded.get(employee_id, nothing), self.day)
            for employee_id, listed in self.listed.items()
        }

    @cached_property
    def missing(self) -> Mapping[str, Turn]:
        """What changes for those who work here and whom it does not list; nobody where it is partial."""
        if self.partial:
            return {}
        unlisted = (employee_id for employee_id in self.recorded if employee_id not in self.listed)
        found = ((employee_id, turn_of_missing(self.recorded[employee_id], self.day)) for employee_id in unlisted)
        return {employee_id: turned for employee_id, turned in found if turned}

    @cached_property
    def employed_before(self) -> int:
        """How many people worked here the day before."""
        return sum(is_employed(recorded.employments, self.day - MOMENT) for recorded in self.recorded.values())

    def outcome(self, taken: Collection[str], spared: Collection[str]) -> Outcome:
        """Give what changes, when it is known which rows are taken.

        Args:
            taken: Those of whom a row was taken.
            spared: Those of whom a row may be that was not.
        """
        return Outcome(
            turns={employee_id: self.turns[employee_id] for employee_id in taken},
            left={employee_id: turned for employee_id, turned in self.missing.items() if employee_id not in spared},
            spared=spared,
        )


def changes_of(outcome: Outcome) -> Iterator[tuple[str, Changed]]:
    """Give each employee's recorded periods that change."""
    for employee_id, turned in (*outcome.turns.items(), *outcome.left.items()):
        if employee_id not in outcome.spared:
            for changed in turned.changed:
                yield employee_id, changed
