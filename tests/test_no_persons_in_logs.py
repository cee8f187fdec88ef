"""What no log may tell is found wherever it is logged, in whatever spelling."""

import logging
import secrets

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import SecretStr

from access.models import Employee
from config.service_log import log_event
from tests.builders import a_row
from tests.no_persons_in_logs import LOG_LINE, NO_PERSONS_IN_LOGS, NoPersonsInLogs, Untold


@pytest.fixture
def watch(pytestconfig: pytest.Config) -> NoPersonsInLogs:
    """Give what every test is held to."""
    watch = pytestconfig.pluginmanager.get_plugin(NO_PERSONS_IN_LOGS)
    assert isinstance(watch, NoPersonsInLogs)
    return watch


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"route": "/people/ann%20olson"}', ["ann olson"]),
        ("said by ANN OLSON.", ["ann olson"]),
        ("Mann Olson, Ann of Olson", []),
    ],
)
def test_a_name_is_found_in_any_case_and_as_an_address_has_it(text: str, found: list[str]) -> None:
    untold = Untold()
    for name in ("Ann Olson", "Ann"):
        untold.add("name", name)

    assert [one for _, one in untold.found_in(text)] == found


def test_what_is_logged_anywhere_is_held_to_what_was_learnt_meanwhile(watch: NoPersonsInLogs) -> None:
    token, password = secrets.token_urlsafe(32), "seven quiet harbours at noon"
    SecretStr("smtp-41-tulip")
    a_row(Employee, name="Quillon Ferrybridge")
    Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)

    log_event("signed in", token=f"t_{token}", name="quillon ferrybridge")
    log_event("request", route="/findings/{key}", request_id=secrets.token_hex(8))
    logging.getLogger("some.library").error("the server refused smtp-41-tulip")
    faults = watch.faults(f'said to who asked: {token}\n{LOG_LINE}2026", "event": "{password}"}}')

    assert [fault.partition(" in: ")[0] for fault in faults] == [
        "name 'quillon ferrybridge'",
        f"secret {token.casefold()!r}",
        "secret 'smtp-41-tulip'",
        f"password {password!r}",
    ]
    assert watch.faults() == []
