"""Findings of a department are those of people who worked there at the last access, or worked there last."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from access.departments import Departments
from access.models import Assignment, Position
from audit.list_findings import FindingsFilter, list_findings
from audit.models import Finding, FindingFigures
from config.texts import compare_form
from tests.builders import APRIL_1, DAY, MAY_1, a_row, a_run
from tests.databases import on_both

MARCH = APRIL_1 - 9 * DAY
POSITIONS = {"CLERK": "Police", "COOK": "Kitchen", "OTHER": "POLICE "}
# of each employee, the position and period of every assignment
HELD: dict[str, list[tuple[str, datetime | None, datetime | None]]] = {
    "E1": [("CLERK", None, None), ("COOK", MARCH, MAY_1)],
    "E2": [("CLERK", None, APRIL_1), ("COOK", APRIL_1, None)],
    "E3": [("COOK", None, MARCH), ("CLERK", None, MARCH + DAY)],
    "E4": [("CLERK", None, MARCH), ("COOK", None, MARCH)],
    "E5": [("OTHER", None, MARCH), ("COOK", None, MARCH)],
    "E6": [("CLERK", MAY_1, None), ("UNKNOWN", None, None)],
}


def add_finding(session: Session, number: int, who: str, *, is_employee: bool) -> None:
    """Add a finding whose last access was on 1 April."""
    decided: dict[str, Any] = {"reason": "no_work_assignment", "verdict": "unauthorized", "month": "2025-04"}
    named: dict[str, Any] = {"who": who, "who_is_employee": is_employee, "what": "S1", "what_is_series": True}
    session.add(Finding(id=number, key=f"{number:016}", figures_id=number, accesses=1, **named, **decided))
    session.flush()
    told: dict[str, Any] = {"actions": "", "sources": "", "explanation": "", "subjects": 0, "events": 1}
    session.add(FindingFigures(id=number, finding_id=number, run_id=1, first=MARCH, last=APRIL_1, **told))


@on_both
def test_findings_are_of_the_departments_where_their_people_worked_then_or_last(session: Session) -> None:
    session.add(a_run(None, None, id=1))
    for code, department in POSITIONS.items():
        session.add(a_row(Position, position_code=code, title=code, department=department))
    for number, (who, held) in enumerate(HELD.items(), 1):
        for code, start, end in held:
            session.add(a_row(Assignment, employee_id=who, position_code=code, start=start, end=end))
        add_finding(session, number, who, is_employee=True)
    add_finding(session, 7, "E1", is_employee=False)
    session.flush()
    told = Departments(session, MAY_1)

    for name, people in {"police": ["E1", "E3", "E4", "E5"], "kitchen": ["E1", "E2"]}.items():
        listed = list_findings(session, FindingsFilter(department=name, sort="who"), now=MAY_1)
        assert ([one.who for one in listed.findings], listed.total) == (people, len(people))
        assert people == [who for who in HELD if name in map(compare_form, told.of(who, APRIL_1))]
