"""The service on a new city, and on the town."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from config.settings import Settings
from tests.app.service.serving import Service, serve
from tests.town_stages import Stage, TownStages


@pytest.fixture
def service(engine: Engine, settings: Settings) -> Iterator[Service]:
    """Give the service with an official for each role."""
    yield from _served(engine, settings)


@pytest.fixture
def town_service(town_stages: TownStages, settings: Settings, engine: Engine) -> Iterator[Service]:
    """Give the service of the audited town; its manager is Bo Larson (E2)."""
    town_stages.put(Stage.AUDITED, settings)
    yield from _served(engine, settings)


def _served(engine: Engine, settings: Settings) -> Iterator[Service]:
    served = serve(engine, settings)
    yield served
    for browser in served.browsers:
        browser.close()
