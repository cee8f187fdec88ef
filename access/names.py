"""What employees, positions and series are called, and how a person is told who holds something."""

from functools import cached_property

from sqlmodel import Session, select

from access.models import Employee, Position
from config.recorded import current
from inventory.models import DataSeries


class Names:
    """The names of employees, positions and series as they stand, each kind looked up when first needed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def _employees(self) -> dict[str, str]:
        chosen = select(Employee.employee_id, Employee.name).where(current(Employee))
        return dict(self._session.exec(chosen).all())

    @cached_property
    def _positions(self) -> dict[str, str]:
        chosen = select(Position.position_code, Position.title).where(current(Position))
        return dict(self._session.exec(chosen).all())

    @cached_property
    def _series(self) -> dict[str, str]:
        chosen = select(DataSeries.code, DataSeries.name).where(current(DataSeries))
        return dict(self._session.exec(chosen).all())

    def employee(self, employee_id: str) -> str:
        """Give an employee's name and id."""
        return _named(self._employees, employee_id)

    def owner(self, employee_id: str) -> str:
        """Give who is to answer: a manager, or an official where nobody is named."""
        return self.employee(employee_id) if employee_id else "an official"

    def series(self, code: str) -> str:
        """Give a series' name and code."""
        return _named(self._series, code)

    def name_of_series(self, code: str) -> str:
        """Give a series' name alone; its code where nothing stands under it."""
        return self._series.get(code, code)

    def held_by(self, holder_type: str, holder: str) -> str:
        """Say who is meant by a holder as work access names it, or by a text of the inventory."""
        if holder_type == "everyone":
            return "every employee"
        if holder_type == "text":
            return f"the inventory's text “{holder}”"
        if holder_type == "employee":
            return self.employee(holder)
        named = _named(self._positions, holder) if holder_type == "position" else holder
        return f"{holder_type} {named}"


def _named(names: dict[str, str], key: str) -> str:
    return f"{names[key]} ({key})" if key in names else key
