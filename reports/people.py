"""How reports name employees, series and departments."""

from collections import defaultdict

from access.facts import Facts, Holding

NO_DEPARTMENT = "(no department)"


class People:
    """Names employees, and says in which department they worked at an instant."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._holdings: dict[str, list[Holding]] = defaultdict(list)
        for holding in facts.holdings:
            self._holdings[holding.employee_id].append(holding)

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

    def _department(self, holding: Holding) -> str:
        return self._facts.positions[holding.position_code].department
