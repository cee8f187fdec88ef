"""Which series each employee could reach, when and for what, worked out from what the city wrote down."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.sample_city.city import City
from app.sample_city.series import EVERYONE, access_parts
from app.sample_city.year import ALWAYS, DAY, FOREVER

_GRACE = 14 * DAY  # of positions and work access; temporary and specified duties have none


class Grant(NamedTuple):
    """What lets one employee reach one series during [start, end).

    Args:
        actions: The actions it covers; None covers any.
        purposes: The purposes it covers; None covers any, and none.
        start: Its first instant.
        end: The first instant after it.
        timely_from: Accesses before this instant are ahead of its being recorded, its grace counted.
    """

    actions: tuple[str, ...] | None
    purposes: tuple[str, ...] | None
    start: int
    end: int
    timely_from: int


class _Holding(NamedTuple):
    """One employee's part in a position, a department or everyone."""

    employee: int
    start: int
    end: int
    timely_from: int


class Reach:
    """The grants of each employee, by series; and which series have a work access text that cannot be tested."""

    def __init__(self, city: City) -> None:
        self._city = city
        self.grants: list[dict[int, list[Grant]]] = [{} for _ in city.employees]
        self.untestable: frozenset[int] = frozenset()
        self._everyone = [_Holding(number, ALWAYS, FOREVER, ALWAYS) for number in range(len(city.employees))]
        self._holders = _holders(city)
        self._read_inventory()
        self._read_work_access()
        self._read_duties()

    def _read_inventory(self) -> None:
        places = _known_parts(self._city)
        untestable = set()
        for number in self._city.not_public:
            for part in access_parts(self._city.series[number]):
                holdings = self._named_holders(part, places)
                self._give(number, holdings, Grant(None, None, ALWAYS, FOREVER, ALWAYS))
                if part not in places and part != EVERYONE:
                    untestable.add(number)
        self.untestable = frozenset(untestable)

    def _named_holders(self, part: str, places: dict[str, list[tuple[str, int]]]) -> Iterator[_Holding]:
        if part == EVERYONE:
            yield from self._everyone
        for holder in places.get(part, []):
            yield from self._holdings(*holder)

    def _holdings(self, holder_type: str, holder: int | None) -> Iterable[_Holding]:
        if holder is None:
            return self._everyone
        if holder_type == "employee":
            return [self._everyone[holder]]
        return self._holders[holder_type, holder]

    def _read_work_access(self) -> None:
        for row in self._city.work_access:
            timely_from = _timely_from(row.recorded_at, _GRACE)
            grant = Grant(row.actions, row.purposes, row.period.start, row.period.end, timely_from)
            self._give(row.series, self._holdings(row.holder_type, row.holder), grant)

    def _read_duties(self) -> None:
        for row in self._city.duties:
            end = row.period.end if row.revoked_at is None else min(row.period.end, row.revoked_at)
            grant = Grant(row.actions, row.purposes, row.period.start, end, _timely_from(row.recorded_at, 0))
            self._give(row.series, [self._everyone[row.employee]], grant)
        for office in self._city.officers:
            for duty in (duty for duty in self._city.officer_duties if duty.employee == office.employee):
                timely_from = _timely_from(duty.recorded_at, 0)
                grant = Grant(None, None, duty.period.start, duty.period.end, timely_from)
                holding = _Holding(office.employee, office.period.start, office.period.end, ALWAYS)
                for series in self._city.not_public if duty.series is None else [duty.series]:
                    self._give(series, [holding], grant)

    def _give(self, series: int, holdings: Iterable[_Holding], grant: Grant) -> None:
        """Give a grant to those who hold it, for the time that both are in force."""
        for employee, start, end, timely_from in holdings:
            first, last = max(start, grant.start), min(end, grant.end)
            if first < last:
                own = grant._replace(start=first, end=last, timely_from=max(timely_from, grant.timely_from))
                self.grants[employee].setdefault(series, []).append(own)


def _holders(city: City) -> dict[tuple[str, int], list[_Holding]]:
    found: dict[tuple[str, int], list[_Holding]] = defaultdict(list)
    for row in city.assignments:
        holding = _Holding(row.employee, row.period.start, row.period.end, _timely_from(row.recorded_at, _GRACE))
        found["position", row.position].append(holding)
        found["department", city.positions[row.position].department].append(holding)
    return found


def _known_parts(city: City) -> dict[str, list[tuple[str, int]]]:
    """Give the holders that a part of a work access text can name: departments, titles, and heads by full name."""
    places: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for number, department in enumerate(city.departments):
        places[department.name.casefold()].append(("department", number))
        places[city.employees[number].name.casefold()].append(("employee", number))
    for number, position in enumerate(city.positions):
        places[position.title.casefold()].append(("position", number))
    return places


def _timely_from(recorded_at: int | None, grace: int) -> int:
    return ALWAYS if recorded_at is None else recorded_at - grace
