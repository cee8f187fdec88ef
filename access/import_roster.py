"""Import a one-sheet HR export: positions, people, and who holds which position."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from typing import ClassVar, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session

from access.headings import (
    DEPARTMENT_HEADINGS,
    EMAIL_HEADINGS,
    EMPLOYEE_ID_HEADINGS,
    FIRST_NAME_HEADINGS,
    HIRE_DATE_HEADINGS,
    LAST_NAME_HEADINGS,
    MANAGER_ID_HEADINGS,
    MIDDLE_NAME_HEADINGS,
    NAME_HEADINGS,
    TITLE_HEADINGS,
)
from access.import_rows import AccessImporter
from access.managers import check_managers, manager_of_row
from access.roster_people import (
    Identified,
    Person,
    ReadableCodes,
    identify_people,
    name_column,
    name_of,
    normal_name,
)
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
from config.spellings import Spellings
from config.tables.dates import Side
from config.tables.facts import Fact, Plans, StatedTables
from config.tables.kind import Contradiction, Holds, OurColumn, Row, RowRefused
from config.tables.options import AS_IT_IS, ImportOptions, Option
from config.texts import compare_form, listed

_EMPTY = ("-", "--", "n/a", "#n/a", "nan", "null")
_CODES_SHOWN = 5
_JOBS_KEPT = 10_000
_OfEmployee = TypeVar("_OfEmployee", StatedEmployment, StatedAssignment)
_NO_NAME = ("-", "--", "n/a", "#n/a")  # there are people called Nan and Null


class RosterImporter(AccessImporter):
    """Reads `employee_id?, name, title, department, hire_date?, email?, manager_id?`; names may stand in parts.

    A roster says who works here now and as what. It is silent about the past: nobody who is missing from it, and no
    position that somebody no longer has in it, is ended by it. What is recorded of a person and not in the roster
    (e-mail, separation, the end of an assignment) stays.
    """

    columns: ClassVar[tuple[OurColumn, ...]] = (
        OurColumn("employee_id", also=EMPLOYEE_ID_HEADINGS, empty_as=_EMPTY, holds=Holds.ID),
        OurColumn("name", needed=True, unless="last_name", also=NAME_HEADINGS, empty_as=_NO_NAME),
        OurColumn("last_name", also=LAST_NAME_HEADINGS, empty_as=_NO_NAME),
        OurColumn("suffix", also=("name suffix",), empty_as=_EMPTY),
        OurColumn("first_name", also=FIRST_NAME_HEADINGS, empty_as=_NO_NAME),
        OurColumn("middle_name", also=MIDDLE_NAME_HEADINGS, empty_as=_NO_NAME),
        OurColumn("title", needed=True, also=TITLE_HEADINGS, empty_as=_EMPTY),
        OurColumn("department", needed=True, also=DEPARTMENT_HEADINGS, empty_as=_EMPTY),
        OurColumn("hire_date", also=HIRE_DATE_HEADINGS, empty_as=_EMPTY, holds=Holds.DATE),
        OurColumn("email", also=EMAIL_HEADINGS, empty_as=_EMPTY),
        OurColumn("manager_id", also=MANAGER_ID_HEADINGS, empty_as=_EMPTY, holds=Holds.ID),
    )
    tables: ClassVar[StatedTables] = (POSITIONS, EMPLOYEES, EMPLOYMENTS, ASSIGNMENTS)
    takes: ClassVar[frozenset[Option]] = frozenset({Option.AS_OF, Option.PARTIAL, Option.YES})

    def __init__(self, session: Session, zone: ZoneInfo, options: ImportOptions = AS_IT_IS) -> None:
        super().__init__(session, zone, options)
        self._people = Identified({}, {})
        self._put_aside: dict[str, int] = {}

    def put_aside(self, row: Row) -> None:
        """Remember whose row is refused, as others may name them as their manager."""
        self._put_aside.setdefault(compare_form(row.text("employee_id")), row.number)

    def look_over(self, rows: Iterable[Row]) -> Iterable[Contradiction]:
        """Find out who everybody is, and which positions are new; neither depends on the order of the rows."""
        super().look_over(rows)
        people: list[Person] = []
        new: dict[tuple[str, str], tuple[str, str]] = {}
        column = ""
        for row in rows:
            title, department = row.text("title"), row.text("department")
            if (job := _job(title, department)) not in self._positions:
                new.setdefault(job, (title, department))
            if person := self._person(row):
                people.append(person)
            column = column or name_column(row)
        self._make_positions(new)
        codes = ReadableCodes([*self._recorded, *(person.employee_id for person in people)])
        self._people = identify_people(people, self._recorded_by_name, codes)
        return [Contradiction(number, column, reason) for number, reason in self._people.faults.items()]

    def read(self, row: Row) -> Sequence[Fact]:
        """Read one person in one position."""
        name = name_of(row)
        if not name:
            raise RowRefused(
                name_column(row), "is empty; nobody is recorded without a name, so fill in or leave out the row"
            )
        hired = self._hired(row)
        employee_id = self._ids.of(row.text("employee_id") or self._people.ids[row.number])
        position = self._position(row, employee_id)
        return [
            position,
            self._employee(row, employee_id, name),
            *self._employment(row, employee_id, hired),
            self._assignment(employee_id, position.position_code, hired),
        ]

    def check(self, plans: Plans) -> Iterable[Contradiction]:
        """Find managers who are nobody here, or who are above themselves."""
        return check_managers(plans.of(EMPLOYEES), self._put_aside)

    @cached_property
    def _ids(self) -> Spellings:
        return Spellings(self._recorded)

    @cached_property
    def _recorded(self) -> Mapping[str, StatedEmployee]:
        return {employee.employee_id: employee for employee in self.current(EMPLOYEES).facts}

    @cached_property
    def _employments(self) -> Mapping[str, Sequence[StatedEmployment]]:
        return _by_employee(self.current(EMPLOYMENTS).facts)

    @cached_property
    def _assignments(self) -> Mapping[str, Sequence[StatedAssignment]]:
        return _by_employee(self.current(ASSIGNMENTS).facts)

    @cached_property
    def _positions(self) -> dict[tuple[str, str], list[StatedPosition]]:
        positions: dict[tuple[str, str], list[StatedPosition]] = defaultdict(list)
        for position in self.current(POSITIONS).facts:
            positions[_job(position.title, position.department)].append(position)
        return positions

    @cached_property
    def _recorded_by_name(self) -> Mapping[str, Mapping[datetime | None, set[str]]]:
        ids: dict[str, dict[datetime | None, set[str]]] = defaultdict(lambda: defaultdict(set))
        for employee_id, employee in self._recorded.items():
            periods = self._employments.get(employee_id, ())
            for hired in {employment.start for employment in periods} or {None}:
                ids[normal_name(employee.name)][hired].add(employee_id)
        return ids

    def _person(self, row: Row) -> Person | None:
        """Give who a row is about; None where the row will be refused for what it lacks."""
        try:
            hired = self._hired(row)
        except RowRefused:
            return None
        name = name_of(row)
        employee_id = self._ids.of(row.text("employee_id")) if row.text("employee_id") else ""
        return Person(row.number, employee_id, name, hired, row.whole) if name else None

    def _hired(self, row: Row) -> datetime | None:
        """Read the first moment of employment; None where it is unknown, or so long ago that it stands for always."""
        found = self._dates.read(row, "hire_date", Side.START)
        return found and found.instant

    def _make_positions(self, new: Mapping[tuple[str, str], tuple[str, str]]) -> None:
        codes = ReadableCodes(position.position_code for same in self._positions.values() for position in same)
        for job, (title, department) in sorted(new.items()):
            code = codes.make(f"{title} {department}", otherwise="POSITION")
            self._positions[job] = [StatedPosition(code, title, department)]

    def _position(self, row: Row, employee_id: str) -> StatedPosition:
        positions = self._positions[_job(row.text("title"), row.text("department"))]
        if len(positions) > 1:
            held = {assignment.position_code for assignment in self._assignments.get(employee_id, ())}
            positions = [position for position in positions if position.position_code in held] or positions
        if len(positions) > 1:
            codes = listed([position.position_code for position in positions[:_CODES_SHOWN]], _CODES_SHOWN)
            raise RowRefused(
                "title", f"is the title of several positions there ({codes}); import this one as an assignment"
            )
        return positions[0]

    def _employee(self, row: Row, employee_id: str, name: str) -> StatedEmployee:
        recorded = self._recorded.get(employee_id)
        email, manager_id = row.text("email"), manager_of_row(self, row, employee_id, self._ids)
        if recorded is not None:
            return StatedEmployee(employee_id, name, email or recorded.email, manager_id or recorded.manager_id)
        if not row.text("employee_id") and self._recorded and normal_name(name) in self._recorded_by_name:
            self.notice(
                row, "an employee of this name is recorded with another hire date, so this is taken for another person"
            )
        return StatedEmployee(employee_id, name, email, manager_id)

    def _employment(self, row: Row, employee_id: str, hired: datetime | None) -> Sequence[StatedEmployment]:
        recorded = self._employments.get(employee_id, ())
        if hired is None and recorded:
            return ()
        if hired is None:
            self.notice(row, "without a hire date, employment and position count as having no beginning")
        return (
            next(
                (employment for employment in recorded if employment.start == hired),
                StatedEmployment(employee_id, hired, None),
            ),
        )

    def _assignment(self, employee_id: str, position_code: str, hired: datetime | None) -> StatedAssignment:
        """State that somebody holds a position since hired, or, where it is recorded since when, just that."""
        for assignment in self._assignments.get(employee_id, ()):
            lasting = assignment.end is None or hired is None or assignment.end > hired
            if assignment.position_code == position_code and lasting:
                return assignment
        return StatedAssignment(employee_id, position_code, start=hired, end=None, stated_recorded_at=None)


def _by_employee(facts: Iterable[_OfEmployee]) -> Mapping[str, Sequence[_OfEmployee]]:
    grouped: dict[str, list[_OfEmployee]] = defaultdict(list)
    for fact in facts:
        grouped[fact.employee_id].append(fact)
    return grouped


@lru_cache(_JOBS_KEPT)
def _job(title: str, department: str) -> tuple[str, str]:
    return compare_form(title), compare_form(department)
