"""Import a one-sheet HR export: positions, people, and who holds which position."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar
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
from access.import_employees import check_managers
from access.import_rows import AccessImporter
from access.models import Assignment, Employee, Employment, Position
from access.roster_people import (
    Identified,
    Person,
    ReadableCodes,
    identify_people,
    name_column,
    name_of,
    normal_name,
)
from config.database import Recorded
from config.tables.kind import (
    Column,
    Contradiction,
    Fact,
    Plans,
    Row,
    RowRefused,
    StatedTable,
    normal_words,
    standing_rows,
)

_EMPTY = ("-", "--", "n/a", "#n/a", "nan", "null")
_CODES_SHOWN = 5
_NO_NAME = ("-", "--", "n/a", "#n/a")  # there are people called Nan and Null


class RosterImporter(AccessImporter):
    """Reads `employee_id?, name, title, department, hire_date?, email?, manager_id?`; names may stand in parts.

    A roster says who works here now and as what. It is silent about the past: nobody who is missing from it, and no
    position that somebody no longer has in it, is ended by it. What is recorded of a person and not in the roster
    (e-mail, separation, the end of an assignment) stays.
    """

    columns: ClassVar[tuple[Column, ...]] = (
        Column("employee_id", also=EMPLOYEE_ID_HEADINGS, empty_as=_EMPTY),
        Column("name", needed=True, unless="last_name", also=NAME_HEADINGS, empty_as=_NO_NAME),
        Column("last_name", also=LAST_NAME_HEADINGS, empty_as=_NO_NAME),
        Column("suffix", also=("name suffix",), empty_as=_EMPTY),
        Column("first_name", also=FIRST_NAME_HEADINGS, empty_as=_NO_NAME),
        Column("middle_name", also=MIDDLE_NAME_HEADINGS, empty_as=_NO_NAME),
        Column("title", needed=True, also=TITLE_HEADINGS, empty_as=_EMPTY),
        Column("department", needed=True, also=DEPARTMENT_HEADINGS, empty_as=_EMPTY),
        Column("hire_date", also=HIRE_DATE_HEADINGS, empty_as=_EMPTY),
        Column("email", also=EMAIL_HEADINGS, empty_as=_EMPTY),
        Column("manager_id", also=MANAGER_ID_HEADINGS, empty_as=_EMPTY),
    )
    tables: ClassVar[Mapping[type[Recorded], StatedTable]] = {
        Position: StatedTable(identity=("position_code",)),
        Employee: StatedTable(identity=("employee_id",)),
        Employment: StatedTable(identity=("employee_id", "start")),
        Assignment: StatedTable(identity=("employee_id", "position_code", "start"), unique=False),
    }

    def __init__(self, session: Session, zone: ZoneInfo) -> None:
        super().__init__(session, zone)
        self._recorded = {row.employee_id: row for row in standing_rows(session, Employee)}
        self._employments = _by_employee(standing_rows(session, Employment))
        self._assignments = _by_employee(standing_rows(session, Assignment))
        self._positions = _by_job(standing_rows(session, Position))
        self._people = Identified({}, {})

    def look_over(self, rows: Sequence[Row]) -> Iterable[Contradiction]:
        """Find out who everybody is, and which positions are new; neither depends on the order of the rows."""
        self._make_positions(rows)
        people = [person for row in rows if (person := self._person(row)) is not None]
        codes = ReadableCodes([*self._recorded, *(one.employee_id for one in people)])
        self._people = identify_people(people, self._recorded_by_name, codes)
        columns = {row.number: name_column(row) for row in rows}
        return [Contradiction(number, columns[number], text) for number, text in self._people.faults.items()]

    def read(self, row: Row) -> Sequence[Fact]:
        """Read one person in one position."""
        if not name_of(row):
            raise RowRefused(
                name_column(row), "is empty; nobody is recorded without a name, so fill in or leave out the row"
            )
        hired = self._first_moment(row, "hire_date")
        employee_id = row.text("employee_id") or self._people.ids[row.number]
        position = self._position(row, employee_id)
        return [
            position,
            self._employee(row, employee_id),
            *self._employment(row, employee_id, hired),
            self._assignment(employee_id, position.position_code, hired),
        ]

    def check(self, plans: Plans) -> Iterable[Contradiction]:
        """Find managers who are nobody here, or who are above themselves."""
        return check_managers(plans[Employee])

    @cached_property
    def _recorded_by_name(self) -> Mapping[str, Mapping[datetime | None, set[str]]]:
        ids: dict[str, dict[datetime | None, set[str]]] = defaultdict(lambda: defaultdict(set))
        for employee_id, employee in self._recorded.items():
            hired = {one.start for one in self._employments[employee_id]} or {None}
            for date in hired:
                ids[normal_name(employee.name)][date].add(employee_id)
        return ids

    def _person(self, row: Row) -> Person | None:
        """Give who a row is about; None where the row will be refused for what it lacks."""
        try:
            hired = self._first_moment(row, "hire_date")
        except RowRefused:
            return None
        name = name_of(row)
        return Person(row.number, row.text("employee_id"), name, hired, row.whole) if name else None

    def _make_positions(self, rows: Sequence[Row]) -> None:
        new: dict[tuple[str, str], Row] = {}
        for row in rows:
            job = _job(row.text("title"), row.text("department"))
            if job not in self._positions:
                new.setdefault(job, row)
        codes = ReadableCodes(one.position_code for standing in self._positions.values() for one in standing)
        for job, row in sorted(new.items(), key=lambda one: one[0]):
            title, department = row.text("title"), row.text("department")
            code = codes.make(f"{title} {department}", otherwise="POSITION")
            self._positions[job] = [Fact(Position, position_code=code, title=title, department=department)]

    def _position(self, row: Row, employee_id: str) -> Any:  # noqa: ANN401 - a fact, whose columns are its table's
        positions = self._positions[_job(row.text("title"), row.text("department"))]
        held = {one.position_code for one in self._assignments[employee_id]}
        likely = [one for one in positions if one.position_code in held] or positions
        if len(likely) > 1:
            codes = ", ".join(one.position_code for one in likely[:_CODES_SHOWN])
            raise RowRefused(
                "title", f"is the title of several positions there ({codes}); import this one as an assignment"
            )
        return likely[0]

    def _employee(self, row: Row, employee_id: str) -> Fact:
        recorded = self._recorded.get(employee_id)
        if recorded is None and not row.text("employee_id") and normal_name(name_of(row)) in self._recorded_by_name:
            self.notice(
                row, "an employee of this name is recorded with another hire date, so this is taken for another person"
            )
        return Fact(
            Employee,
            employee_id=employee_id,
            name=name_of(row),
            email=row.text("email") or (recorded.email if recorded else ""),
            manager_id=row.text("manager_id") or (recorded.manager_id if recorded else ""),
        )

    def _employment(self, row: Row, employee_id: str, hired: datetime | None) -> Sequence[Fact]:
        recorded = self._employments[employee_id]
        if hired is None and recorded:
            return []
        if hired is None:
            self.notice(row, "without a hire date, employment and position count as having no beginning")
        end = next((one.end for one in recorded if one.start == hired), None)
        return [Fact(Employment, employee_id=employee_id, start=hired, end=end)]

    def _assignment(self, employee_id: str, position_code: str, hired: datetime | None) -> Fact:
        """State that somebody holds a position since hired, or, where it is recorded since when, just that."""
        for one in self._assignments[employee_id]:
            lasting = one.end is None or hired is None or one.end > hired
            if one.position_code == position_code and lasting:
                return _as_it_stands(one)
        period = {"start": hired, "end": None, "stated_recorded_at": None}
        return Fact(Assignment, employee_id=employee_id, position_code=position_code, **period)


def _by_employee(rows: Iterable[Any]) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.employee_id].append(row)
    return grouped


def _by_job(positions: Iterable[Any]) -> dict[tuple[str, str], list[Any]]:
    grouped: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for one in positions:
        fact = Fact(Position, position_code=one.position_code, title=one.title, department=one.department)
        grouped[_job(one.title, one.department)].append(fact)
    return grouped


def _job(title: str, department: str) -> tuple[str, str]:
    return normal_words(title), normal_words(department)


def _as_it_stands(assignment: Any) -> Fact:  # noqa: ANN401 - a standing row
    names = ("employee_id", "position_code", "start", "end", "stated_recorded_at")
    return Fact(Assignment, **{name: getattr(assignment, name) for name in names})
