"""The city's departments, the districts that divide them in a large city, and their positions."""

from collections.abc import Sequence
from dataclasses import replace

from app.sample_city.city import Department, Position
from app.sample_city.systems import System
from app.sample_city.tables import read_table

_DISTRICTS = ("North", "South", "East", "West", "Lakeside", "Riverside", "Old Town", "Airport", "University", "Prairie")


def district_name(name: str, district: int) -> str:
    """Give the name that a department or series carries in a district; 0 is the city itself."""
    if district == 0:
        return name
    known = district <= len(_DISTRICTS)
    return f"{name}, {_DISTRICTS[district - 1]} District" if known else f"{name}, District {district}"


def found_departments(systems: Sequence[System], *, districts: int) -> list[Department]:
    """Give every department once for the city and once for each further district, in that order."""
    return [
        replace(department, name=district_name(department.name, district))
        for district in range(districts)
        for department in _departments_of_the_city(systems)
    ]


def open_positions(departments: Sequence[Department]) -> list[Position]:
    """Give the positions of each department, its head first."""
    return [
        Position(f"P{number:04d}-{level}", title, number, level)
        for number, department in enumerate(departments)
        for level, title in enumerate(department.titles)
    ]


def known_systems(names: Sequence[str], systems: Sequence[System]) -> tuple[str, ...]:
    """Give those of the systems that the city has; a city with one system keeps everything there."""
    if len(systems) == 1:
        return (systems[0].name,)
    return tuple(names)


def _departments_of_the_city(systems: Sequence[System]) -> list[Department]:
    return [
        Department(
            row["name"],
            row["shift"],
            known_systems(["hris", "docstore", *row["systems"].split(";")], systems),
            int(row["size"]),
            tuple(row["titles"].split(";")),
        )
        for row in read_table("departments")
    ]
