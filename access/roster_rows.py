"""The rows of a roster taken together: who each of them is about, and which position it means."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from access.recorded_people import Job, RecordedPeople, job_of
from access.roster_people import Identified, Person, ReadableCodes, corrected_hire_dates, identify_people
from access.roster_turns import Listed, Recorded, is_employed
from access.stated import StatedPosition
from config.clock import EPOCH


class SeenRow(NamedTuple):
    """A row as far as it says who is meant, and as what.

    Args:
        person: None where the row will be refused for what it lacks.
    """

    person: Person | None
    title: str
    department: str


class RosterRows:
    """What the rows of a roster mean, all of them seen.

    Args:
        seen: Every row, in any order: nothing depends on it.
        recorded: What stands.
        day: The first moment of the roster's day where people are recorded already; None for the first roster.
        last_list: The first moment of the newest earlier roster's day; None where none says it.
    """

    def __init__(
        self, seen: Sequence[SeenRow], recorded: RecordedPeople, day: datetime | None, last_list: datetime | None
    ) -> None:
        self._seen, self._recorded, self._day, self._last_list = seen, recorded, day, last_list

    @cached_property
    def people(self) -> Mapping[int, Person]:
        """Who each row says is meant, by its number."""
        return {row.person.number: row.person for row in self._seen if row.person}

    @cached_property
    def listed(self) -> Mapping[str, Listed]:
        """Everybody of whom a row says in which position, by id."""
        hired: dict[str, set[datetime]] = defaultdict(set)
        codes: dict[str, dict[str, None]] = defaultdict(dict)
        for person, title, department in self._seen:
            if person is None:
                continue
            employee_id = person.employee_id or self.identified.ids.get(person.number, "")
            positions = self.positions_of(title, department, employee_id)
            if employee_id and len(positions) == 1:  # other rows are refused
                codes[employee_id][positions[0].position_code] = None
                hired[employee_id].update(filter(None, [person.hired]))
        return {
            employee_id: Listed(employee_id, hired[employee_id], list(positions))
            for employee_id, positions in codes.items()
        }

    def positions_of(self, title: str, department: str, employee_id: str) -> Sequence[StatedPosition]:
        """Give the positions of a title in a department; of several, those that the employee holds, or held."""
        positions = self.positions[job_of(title, department)]
        if len(positions) == 1:
            return positions
        recorded = self._recorded.people.get(employee_id, Recorded()).assignments
        lasting = {held.position_code for held in recorded if held.end is None}
        for codes in (lasting, {held.position_code for held in recorded}):
            if of_employee := [position for position in positions if position.position_code in codes]:
                return of_employee
        return positions

    def count_names(self) -> Sequence[Mapping[str, int]]:
        """Count in how many rows each department, and each title, stands."""
        return Counter(row.department for row in self._seen), Counter(row.title for row in self._seen)

    @cached_property
    def positions(self) -> Mapping[Job, Sequence[StatedPosition]]:
        """The recorded positions by title and department, and new ones with a code each."""
        positions = dict(self._recorded.positions)
        new: dict[Job, tuple[str, str]] = {}
        for _, title, department in self._seen:
            if (job := job_of(title, department)) not in positions:
                new.setdefault(job, (title, department))
        codes = ReadableCodes(position.position_code for same in positions.values() for position in same)
        for job, (title, department) in sorted(new.items()):
            code = codes.make(f"{title} {department}", otherwise="POSITION")
            positions[job] = [StatedPosition(code, title, department)]
        return positions

    @cached_property
    def identified(self) -> Identified:
        """Who those are to whom the roster gives no number."""
        people = list(self.people.values())
        known: Mapping[str, Mapping[datetime | None, Collection[str]]] = self._recorded.by_name
        if self._day is not None:
            known = corrected_hire_dates(people, known, self._is_employed, until=self._listed_until(self._day))
        codes = ReadableCodes([*self._recorded.employees, *(person.employee_id for person in people)])
        return identify_people(people, known, codes)

    def _is_employed(self, employee_id: str) -> bool:
        employments = self._recorded.people.get(employee_id, Recorded()).employments
        return self._day is not None and is_employed(employments, self._day)

    def _listed_until(self, day: datetime) -> datetime:
        """Give up to when whoever was hired should be recorded: the last list's day, else the newest hire date."""
        if self._last_list:
            return self._last_list
        periods = (employment for recorded in self._recorded.people.values() for employment in recorded.employments)
        hired = (employment.start for employment in periods if employment.start and employment.start <= day)
        return max(hired, default=EPOCH)
