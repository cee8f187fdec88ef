"""Whose manager is whom, in a file of employees or a roster: spelled as the record does, and never in a circle."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from access.stated import StatedEmployee
from config.spellings import Spellings
from config.tables.facts import Plan
from config.tables.kind import Contradiction, Importer, Row
from config.texts import compare_form

_CHAIN_SHOWN = 8


def manager_of_row(importer: Importer, row: Row, employee_id: str, ids: Spellings) -> str:
    """Give the manager's id that a row names, as spelled before; none where the employee is their own manager."""
    written = row.text("manager_id")
    manager_id = (ids.find(written) or written) if written else ""
    if manager_id == employee_id:
        importer.notice(row, "the employee is their own manager, which is how systems write that there is none")
        return ""
    return manager_id


def check_managers(plan: Plan[StatedEmployee], put_aside: Mapping[str, int]) -> list[Contradiction]:
    """Find the newly stated employees whose manager is nobody here, or is managed by them in the end.

    Args:
        plan: What the file would do to the employees.
        put_aside: The compare forms of ids whose rows are refused by themselves, with the rows' numbers.
    """
    written = {employee.employee_id: employee.manager_id for _, employee in plan.then_current()}
    ids = Spellings(written)
    manager_of = {employee: (ids.find(manager) or manager) if manager else "" for employee, manager in written.items()}
    stated = {employee.employee_id: number for number, employee in plan.opened}
    circles = [
        Contradiction(stated[employee], "manager_id", _circular(circle))
        for circle in _circles(manager_of)
        for employee in circle
        if employee in stated
    ]
    astray = [employee for employee in stated if manager_of[employee] and manager_of[employee] not in manager_of]
    unknown = [
        Contradiction(stated[employee], "manager_id", _unknown(put_aside.get(compare_form(manager_of[employee]))))
        for employee in astray
    ]
    at_fault = {contradiction.number for contradiction in (*circles, *unknown)}
    if not at_fault:
        return []
    refused = [employee for employee, number in stated.items() if number in at_fault]
    recorded = {employee.employee_id for employee in (*plan.kept, *plan.closed.values())}
    return [*circles, *unknown, *_under_refused(manager_of, stated, refused, recorded)]


def _unknown(refused: int | None) -> str:
    if refused is None:
        return "is no known employee_id; import the manager too, or correct the id"
    return f"is the employee of row {refused}, which is refused; correct that row"


def _under_refused(
    manager_of: Mapping[str, str], stated: Mapping[str, int], refused: Iterable[str], recorded: Collection[str]
) -> list[Contradiction]:
    """Find, level by level, those whose manager would be a new employee whose own row is refused."""
    team: dict[str, list[str]] = defaultdict(list)
    for employee in stated:
        team[manager_of[employee]].append(employee)
    waiting, found = list(refused), list[Contradiction]()
    seen = set(waiting)
    while waiting:
        manager = waiting.pop()
        if manager in recorded:
            continue  # an earlier version of this row is current
        for employee in team[manager]:
            if employee not in seen:
                found.append(Contradiction(stated[employee], "manager_id", _unknown(stated[manager])))
                seen.add(employee)
                waiting.append(employee)
    return found


def _circles(manager_of: Mapping[str, str]) -> list[list[str]]:
    circles: list[list[str]] = []
    seen: set[str] = set()
    for first in manager_of:
        path: dict[str, int] = {}
        employee = first
        while employee in manager_of and employee not in seen:
            seen.add(employee)
            path[employee] = len(path)
            employee = manager_of[employee]
        if employee in path:
            circles.append(list(path)[path[employee] :])
    return circles


def _circular(circle: Sequence[str]) -> str:
    shown = " -> ".join([*circle[:_CHAIN_SHOWN], circle[0]])
    more = f", with {len(circle) - _CHAIN_SHOWN} more between" if len(circle) > _CHAIN_SHOWN else ""
    return f"makes a circle of managers, {shown}{more}; correct one of them"
