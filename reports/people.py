"""How reports name employees, series and departments."""

from collections import defaultdict
from functools import cached_property

from access.facts import Facts, Holding
from config.clock import from_microseconds, start_text

NO_DEPARTMENT = "(no department)"


def series_named(facts: Facts, code: str) -> str:
    """Give a series' name and code, and from when on it is retired where it is; the code alone where none is known."""
    series = facts.series.get(code)
    if series is None:
        return code
    if series.retired is None:
        return f"{series.name} ({code})"
    retired = start_text(from_microseconds(series.retired), facts.zone)
    return f"{series.name} ({code}, retired from {retired} on)"


class People:
    """Names employees, and says in which department they worked at an instant."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    @cached_property
    def _holdings(self) -> dict[str, list[Holding]]:
        holdings: dict[str, list[Holding]] = defaultdict(list)
        for holding in self._facts.holdings:
            holdings[holding.employee_id].append(holding)
        return holdings

    def named(self, employee_id: str) -> str:
        """Give the employee's name and id."""
        employee = self._facts.employees.get(employee_id)
        return f"{employee.name} ({employee_id})" if employee else employee_id

    def department_at(self, employee_id: str, instant: int) -> str:
        """Give the department of the positions held at an instant; where none was held any more, the last one's.

        Args:
            employee_id: Whose department.
            instant: In microseconds since 1970 in UTC.
        """
        holdings = self._holdings[employee_id]
        held = {self._department(one) for one in holdings if one.start <= instant < one.end}
        before = [one for one in holdings if one.end <= instant]
        if held or not before:
            return "; ".join(sorted(held)) or NO_DEPARTMENT
        return f"formerly {self._department(max(before, key=lambda one: (one.end, one.position_code)))}"

    def titles_at(self, employee_id: str, instant: int) -> str:
        """Give the titles of the positions held at an instant; empty where none was."""
        held = (one for one in self._holdings[employee_id] if one.start <= instant < one.end)
        return ", ".join(sorted({self._facts.positions[one.position_code].title for one in held}))

    def _department(self, holding: Holding) -> str:
        return self._facts.positions[holding.position_code].department
