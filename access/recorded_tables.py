"""Every table of the record that imports fill, and how its rows refer to those of others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
from access.stated import (
    ACCOUNTS,
    ASSIGNMENTS,
    CASES,
    EMPLOYEES,
    EMPLOYMENTS,
    OFFICER_DUTIES,
    OFFICERS,
    POSITIONS,
    PURPOSES,
    TEMPORARY_DUTIES,
    TRAININGS,
    WORK_ACCESS,
)
from config.recorded import Recorded
from config.tables.facts import StatedTables
from config.tables.heading_mapping import HeadingMapping
from inventory.models import DataSeries, Entity, PartResolution, ResourcePattern, WorkAccessPart
from inventory.stated import PARTS, PATTERNS, SERIES

# Every table that decisions rest on.
DECIDING_TABLES: tuple[type[Recorded], ...] = (
    *(Entity, DataSeries, WorkAccessPart, PartResolution, ResourcePattern),
    *(Position, Employee, Employment, Assignment, Account, WorkAccess, TemporaryDuty, Officer, OfficerDuty),
    PurposeMeaning,
)
RECORDED_TABLES: tuple[type[Recorded], ...] = (*DECIDING_TABLES, ListedCase, Training, HeadingMapping)
STATED_TABLES: StatedTables = (
    *(SERIES, PARTS, PATTERNS, POSITIONS, EMPLOYEES, EMPLOYMENTS, ASSIGNMENTS, ACCOUNTS),
    *(WORK_ACCESS, TEMPORARY_DUTIES, OFFICERS, OFFICER_DUTIES, PURPOSES, CASES, TRAININGS),
)


@dataclass(frozen=True)
class Reference:
    """A column whose cells name a row of another table.

    Args:
        model: The table of the column.
        target: The other table.
        key: Its column that is named.
        named: What such a row is called in a sentence.
        only: The cells of other columns of a row whose cell is a reference.
        words: Cells that are no reference.
    """

    model: type[Recorded]
    column: str
    target: type[Recorded]
    key: str
    named: str
    only: Mapping[str, str]
    words: frozenset[str] = frozenset({""})

    def of(self, row: Any) -> str | None:  # noqa: ANN401 - a row of the table
        """Give what a row names; None where it names nothing."""
        cell: str = getattr(row, self.column)
        applies = all(getattr(row, name) == text for name, text in self.only.items())
        return cell if applies and cell not in self.words else None


def _to_employee(model: type[Recorded], column: str = "employee_id", **only: str) -> Reference:
    return Reference(model, column, Employee, "employee_id", "the employee", only)


def _to_position(model: type[Recorded], column: str = "position_code", **only: str) -> Reference:
    return Reference(model, column, Position, "position_code", "the position", only)


def _to_department(model: type[Recorded]) -> Reference:
    return Reference(model, "holder", Position, "department", "the department", {"holder_type": "department"})


def _to_series(model: type[Recorded], *words: str) -> Reference:
    return Reference(model, "series", DataSeries, "code", "the data series", {}, frozenset({"", *words}))


REFERENCES: tuple[Reference, ...] = (
    *(
        _to_employee(model)
        for model in (Employment, Assignment, Account, TemporaryDuty, Officer, OfficerDuty, Training)
    ),
    _to_employee(Employee, "manager_id"),
    _to_position(Assignment),
    *(_to_employee(model, "holder", holder_type="employee") for model in (WorkAccess, PartResolution)),
    *(_to_position(model, "holder", holder_type="position") for model in (WorkAccess, PartResolution)),
    *(_to_department(model) for model in (WorkAccess, PartResolution)),
    *(_to_series(model) for model in (WorkAccess, TemporaryDuty, WorkAccessPart, PartResolution)),
    _to_series(OfficerDuty, "*"),
    _to_series(ResourcePattern, "public", "ignore"),
)
