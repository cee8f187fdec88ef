"""Where the systems keep each series: the beginnings of resources, and the patterns that map them."""

from collections.abc import Iterator
from typing import NamedTuple

from app.sample_city.city import City

PUBLISHED = "Published/"
_DOCUMENTS = "docstore"


class PlacePattern(NamedTuple):
    """One row of the resources file; `series` is a reference, `public` or `ignore`."""

    system: int
    pattern: str
    series: str


def place_of(city: City, system: int, series: int) -> str:
    """Give the beginning of the resources of a series in a system."""
    one = city.series[series]
    return city.systems[system].place(city.departments[one.department].name, one.name)


def published_place(city: City, system: int, series: int) -> str | None:
    """Give the place inside a not public series where its public documents lie, if it has one."""
    one = city.series[series]
    if city.systems[system].name == _DOCUMENTS and not one.public and "Public" in one.classification:
        return place_of(city, system, series) + PUBLISHED
    return None


def place_patterns(city: City) -> Iterator[PlacePattern]:
    """Give the rows of the resources file, some of them inside the places of others."""
    for system, one in enumerate(city.systems):
        yield PlacePattern(system, f"{one.ignored}*", "ignore")
    for number, series in enumerate(city.series):
        for system in (city.system_numbers[name] for name in series.systems):
            yield PlacePattern(system, f"{place_of(city, system, number)}*", series.reference)
            published = published_place(city, system, number)
            if published:
                yield PlacePattern(system, f"{published.casefold()}*", "public")
