"""Is a change about one employee: about their own record, or about work access that reaches them?"""

from collections.abc import Collection
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlmodel import Session, col, select

from access.import_changes import changes_at
from access.match_work_access import Holders
from access.models import Assignment, Employee, Position
from config.recorded import current
from config.texts import compare_form
from inventory.models import PartResolution

_Holder = tuple[str, str]


def is_about(session: Session, at: datetime, employee_id: str) -> bool:
    """Say whether what was changed at an instant is about an employee.

    It is where a row of theirs was recorded or ended; so it is with work access, a part of a work access text and what
    such a part was resolved to, where the holder is the employee, or a position that is on the record as held by them
    at any time, or its department. What every employee has is about nobody in particular.

    Args:
        at: The instant of the change, which may still be under way.
        employee_id: As it is recorded.
    """
    session.flush()  # what was changed is asked of the database itself
    reaching = _Reaching(session, employee_id)
    return any(
        reaching.concerns(row)
        for change in changes_at(session, at)
        for rows in (change.opened, change.closed)
        for row in rows
    )


def reaches_employee(session: Session, employee_id: str, row: Any) -> bool:  # noqa: ANN401 - a row of any table
    """Say whether a row is about an employee in the same sense.

    A part of a work access text is so as well by what an official resolved it to.

    Args:
        employee_id: As it is recorded.
    """
    reaching, rows = _Reaching(session, employee_id), [row]
    if hasattr(row, "part"):
        of_part = (PartResolution.series == row.series, PartResolution.part == row.part)
        rows += session.exec(select(PartResolution).where(*of_part, current(PartResolution))).all()
    return any(map(reaching.concerns, rows))


class _Reaching:
    """The holders by which work access reaches an employee."""

    def __init__(self, session: Session, employee_id: str) -> None:
        self._session, self._employee_id = session, employee_id

    def concerns(self, row: Any) -> bool:  # noqa: ANN401 - a row of any table
        """Say whether a row is about the employee."""
        if hasattr(row, "employee_id"):
            return bool(row.employee_id == self._employee_id)
        if hasattr(row, "holder_type"):
            return self._is_own((row.holder_type, row.holder))
        return hasattr(row, "part") and any(map(self._is_own, self._named.named(row.part)))

    def _is_own(self, holder: _Holder) -> bool:
        kind, name = holder
        return (kind, compare_form(name)) in self._own

    @cached_property
    def _own(self) -> Collection[_Holder]:
        held = select(Assignment.position_code).where(Assignment.employee_id == self._employee_id, current(Assignment))
        codes = self._session.exec(held.distinct()).all()
        there = select(Position.department).where(col(Position.position_code).in_(codes), current(Position))
        return {
            ("employee", compare_form(self._employee_id)),
            *(("position", compare_form(code)) for code in codes),
            *(("department", compare_form(name)) for name in self._session.exec(there)),
        }

    @cached_property
    def _named(self) -> Holders:
        positions = self._session.exec(select(Position).where(current(Position))).all()
        return Holders(positions, self._session.exec(select(Employee).where(current(Employee))).all())
