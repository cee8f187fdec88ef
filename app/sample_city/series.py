"""The city's data series: the modelled ones, then a district's own copy of them in a large city."""

import re
from itertools import islice

from app.sample_city.city import City, Series
from app.sample_city.departments import district_name, known_systems
from app.sample_city.tables import read_table

MODELLED_SERIES = len(read_table("series"))
EVERYONE = "all employees"


def list_series(city: City, count: int) -> list[Series]:
    """Give the first `count` series of a city whose departments and employees are known."""
    rows = read_table("series")
    by_name = {department.name: number for number, department in enumerate(city.departments)}
    every = ((row, district) for district in range(districts_for(count)) for row in rows)
    return [_series(city, row, district, by_name) for row, district in islice(every, count)]


def districts_for(count: int) -> int:
    """Say in how many copies the modelled series must stand to give so many."""
    return -(-count // MODELLED_SERIES)


def access_parts(series: Series) -> list[str]:
    """Split a work access text into its parts, case-folded."""
    return [part.strip().casefold() for part in re.split(r"[;\n]", series.work_access) if part.strip()]


def _series(city: City, row: dict[str, str], district: int, by_name: dict[str, int]) -> Series:
    department = by_name[district_name(row["department"], district)]
    return Series(
        code=f"{row['code']}-D{district}" if row["code"] and district else row["code"],
        name=district_name(row["name"], district),
        description=row["description"],
        classification=row["classification"],
        citation=row["citation"],
        work_access=_access_text(row["work_access"], district, by_name, city.employees[department].name),
        department=department,
        systems=known_systems(row["systems"].split(";"), city.systems),
        retention=row["retention"],
        purposes=tuple(row["purpose"].split(";")),
        subject=row["subject"],
    )


def _access_text(text: str, district: int, by_name: dict[str, int], head: str) -> str:
    parts = [part.strip() for part in text.split(";")]
    named = [district_name(part, district) if part in by_name else part for part in parts]
    return "; ".join(named).replace("{head}", head)
