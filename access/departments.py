"""In which departments employees worked."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from access.known_tables import ASSIGNMENTS, POSITIONS
from config.clock import microseconds
from config.database import Reader
from config.known_rows import KnownRows


class _Held(NamedTuple):
    """A position that was held during [start, end), in microseconds since 1970 in UTC, None = open."""

    department: str
    start: int | None
    end: int | None


class Departments:
    """Says in which departments employees worked, by what is known at an instant.

    Args:
        employee_id: The only one who is asked about; empty = everybody.

    Attributes:
        names: All departments, in order.
    """

    def __init__(self, reader: Reader, at: datetime, employee_id: str = "") -> None:
        rows = KnownRows(reader, at, {"employee_id": [employee_id] if employee_id else []})
        by_code = {row.position_code: row.department for row in rows.of(POSITIONS)}
        self.names = sorted(set(by_code.values()))
        self._held: dict[str, list[_Held]] = defaultdict(list)
        for row in rows.of(ASSIGNMENTS, by="employee_id"):
            if row.position_code in by_code:
                self._held[row.employee_id].append(_Held(by_code[row.position_code], row.start, row.end))

    def of(self, employee_id: str, instant: datetime) -> set[str]:
        """Give the departments of the positions held at an instant; where none was held any more, the last one's."""
        held, moment = self._held[employee_id], microseconds(instant)
        now = {
            one.department
            for one in held
            if (one.start is None or one.start <= moment) and (one.end is None or moment < one.end)
        }
        before = [(one.end, one.department) for one in held if one.end is not None and one.end <= moment]
        return now or ({max(before)[1]} if before else set())
