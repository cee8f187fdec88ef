"""What files state of this folder's tables: a class for each, with a field for every column but the clocks.

Here stands as well how each table's rows compare.
"""

from datetime import datetime
from typing import NamedTuple

from access import known_tables
from access.accounts import normal_system
from access.models import (
    Account,
    Assignment,
    Employee,
    Employment,
    ListedCase,
    Officer,
    OfficerDuty,
    Position,
    PurposeMeaning,
    TemporaryDuty,
    Training,
    WorkAccess,
)
from access.rules import normal_purposes
from config.tables.facts import StatedTable
from config.texts import compare_form


class StatedPosition(NamedTuple):
    """See `Position`."""

    position_code: str
    title: str
    department: str


class StatedEmployee(NamedTuple):
    """See `Employee`."""

    employee_id: str
    name: str
    email: str
    manager_id: str


class StatedEmployment(NamedTuple):
    """See `Employment`."""

    employee_id: str
    start: datetime | None
    end: datetime | None


class StatedAssignment(NamedTuple):
    """See `Assignment`."""

    employee_id: str
    position_code: str
    start: datetime | None
    end: datetime | None
    stated_recorded_at: datetime | None


class StatedAccount(NamedTuple):
    """See `Account`."""

    system: str
    login: str
    employee_id: str
    kind: str
    start: datetime | None
    end: datetime | None


class StatedWorkAccess(NamedTuple):
    """See `WorkAccess`."""

    series: str
    holder_type: str
    holder: str
    actions: str
    purposes: str
    start: datetime | None
    end: datetime | None
    authority: str
    stated_recorded_at: datetime | None


class StatedTemporaryDuty(NamedTuple):
    """See `TemporaryDuty`."""

    employee_id: str
    series: str
    actions: str
    purposes: str
    start: datetime
    end: datetime
    granted_by: str
    reason: str
    stated_recorded_at: datetime | None
    revoked_at: datetime | None


class StatedOfficer(NamedTuple):
    """See `Officer`."""

    office: str
    employee_id: str
    start: datetime | None
    end: datetime | None


class StatedOfficerDuty(NamedTuple):
    """See `OfficerDuty`."""

    employee_id: str
    series: str
    duty: str
    start: datetime
    end: datetime
    stated_recorded_at: datetime | None


class StatedPurpose(NamedTuple):
    """See `PurposeMeaning`."""

    source: str
    typed: str
    match: str
    purpose: str


class StatedCase(NamedTuple):
    """See `ListedCase`."""

    case_number: str
    system: str
    start: datetime | None
    end: datetime | None


class StatedTraining(NamedTuple):
    """See `Training`."""

    employee_id: str
    training: str
    start: datetime
    end: datetime | None


POSITIONS = StatedTable(Position, StatedPosition, identity=("position_code",))
EMPLOYEES = StatedTable(Employee, StatedEmployee, identity=("employee_id",))
EMPLOYMENTS = StatedTable(
    Employment,
    StatedEmployment,
    identity=("employee_id", "start"),
    subject=("employee_id",),
    thing=("employee_id",),
    ends=("end",),
)
ASSIGNMENTS = StatedTable(
    Assignment,
    StatedAssignment,
    identity=("employee_id", "position_code", "start"),
    unique=False,
    subject=("employee_id",),
    thing=known_tables.ASSIGNMENTS.thing,
    ends=("end",),
)
ACCOUNTS = StatedTable(
    Account,
    StatedAccount,
    identity=("system", "login", "start"),
    folded={"system": normal_system, "login": compare_form},
    subject=("system", "login"),
    thing=("system", "login"),
    ends=("end",),
)
WORK_ACCESS = StatedTable(
    WorkAccess,
    StatedWorkAccess,
    identity=("series", "holder_type", "holder", "actions", "purposes", "start"),
    unique=False,
    subject=("series", "holder_type", "holder"),
    thing=known_tables.WORK_ACCESS.thing,
    ends=("end",),
    folded={"holder": compare_form, "purposes": normal_purposes},
)
TEMPORARY_DUTIES = StatedTable(
    TemporaryDuty,
    StatedTemporaryDuty,
    identity=("employee_id", "series", "actions", "purposes", "start"),
    unique=False,
    subject=("employee_id", "series"),
    thing=known_tables.TEMPORARY_DUTIES.thing,
    ends=("end", "revoked_at"),
    folded={"purposes": normal_purposes},
)
OFFICERS = StatedTable(
    Officer,
    StatedOfficer,
    identity=("office", "employee_id", "start"),
    unique=False,
    subject=("office", "employee_id"),
    thing=("office", "employee_id"),
    ends=("end",),
)
OFFICER_DUTIES = StatedTable(
    OfficerDuty,
    StatedOfficerDuty,
    identity=("employee_id", "series", "duty", "start"),
    unique=False,
    subject=("employee_id",),
    thing=known_tables.OFFICER_DUTIES.thing,
    ends=("end",),
    folded={"duty": compare_form},
)
PURPOSES = StatedTable(
    PurposeMeaning,
    StatedPurpose,
    identity=("source", "typed", "match"),
    subject=("source",),
    folded={"typed": compare_form, "purpose": compare_form},
)
CASES = StatedTable(
    ListedCase,
    StatedCase,
    identity=("case_number", "system"),
    folded={"case_number": compare_form, "system": normal_system},
    ends=("end",),
)
TRAININGS = StatedTable(
    Training,
    StatedTraining,
    identity=("employee_id", "training", "start"),
    folded={"training": compare_form},
    ends=("end",),
)
