"""What the command line does about signing in: a lost second factor, and the identity provider."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pyotp
import pytest

from app.data_folder import open_data_folder
from app.newest_time import newest_time
from config.officials.second_factor import factor_of, set_up_factor
from config.officials.totp import new_secret
from config.settings import Settings
from config.work import Installation
from inventory.entity_time import entity_zone
from tests.app.commands import Thirteen
from tests.app.service.forging_provider import forging_provider
from tests.app.service.oidc import MAPPING
from tests.app.service.serving import PASSWORD


def test_a_second_factor_that_was_lost_is_taken_away_by_the_command_line(
    town_thirteen: Thirteen, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(f"{PASSWORD}\n"))
    town_thirteen("official", "add", "Pat", "--role", "administrator")
    engine, secret = open_data_folder(settings), new_secret()
    with Installation(settings, engine, "test", entity_zone, newest_time).change() as work:
        set_up_factor(work, "pat", secret, pyotp.TOTP(secret).at(work.clock))
        assert factor_of(work.session, "pat")
    engine.dispose()

    assert town_thirteen("official", "totp-reset", "PAT").out.startswith("pat signs in without a code")

    again = town_thirteen("official", "totp-reset", "pat")
    assert (again.status, again.out) == (1, "")
    assert "has set up a second factor; nothing was changed" in again.err


def test_the_identity_provider_is_asked_and_said_whom_it_lets_in(
    town_thirteen: Thirteen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "There is no identity provider" in town_thirteen("official", "provider").out
    (tmp_path / "people.toml").write_text(MAPPING, "utf-8")
    with forging_provider(lambda: datetime.now(UTC)) as made:
        monkeypatch.setenv("THIRTEEN_OIDC_ISSUER", made.issuer)
        assert "needs THIRTEEN_OIDC_CLIENT_ID" in town_thirteen("serve").err
        monkeypatch.setenv("THIRTEEN_OIDC_CLIENT_ID", "thirteen")
        monkeypatch.setenv("THIRTEEN_OIDC_MAPPING", str(tmp_path / "people.toml"))
        said = town_thirteen("official", "provider").out
        monkeypatch.setenv("THIRTEEN_OIDC_ISSUER", f"{made.issuer}/")
        other = town_thirteen("official", "provider")

    assert f"{made.issuer} answers" in said
    assert 'Whose groups say "Thirteen HR" is hr.\n' in said
    assert "s-pat (administrator) is administrator.\nNobody else gets in.\n" in said
    assert other.status == 1
    assert f"it calls itself {made.issuer}, not {made.issuer}/" in other.err
