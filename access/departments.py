"""In which departments employees worked."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from access.models import Assignment, Position
from config.database import known_at


class _Held(NamedTuple):
    """A position that was held during [start, end), None = open."""

    department: str
    start: datetime | None
    end: datetime | None


class Departments:
    """Says in which departments employees worked, by what is known at an instant.

    Args:
        employee_id: The only one who is asked about; empty = everybody.

    Attributes:
        names: All departments, in order.
    """

    def __init__(self, session: Session, at: datetime, employee_id: str = "") -> None:
        positions = select(col(Position.position_code), col(Position.department)).where(known_at(Position, at))
        by_code = {code: department for code, department in session.exec(positions)}  # noqa: C416 - rows, not pairs
        self.names = sorted(set(by_code.values()))
        self._held: dict[str, list[_Held]] = defaultdict(list)
        held = select(
            col(Assignment.employee_id), col(Assignment.position_code), col(Assignment.start), col(Assignment.end)
        ).where(known_at(Assignment, at))
        if employee_id:
            held = held.where(col(Assignment.employee_id) == employee_id)
        for holder, code, start, end in session.exec(held):
            if code in by_code:
                self._held[holder].append(_Held(by_code[code], start, end))

    def of(self, employee_id: str, instant: datetime) -> set[str]:
        """Give the departments of the positions held at an instant; where none was held any more, the last one's."""
        held = self._held[employee_id]
        now = {
            one.department
            for one in held
            if (one.start is None or one.start <= instant) and (one.end is None or instant < one.end)
        }
        before = [(one.end, one.department) for one in held if one.end is not None and one.end <= instant]
        return now or ({max(before)[1]} if before else set())
