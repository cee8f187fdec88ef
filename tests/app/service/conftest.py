"""The service on a new city."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from config.settings import Settings
from tests.app.service.serving import Service, serve


@pytest.fixture
def service(engine: Engine, settings: Settings) -> Iterator[Service]:
    """Give the service with an official for each role."""
    served = serve(engine, settings)
    yield served
    for browser in served.browsers:
        browser.close()
