"""SQL, the decision table and Casbin give one answer, that of the separate reference, on generated cities."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from sqlmodel import Session

from config.settings import Settings
from tests import reference
from tests.agree_on_cities import agree_on_city
from tests.audit.deciders import differences
from tests.cities import cities, city_from_seed


@pytest.mark.parametrize("seed", range(12))
def test_all_deciders_agree_with_the_reference_as_known_at_every_step(
    seed: int, session: Session, settings: Settings, tmp_path: Path
) -> None:
    assert differences(session, city_from_seed(seed), tmp_path / "files", settings) == []


@hypothesis_settings(
    max_examples=10, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), derandomize=True
)
@given(city=cities())
def test_all_deciders_agree_with_the_reference_on_any_city(city: reference.City) -> None:
    assert agree_on_city(city) == []
