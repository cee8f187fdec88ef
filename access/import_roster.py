"""Import a one-sheet HR export: positions, people, and who holds which position."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar, NoReturn, cast
from zoneinfo import ZoneInfo

from sqlmodel import Session

from access import headings
from access.disable_officials import disable_officials_who_left
from access.import_rows import AccessImporter
from access.later_roster import LaterRoster, Outcome, Unread, changes_of
from access.managers import check_managers, manager_of_row
from access.near_names import slips_of_the_pen
from access.recorded_people import RecordedPeople, job_of
from access.roster_news import RosterNews, Told
from access.roster_people import Person, name_column, name_of, normal_name
from access.roster_rows import RosterRows, SeenRow
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
from config.clock import read_start
from config.errors import Conflict, Invalid
from config.remedies import Advice, Remedy
from config.spellings import Spellings
from config.tables.dates import Side
from config.tables.facts import Change, Fact, Plans, StatedTables
from config.tables.kind import Contradiction, Holds, OurColumn, Row, RowRefused
from config.tables.listings import Entry, Listing, Stop
from config.tables.options import AS_IT_IS, ImportOptions, Option
from config.texts import compare_form, listed

_EMPTY = ("-", "--", "n/a", "#n/a", "nan", "null")
_CODES_SHOWN = 5
_NO_NAME = ("-", "--", "n/a", "#n/a")  # there are people called Nan and Null


class RosterImporter(AccessImporter):
    """Reads `employee_id?, name, title, department, hire_date?, email?, manager_id?`; names may stand in parts.

    The first roster says who works here, since when, and as what: positions are held since the hire date. Once people
    are recorded, a roster is a complete list as of a day, which must be given: see `roster_turns` for what it changes.
    Nothing ends for whoever may stand in a row that was refused, and nobody is missing from a partial one. An empty
    hire date says nothing.
    """

    columns: ClassVar[tuple[OurColumn, ...]] = (
        OurColumn("employee_id", also=headings.EMPLOYEE_ID_HEADINGS, empty_as=_EMPTY, holds=Holds.ID),
        OurColumn("name", needed=True, unless="last_name", also=headings.NAME_HEADINGS, empty_as=_NO_NAME),
        OurColumn("last_name", also=headings.LAST_NAME_HEADINGS, empty_as=_NO_NAME),
        OurColumn("suffix", also=("name suffix",), empty_as=_EMPTY),
        OurColumn("first_name", also=headings.FIRST_NAME_HEADINGS, empty_as=_NO_NAME),
        OurColumn("middle_name", also=headings.MIDDLE_NAME_HEADINGS, empty_as=_NO_NAME),
        OurColumn("title", needed=True, also=headings.TITLE_HEADINGS, empty_as=_EMPTY),
        OurColumn("department", needed=True, also=headings.DEPARTMENT_HEADINGS, empty_as=_EMPTY),
        OurColumn("hire_date", also=headings.HIRE_DATE_HEADINGS, empty_as=_EMPTY, holds=Holds.DATE),
        OurColumn("email", also=headings.EMAIL_HEADINGS, empty_as=_EMPTY),
        OurColumn("manager_id", also=headings.MANAGER_ID_HEADINGS, empty_as=_EMPTY, holds=Holds.ID),
    )
    tables: ClassVar[StatedTables] = (POSITIONS, EMPLOYEES, EMPLOYMENTS, ASSIGNMENTS)
    takes: ClassVar[frozenset[Option]] = frozenset({Option.AS_OF, Option.PARTIAL, Option.YES})

    def __init__(self, session: Session, zone: ZoneInfo, options: ImportOptions = AS_IT_IS) -> None:
        super().__init__(session, zone, options)
        self._recorded = RecordedPeople(session, self)
        self._seen = RosterRows((), self._recorded, None, None)
        self._taken: dict[str, list[int]] = defaultdict(list)
        self._unread = Unread()
        self._later: LaterRoster | None = None
        self._outcome: Outcome | None = None
        self._rows: Mapping[str, int] = {}
        self._put_aside: dict[str, int] = {}

    def begin(self, now: datetime) -> None:
        """Refuse a roster whose day is not given though people are recorded, or is before that of a newer one."""
        as_of, newest = self._options.as_of, self._recorded.newest_roster
        if as_of is None and self._recorded.has_people:
            raise Invalid(
                "People are recorded already, so this roster is a list of everybody as of a day, which must be given: "
                "on that day who moved begins the new position, and who is missing has left the day before.",
                remedy=Remedy(Advice.GIVE_AS_OF),
            )
        if as_of and as_of > now.astimezone(self.zone).date():
            raise Invalid(
                f"{as_of} is still to come, and nobody knows yet who works here then. Import the roster on that day, "
                "or what is planned as assignments and as employees with a separation date."
            )
        if as_of and newest and newest.as_of and as_of < newest.as_of:
            raise Conflict(
                f"Import {newest.number} was a roster as of {newest.as_of}; one as of {as_of} would take back what it "
                "says. Nothing was imported.",
                remedy=Remedy(Advice.UNDO_IMPORT, about=str(newest.number)),
            )

    def look_over(self, rows: Iterable[Row]) -> Iterable[Contradiction]:
        """Find out who everybody is, and which positions are new; neither depends on the order of the rows."""
        super().look_over(rows)
        seen, column = list[SeenRow](), ""
        for row in rows:
            seen.append(SeenRow(self._person(row), row.text("title"), row.text("department")))
            column = column or name_column(row)
        day = self._day if self._recorded.has_people else None
        self._seen = RosterRows(seen, self._recorded, day, self._last_list)
        if day is not None:
            self._later = LaterRoster(self._seen.listed, self._recorded.people, day, self._options.partial)
        return [Contradiction(number, column, reason) for number, reason in self._seen.identified.faults.items()]

    def read(self, row: Row) -> Sequence[Fact]:
        """Read one person in one position."""
        person = self._seen.people.get(row.number) or self._refuse(row)
        employee_id = person.employee_id or self._seen.identified.ids[row.number]
        position = self._position(row, employee_id)
        employee = self._employee(row, employee_id, person.name)
        held = self._held(row, employee_id, position.position_code, person.hired)
        self._taken[employee_id].append(row.number)
        return [position, employee, *held]

    def put_aside(self, row: Row | None) -> None:
        """Remember whom a row may be about that is not taken; others may name them as their manager, too."""
        employee_id = self._id_in(row) if row else ""
        if row and employee_id:
            self._put_aside.setdefault(compare_form(employee_id), row.number)
        name = normal_name(name_of(row)) if row else ""
        if employee_id:
            self._unread.ids.add(employee_id)
        if name and employee_id not in self._recorded.employees:
            self._unread.names.add(name)
        if row is None:
            self._unread.anybody = True
        elif not (employee_id or name):
            self._unread.jobs.add(job_of(row.text("title"), row.text("department")))

    def changes(self, refused: Collection[int]) -> Iterable[Change[Any]]:
        """Give what ends, or counts from another hire date, on a later roster's day."""
        if self._later is None:
            return
        self._rows = {
            employee_id: min(taken)
            for employee_id, numbers in self._taken.items()
            if (taken := [number for number in numbers if number not in refused])
        }
        spared = {
            employee_id for employee_id, numbers in self._taken.items() if any(number in refused for number in numbers)
        }
        self._outcome = self._later.outcome(self._rows, spared | set(self._perhaps_unread()))
        for employee_id, (before, after) in changes_of(self._outcome):
            table: Any = EMPLOYMENTS if isinstance(before, StatedEmployment) else ASSIGNMENTS
            yield Change(table, before, after, self._rows.get(employee_id))

    def check(self, plans: Plans) -> Iterable[Contradiction]:
        """Find managers who are nobody here, or who are above themselves."""
        return check_managers(plans.of(EMPLOYEES), self._put_aside)

    def summary(self, plans: Plans) -> str:
        """Count who was hired, left or moved by a later roster."""
        news = self._news(plans)
        return news.summary() if news else ""

    def stops(self, plans: Plans) -> Sequence[Stop]:
        """Give what looks like an incomplete list, or like another spelling, in a later roster."""
        news = self._news(plans)
        return news.stops() if news else ()

    def listings(self, plans: Plans) -> Sequence[Listing]:
        """List who is concerned by a later roster, and names that were probably meant for others."""
        news = self._news(plans)
        return news.listings() if news else [self._slips()]

    def follow_up(self, now: datetime, by: str) -> Iterable[str]:
        """Disable the officials whose employment has ended."""
        return disable_officials_who_left(self._session, now=now, by=by)

    def _news(self, plans: Plans) -> RosterNews | None:
        if self._later is None or self._outcome is None:
            return None
        recorded = self._recorded.employees
        stated = [employee for _, employee in plans.of(EMPLOYEES).opened]
        told = Told(
            zone=self.zone,
            rows=self._rows,
            names={employee.employee_id: employee.name for employee in (*stated, *recorded.values())},
            positions={position.position_code: position for _, position in plans.of(POSITIONS).then_current()},
            restated=[(recorded[now.employee_id], now) for now in stated if now.employee_id in recorded],
            known_positions=[position for same in self._recorded.positions.values() for position in same],
            last_roster=self._last_list,
            accounts_of=lambda employees: self._recorded.accounts_of(employees, self._day),
        )
        return RosterNews(self._later, self._outcome, told)

    def _slips(self) -> Listing:
        slips = [slip for counted in self._seen.count_names() for slip in slips_of_the_pen(counted)]
        return Listing(
            "names as good as another", [Entry(None, name, now=f"did you mean {near}?") for name, near in slips]
        )

    @cached_property
    def _day(self) -> datetime:
        """The first moment of the roster's day."""
        return self._start_of(cast("date", self._options.as_of))

    @cached_property
    def _last_list(self) -> datetime | None:
        """The first moment of the newest earlier roster's day; None where none says it."""
        newest = self._recorded.newest_roster
        return self._start_of(newest.as_of) if newest and newest.as_of else None

    def _start_of(self, day: date) -> datetime:
        return read_start(day.isoformat(), self.zone)

    def _id_in(self, row: Row) -> str:
        """Give the id in a row, spelled as it is recorded where it is."""
        employee_id = row.text("employee_id")
        return self._ids.of(employee_id) if employee_id else ""

    @cached_property
    def _ids(self) -> Spellings:
        return Spellings(self._recorded.employees)

    def _hired(self, row: Row) -> datetime | None:
        """Read the first moment of employment; None where it is unknown, or so long ago that it stands for always."""
        found = self._dates.read(row, "hire_date", Side.START)
        return found and found.instant

    def _person(self, row: Row) -> Person | None:
        """Give who a row is about; None where the row will be refused for what it lacks."""
        try:
            hired = self._hired(row)
        except RowRefused:
            return None
        name = name_of(row)
        return Person(row.number, self._id_in(row), name, hired, row.whole) if name else None

    def _refuse(self, row: Row) -> NoReturn:
        """Say why a row tells of nobody.

        Raises:
            RowRefused: It has no name, or a hire date that cannot be read.
        """
        if name_of(row):
            self._hired(row)
        raise RowRefused(
            name_column(row), "is empty; nobody is recorded without a name, so fill in or leave out the row"
        )

    def _position(self, row: Row, employee_id: str) -> StatedPosition:
        positions = self._seen.positions_of(row.text("title"), row.text("department"), employee_id)
        if len(positions) > 1:
            codes = listed([position.position_code for position in positions[:_CODES_SHOWN]], _CODES_SHOWN)
            raise RowRefused(
                "title", f"is the title of several positions there ({codes}); import this one as an assignment"
            )
        return positions[0]

    def _employee(self, row: Row, employee_id: str, name: str) -> StatedEmployee:
        recorded = self._recorded.employees.get(employee_id)
        manager_id = manager_of_row(self, row, employee_id, self._ids)
        if recorded is not None:
            manager_id = manager_id if row.states("manager_id") else recorded.manager_id
            return StatedEmployee(employee_id, name, row.text("email", recorded.email), manager_id)
        if not row.text("employee_id") and normal_name(name) in self._recorded.by_name:
            self.notice(
                row, "an employee of this name is recorded with another hire date, so this is taken for another person"
            )
        return StatedEmployee(employee_id, name, row.text("email"), manager_id)

    def _held(self, row: Row, employee_id: str, code: str, hired: datetime | None) -> Iterator[Fact]:
        """Give employment and assignment as a row states them."""
        if self._later is not None:
            turned = self._later.turns[employee_id]
            if turned.begun:
                yield turned.begun
            if code in turned.assignments:
                yield turned.assignments[code]
            return
        if hired is None:
            self.notice(row, "without a hire date, employment and position count as having no beginning")
        yield StatedEmployment(employee_id, hired, None)
        yield StatedAssignment(employee_id, code, start=hired, end=None, stated_recorded_at=None)

    def _perhaps_unread(self) -> Iterator[str]:
        """Give those of whom a row may be that was not taken."""
        if not self._unread:
            return
        jobs = {position.position_code: job for job, same in self._seen.positions.items() for position in same}
        for employee_id, recorded in self._recorded.people.items():
            held = [jobs[held.position_code] for held in recorded.assignments if held.position_code in jobs]
            if self._unread.may_be_about(employee_id, normal_name(self._recorded.employees[employee_id].name), held):
                yield employee_id
