"""Small nasty cities, by Hypothesis (`cities`) or for long seeded runs (`city_from_seed`)."""

import random

from hypothesis import strategies as st

from tests.cities.access import add_inventory, add_officer_duties, add_temporary_duties, add_work_access
from tests.cities.dice import DAY, DAYS, HOUR, MICROSECOND, NUDGES, ZONES, Dice
from tests.cities.disguise import disguise_cells
from tests.cities.draft import Draft
from tests.cities.events import add_events
from tests.cities.people import add_assignments, add_employees, add_officers, add_positions
from tests.cities.restate import restate_rows
from tests.cities.systems import add_accounts, add_purposes, add_resources
from tests.reference.facts import City, Graces, instant


@st.composite
def cities(draw: st.DrawFn) -> City:
    """Draw a city whose every choice Hypothesis can shrink towards the plainest."""
    return _build(Dice(lambda low, high: draw(st.integers(low, high))))


def city_from_seed(seed: int) -> City:
    """Give the same city for the same seed, as rich as a drawn one."""
    return _build(Dice(random.Random(seed).randint))  # noqa: S311 - test cases, nothing secret


def _build(dice: Dice) -> City:
    draft = _begin(dice)
    for add in (
        *(add_positions, add_employees, add_assignments, add_inventory, add_accounts, add_work_access),
        *(
            add_temporary_duties,
            add_officers,
            add_officer_duties,
            add_resources,
            add_purposes,
            restate_rows,
            add_events,
            disguise_cells,
        ),
    ):
        add(draft)
    return draft.city()


def _begin(dice: Dice) -> Draft:
    zone = dice.one_of(ZONES)
    systems = {
        name: zone if dice.chance(60) else dice.one_of(ZONES) for name in ("permits", "records")[: dice.integer(1, 2)]
    }
    graces = Graces()
    if dice.chance(15):
        graces = Graces(*(dice.one_of([0, 1, 3, 30]) * DAY for _ in range(4)))
    live = instant(dice.one_of(DAYS), zone) + dice.one_of(NUDGES)
    entries = [live - 400 * DAY, live - MICROSECOND, live, live + 20 * DAY + 3 * HOUR]
    return Draft(dice, zone, systems, graces, live if dice.chance(70) else None, entries)
