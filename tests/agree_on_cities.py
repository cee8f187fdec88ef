"""Hold SQL, the decision table and Casbin against the separate reference on many generated cities.

`python -m tests.agree_on_cities 200 [first seed]`: exit status 1 if one event is decided otherwise anywhere.
"""

import sys
import tempfile
from pathlib import Path

from sqlmodel import Session, SQLModel

from config.database import connect
from config.settings import Settings
from tests.audit.deciders import differences, enter_city, with_graces_of
from tests.cities.generate import city_from_seed
from tests.reference.facts import City


def agree_on_city(city: City) -> list[str]:
    """Enter a city into a database of its own, decide its events, and say where the deciders differ."""
    with tempfile.TemporaryDirectory() as folder:
        settings = with_graces_of(city, Settings(data_dir=Path(folder) / "data", database_url=None))
        settings.data_dir.mkdir()
        engine = connect(settings.resolved_database_url())
        SQLModel.metadata.create_all(engine)
        with Session(engine) as session:
            found = differences(session, enter_city(session, city, Path(folder) / "files", settings), settings)
        engine.dispose()
        return found


def main(cities: int, first: int) -> int:
    """Run over cities and say what came of it."""
    events, wrong = 0, 0
    for seed in range(first, first + cities):
        city = city_from_seed(seed)
        found = agree_on_city(city)
        events += len(city.events)
        wrong += bool(found)
        for difference in found:
            sys.stdout.write(f"city {seed}: {difference}\n")
        if (seed - first + 1) % 20 == 0:
            sys.stdout.write(f"{seed - first + 1} cities, {events:,} accesses, {wrong} cities with differences\n")
    sys.stdout.write(f"{cities} cities, {events:,} accesses: {wrong} cities with differences\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(arguments + [200, 0][len(arguments) :])))
