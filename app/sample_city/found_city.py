"""Makes up the whole city from a seed: its departments, people, data, and who may reach what."""

from dataclasses import dataclass

from app.sample_city.accounts import open_accounts
from app.sample_city.assignments import assign_positions, fewest_assignments
from app.sample_city.chance import Chance
from app.sample_city.city import City
from app.sample_city.departments import found_departments, open_positions
from app.sample_city.duties import assign_duties
from app.sample_city.later_roster import keep_for_roster
from app.sample_city.officers import designate_officers, specify_duties
from app.sample_city.people import hire_people
from app.sample_city.series import MODELLED_SERIES, districts_for, list_series
from app.sample_city.systems import FIVE_SYSTEMS, ONE_SYSTEM
from app.sample_city.work_access import describe_work_access
from config.errors import Invalid


@dataclass(frozen=True)
class CitySize:
    """How large a city to make up; None leaves a number to the others.

    Args:
        one_log: Everything lies in one system.
        later_roster: A roster tells what the other files do not say yet of who left, moved or came back.
    """

    employees: int
    series: int | None = None
    assignments: int | None = None
    duties: int | None = None
    one_log: bool = False
    later_roster: bool = False


def found_city(size: CitySize, chance: Chance) -> City:
    """Make up a city.

    Raises:
        Invalid: The numbers do not fit together; the sentence says which would.
    """
    count = size.series if size.series is not None else MODELLED_SERIES
    if count < MODELLED_SERIES:
        raise Invalid(f"The sample city has at least {MODELLED_SERIES} data series; ask for that many or more.")
    city = City(ONE_SYSTEM if size.one_log else FIVE_SYSTEMS)
    city.departments = found_departments(city.systems, districts=districts_for(count))
    city.positions = open_positions(city.departments)
    city.employees = hire_people(city.departments, _enough_employees(city, size.employees), chance)
    city.series = list_series(city, count)
    city.assignments = assign_positions(city, _enough_assignments(city, size.assignments), chance)
    city.accounts = open_accounts(city, chance)
    city.officers = designate_officers(city.departments)
    city.work_access = describe_work_access(city, chance)
    city.officer_duties = specify_duties(city, chance)
    duties = size.duties if size.duties is not None else size.employees * 3 // 4
    city.duties = assign_duties(city, duties, chance)
    city.roster = keep_for_roster(city) if size.later_roster else None
    return city


def _enough_employees(city: City, count: int) -> int:
    least = len(city.departments) * 3 // 2
    if count < least:
        raise Invalid(f"So many departments need at least {least} employees; ask for that many or more.")
    return count


def _enough_assignments(city: City, count: int | None) -> int:
    least = fewest_assignments(city)
    if count is None:
        return max(least, len(city.employees) * 17 // 10)
    if count < least:
        raise Invalid(f"So many employments need at least {least} assignments; ask for that many or more.")
    return count
