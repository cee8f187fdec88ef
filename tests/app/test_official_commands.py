"""What the command line does about officials: where their notices are mailed."""

from io import StringIO

import pytest
from sqlmodel import Session

from app.data_folder import open_data_folder
from config.officials.officials import find_official
from config.settings import Settings
from tests.app.commands import Thirteen
from tests.app.service.serving import PASSWORD


def test_an_address_is_given_when_one_is_added_and_changed_or_taken_later(
    town_thirteen: Thirteen, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def address() -> str | None:
        engine = open_data_folder(settings)
        with Session(engine) as session:
            official = find_official(session, "pat")
        engine.dispose()
        return official.email if official else None

    def add(email: str) -> str:
        monkeypatch.setattr("sys.stdin", StringIO(f"{PASSWORD}\n"))
        return town_thirteen("official", "add", "Pat", "--role", "hr", "--email", email).err

    assert "is no e-mail address" in add("pat at town")
    assert address() is None
    assert add("pat@town.example") == ""
    assert address() == "pat@town.example"

    assert town_thirteen("official", "email", "PAT", "p@town.example").out == (
        "The notices of pat are mailed to p@town.example now.\n"
    )
    assert address() == "p@town.example"
    assert town_thirteen("official", "email", "pat", "").out == "The notices of pat are mailed nowhere any more.\n"
    assert address() == ""
    assert town_thirteen("official", "email", "nobody", "p@town.example").status == 1
