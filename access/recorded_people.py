"""What stands about people and positions when a roster comes, looked up in the ways in which a roster asks."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import islice
from typing import TypeVar

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from access.models import Account, Employee, Employment
from access.roster_people import normal_name
from access.roster_turns import Recorded
from access.stated import (
    ASSIGNMENTS,
    EMPLOYEES,
    EMPLOYMENTS,
    POSITIONS,
    StatedAssignment,
    StatedEmployee,
    StatedEmployment,
    StatedPosition,
)
from config.applied_imports import AppliedImport, standing_imports
from config.recorded import current
from config.tables.kind import Importer
from config.texts import compare_form

ROSTER = "roster"
_JOBS_KEPT = 10_000
_ASKED_AT_ONCE = 500
_OfEmployee = TypeVar("_OfEmployee", StatedEmployment, StatedAssignment)
Job = tuple[str, str]  # title and department, in the form in which they compare


class RecordedPeople:
    """What stands, each part looked up when first needed.

    Args:
        session: Where it is looked up.
        importer: Looks up the tables that the import fills.
    """

    def __init__(self, session: Session, importer: Importer) -> None:
        self._session, self._importer = session, importer

    @cached_property
    def has_people(self) -> bool:
        """Whether anybody is recorded."""
        asked = select(col(Employee.id)).where(current(Employee)).limit(1)
        return self._session.scalars(asked).first() is not None

    @cached_property
    def newest_roster(self) -> AppliedImport | None:
        """The roster with the latest day among those that stand; None where none says its day."""
        dated = [(found.as_of, found.number, found) for found in standing_imports(self._session, ROSTER) if found.as_of]
        return max(dated)[2] if dated else None

    @cached_property
    def employees(self) -> Mapping[str, StatedEmployee]:
        """Everybody, by id."""
        return {employee.employee_id: employee for employee in self._importer.current(EMPLOYEES).facts}

    @cached_property
    def people(self) -> Mapping[str, Recorded]:
        """What stands about everybody who ever worked here, by id."""
        assignments = _by_employee(self._importer.current(ASSIGNMENTS).facts)
        missed = _by_employee(self._missed())
        return {
            employee_id: Recorded(employments, assignments.get(employee_id, ()), missed.get(employee_id, ()))
            for employee_id, employments in _by_employee(self._importer.current(EMPLOYMENTS).facts).items()
        }

    @cached_property
    def positions(self) -> Mapping[Job, Sequence[StatedPosition]]:
        """The positions of each title in each department."""
        positions: dict[Job, list[StatedPosition]] = defaultdict(list)
        for position in self._importer.current(POSITIONS).facts:
            positions[job_of(position.title, position.department)].append(position)
        return positions

    @cached_property
    def by_name(self) -> Mapping[str, Mapping[datetime | None, set[str]]]:
        """The ids of the people of each name, in the form in which names compare, by hire date."""
        ids: dict[str, dict[datetime | None, set[str]]] = defaultdict(lambda: defaultdict(set))
        for employee_id, employee in self.employees.items():
            periods = self.people[employee_id].employments if employee_id in self.people else ()
            for hired in {employment.start for employment in periods} or {None}:
                ids[normal_name(employee.name)][hired].add(employee_id)
        return ids

    def accounts_of(self, employees: Collection[str], day: datetime) -> Mapping[str, Sequence[tuple[str, str]]]:
        """Give system and login of the accounts that some employees have on a day or later, by employee."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        waiting = iter(sorted(employees))
        while asked := list(islice(waiting, _ASKED_AT_ONCE)):
            chosen = select(Account).where(current(Account), col(Account.employee_id).in_(asked))
            for account in self._session.exec(chosen.order_by(col(Account.system), col(Account.login))):
                if account.end is None or account.end > day:
                    found[account.employee_id].append((account.system, account.login))
        return found

    def _missed(self) -> Iterator[StatedEmployment]:
        """Find the employments that ended because a roster did not list somebody: they bear that import's instant.

        One that stands again bears the instant of the change that brought it back; the row that it restores counts.
        """
        first = aliased(Employment)
        ended_at = func.coalesce(col(first.recorded_at), col(Employment.recorded_at))
        asked = (
            select(Employment)
            .outerjoin(first, col(first.id) == col(Employment.restores))
            .join(AppliedImport, col(AppliedImport.applied_at) == ended_at)
            .where(current(Employment), col(Employment.end).is_not(None), AppliedImport.kind == ROSTER)
        )
        for employment in self._session.exec(asked):
            yield StatedEmployment(employment.employee_id, employment.start, employment.end)


@lru_cache(_JOBS_KEPT)
def job_of(title: str, department: str) -> Job:
    """Give title and department in the form in which they compare."""
    return compare_form(title), compare_form(department)


def _by_employee(facts: Iterable[_OfEmployee]) -> dict[str, list[_OfEmployee]]:
    grouped: dict[str, list[_OfEmployee]] = defaultdict(list)
    for fact in facts:
        grouped[fact.employee_id].append(fact)
    return grouped
