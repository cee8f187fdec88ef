"""Who held which position when: careers with promotions, transfers and several positions at once."""

from dataclasses import replace
from datetime import date, timedelta

from app.sample_city.chance import Chance
from app.sample_city.city import Assignment, City
from app.sample_city.year import DAY, FIRST_DAY, LAST_DAY, MINUTE, midnight

_SHORTEST_SPELL = timedelta(days=60)


def assign_positions(city: City, count: int, chance: Chance) -> list[Assignment]:
    """Give `count` assignments: one for each employment, then moves and further positions drawn at random."""
    rows = [row for number in range(len(city.employees)) for row in _first_positions(city, number)]
    while len(rows) < count:
        place = chance.randrange(len(rows))
        row = rows[place]
        if _can_move(city, row) and chance.happens(0.7):
            rows[place], later = _move(row, _next_position(city, row, chance), chance)
            rows.append(later)
        else:
            rows.append(_further_position(row, _next_position(city, row, chance), chance))
    return rows


def fewest_assignments(city: City) -> int:
    """Say how many assignments the employments need at least."""
    return sum(len(person.employments) for person in city.employees)


def _first_positions(city: City, number: int) -> list[Assignment]:
    """Give a position for each employment; the last of someone who left now and then stays open, as files do."""
    person = city.employees[number]
    own = city.positions_of[person.department]
    level = 0 if number == person.department else 1 + number % (len(own) - 1)
    rows = [
        Assignment(number, own[level], date.fromisoformat(period.start_text), _date(period.end_text))
        for period in person.employments
    ]
    if len(rows) == 1 and number % 5 == 0:
        return [replace(rows[0], end=None)]
    return rows


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _can_move(city: City, row: Assignment) -> bool:
    """Say whether the spell is long enough to be divided; the heads of departments stay."""
    return row.employee >= len(city.departments) and _spell(row) >= _SHORTEST_SPELL


def _spell(row: Assignment) -> timedelta:
    return (row.end or LAST_DAY) - row.start


def _next_position(city: City, row: Assignment, chance: Chance) -> int:
    """Draw a position that heads nothing, more often than not in the same department."""
    stays = chance.happens(0.6)
    department = city.positions[row.position].department if stays else chance.randrange(len(city.departments))
    return chance.choice(city.positions_of[department][1:])


def _move(row: Assignment, position: int, chance: Chance) -> tuple[Assignment, Assignment]:
    """End a position on one day and begin the next the day after, often in the year itself."""
    first, last = row.start + timedelta(days=30), (row.end or LAST_DAY) - timedelta(days=10)
    if first < FIRST_DAY < last and chance.happens(0.4):
        first = FIRST_DAY
    day = first + timedelta(days=chance.randrange((last - first).days))
    later = Assignment(row.employee, position, day, row.end, _recorded_at(day, chance))
    return replace(row, end=day - timedelta(days=1)), later


def _further_position(row: Assignment, position: int, chance: Chance) -> Assignment:
    """Let a second position run beside the first for part of its time."""
    days = _spell(row).days + 1
    start = row.start + timedelta(days=chance.randrange(days) if days > 0 else 0)
    end = start + timedelta(days=chance.randrange(20, 700))
    if row.end and end > row.end:
        end = row.end
    return Assignment(row.employee, position, start, max(start, end), _recorded_at(start, chance))


def _recorded_at(start: date, chance: Chance) -> int | None:
    """Draw when personnel entered a change of this year: mostly not told, else in time, or weeks too late."""
    if start < FIRST_DAY:
        return None
    in_time = midnight(start) + chance.randrange(-10 * DAY, 13 * DAY, MINUTE)
    late = midnight(start) + chance.randrange(21 * DAY, 50 * DAY, MINUTE)
    return chance.choices([None, in_time, late], weights=[70, 18, 12])[0]
