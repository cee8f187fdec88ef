"""The designated offices, who holds them, and the duties for which they may reach not public data."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.sample_city.chance import Chance
from app.sample_city.city import City, Department, Officer, OfficerDuty
from app.sample_city.year import DAY, FIRST_DAY, HOUR, Period, midnight

_SINCE = date(2022, 2, 1)
_HANDED_OVER = date(2025, 6, 30)
# Each office is held by the head of a department; the compliance official changes in the middle of the year.
_OFFICES = (
    ("responsible_authority", "City Clerk's Office", _SINCE, None),
    ("compliance_official", "City Attorney's Office", _SINCE, _HANDED_OVER),
    ("compliance_official", "Internal Audit", _HANDED_OVER + timedelta(days=1), None),
    ("administrator", "City Manager's Office", _SINCE, None),
    ("hr_manager", "Human Resources", _SINCE, None),
    ("is_manager", "Information Technology", _SINCE, None),
)
_SPECIFIED_DUTIES = (
    "Answer data request {number}",
    "Decide the challenge of a data subject in matter {number}",
    "Review access for the yearly security assessment, part {number}",
    "Gather what the court ordered in file {number}",
    "Verify the restored copy after outage {number}",
)
_OF_ALL_SERIES = "Check the inventory row by row, round {number}"
_DUTIES = 40


def designate_officers(departments: Sequence[Department]) -> list[Officer]:
    """Give the designated offices; the head of a department is the employee with the department's number."""
    by_name = {department.name: number for number, department in enumerate(departments)}
    return [Officer(office, by_name[name], Period.of_dates(start, end)) for office, name, start, end in _OFFICES]


def specify_duties(city: City, chance: Chance) -> list[OfficerDuty]:
    """Give the officers' specified duties of the year; some recorded ahead, a few only after they began."""
    officers = city.officers
    return [_duty(officers[number % len(officers)], number, city.not_public, chance) for number in range(_DUTIES)]


def _duty(officer: Officer, number: int, not_public: Sequence[int], chance: Chance) -> OfficerDuty:
    reference = f"2025-{number + 1:03d}"
    day = FIRST_DAY + timedelta(days=chance.randrange(5, 340))
    if number % 10 == 9:  # noqa: PLR2004 - every tenth is about all series, and for one day
        period = Period.of_dates(day, day)
        return OfficerDuty(officer.employee, None, _OF_ALL_SERIES.format(number=reference), period, None)
    start = midnight(day) + 9 * HOUR
    end = start + chance.randrange(3, 12) * DAY
    recorded_at = (start - 2 * HOUR, start + 30 * HOUR, None, None)[number % 4]  # ahead, too late, not told
    duty = chance.choice(_SPECIFIED_DUTIES).format(number=reference)
    return OfficerDuty(officer.employee, chance.choice(not_public), duty, Period.of_instants(start, end), recorded_at)
