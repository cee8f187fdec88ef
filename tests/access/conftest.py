"""The people of the town, and its data."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from app.newest_time import newest_time
from config.settings import Settings
from config.work import Installation
from inventory.entity_time import entity_zone
from tests.town import Town
from tests.town_stages import Stage, TownStages


@pytest.fixture
def people(new_town: Town) -> Session:
    """Give a session on the town where nobody was given anything yet."""
    return new_town.session


@pytest.fixture
def town_installation(town_stages: TownStages, settings: Settings, engine: Engine) -> Installation:
    """Give the town, without a log, as doors work on it."""
    town_stages.put(Stage.ENTERED, settings)
    return Installation(settings, engine, "test", entity_zone, newest_time)
