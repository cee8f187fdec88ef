"""Settings out of range, or of a name that is none, are refused before anything goes by them."""

import pytest
from pydantic import ValidationError

from config.settings import Settings


def _refusal(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> tuple[str, str]:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    (fault,) = refused.value.errors()
    return str(fault["loc"][0]), fault["msg"]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("grace_days_positions", "999999999999", "less than or equal to 3650"),
        ("grace_days_work_access", "-1", "greater than or equal to 0"),
        ("grace_days_officer_duties", "9" * 5000, "exceeded maximum size"),
        ("cross_examined", "1000000000", "less than or equal to 100000"),
        ("memory_limit_mb", "99999999", "less than or equal to 16777216"),
        ("lock_wait_seconds", "nan", "finite number"),
        ("lock_wait_seconds", "inf", "finite number"),
        ("lock_wait_seconds", "1e9", "less than or equal to 86400"),
    ],
)
def test_a_number_out_of_range_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    setting, sentence = _refusal(monkeypatch, f"THIRTEEN_{name.upper()}", value)

    assert setting == name
    assert said in sentence


def test_a_role_that_is_none_and_a_provider_that_others_can_stand_in_for_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "boss is no role" in _refusal(monkeypatch, "THIRTEEN_SECOND_FACTOR_ROLES", "administrator; boss")[1]
    monkeypatch.undo()
    assert "begins with https://" in _refusal(monkeypatch, "THIRTEEN_OIDC_ISSUER", "http://login.example.gov")[1]
    monkeypatch.undo()
    monkeypatch.setenv("THIRTEEN_SECOND_FACTOR_ROLES", "Administrator; hr;")
    assert Settings().second_factor_roles == {"administrator", "hr"}


def test_a_proxy_that_is_no_address_is_refused_so_that_not_everybody_is_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "* is no IP address or network" in _refusal(monkeypatch, "THIRTEEN_PROXIES", "10.0.0.1;*")[1]
    monkeypatch.setenv("THIRTEEN_PROXIES", "10.0.0.1; 172.17.0.0/16;")
    assert Settings().proxies == {"10.0.0.1", "172.17.0.0/16"}


def test_a_misspelt_setting_is_refused_with_the_one_that_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _refusal(monkeypatch, "THIRTEEN_DATABSE_URL", "postgresql://host/city") == (
        "databse_url",
        "there is no such setting; perhaps THIRTEEN_DATABASE_URL is meant",
    )
    monkeypatch.undo()
    assert _refusal(monkeypatch, "Thirteen_colour", "red") == ("colour", "there is no such setting")
