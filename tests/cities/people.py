"""Who works in a city, as what, and which offices they hold."""

from datetime import datetime

from tests.cities.dice import DAY
from tests.cities.draft import Draft, draw_day, draw_recorded_at, draw_two_ends

NAMES = ("Ann Olson", "Bo Larson", "Cy Nguyen", "Dee Berg", "Ann Olson")
# A title that is also a department's name, and titles that several positions share.
TITLES = ("Clerk", "Assessor", "Officer", "clerk")
DEPARTMENTS = ("Assessor", "Police", "Public Works")


def add_positions(draft: Draft) -> None:
    departments = DEPARTMENTS[: draft.dice.integer(1, 3)]
    for number in range(1, draft.dice.integer(2, 4) + 1):
        draft.add("positions", f"P{number}", draft.dice.one_of(TITLES), draft.dice.one_of(departments))


def add_employees(draft: Draft) -> None:
    dice = draft.dice
    for number in range(1, dice.integer(2, 5) + 1):
        person = (f"E{number}", dice.one_of(NAMES), "", "")
        hired = "2019-01-07" if dice.chance(75) else draw_day(draft)
        left = max(hired, draw_day(draft)) if dice.chance(25) else ""
        draft.add("employees", *person, hired, left)
        if left and dice.chance(60):
            back = datetime.fromisoformat(left) + dice.one_of([1, 2, 30]) * DAY
            draft.add("employees", *person, f"{back:%Y-%m-%d}", "")


def add_assignments(draft: Draft) -> None:
    for employee in draft.column("employees", "employee_id"):
        for _ in range(draft.dice.integer(0, 3)):
            position = draft.dice.one_of(draft.column("positions", "position_code"))
            start, end = draw_two_ends(draft, open_end=True)
            recorded = draw_recorded_at(draft, start, draft.graces.assignment)
            draft.add("assignments", employee, position, start, end, recorded)


def add_officers(draft: Draft) -> None:
    offices = ("responsible_authority", "compliance_official", "administrator", "hr_manager", "is_manager")
    for _ in range(draft.dice.integer(0, 3)):
        start, end = draw_two_ends(draft, open_end=True)
        employee = draft.dice.one_of(draft.column("employees", "employee_id"))
        draft.add("officers", draft.dice.one_of(offices), employee, start, end)
