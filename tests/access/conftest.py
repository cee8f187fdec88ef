"""The people of the town, and its data."""

import pytest
from sqlmodel import Session

from tests.town import Town


@pytest.fixture
def people(new_town: Town) -> Session:
    """Give a session on the town where nobody was given anything yet."""
    return new_town.session
