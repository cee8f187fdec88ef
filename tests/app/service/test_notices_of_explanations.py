"""Who is asked to explain a finding is told so, again before it is due, and whoever asked hears of the answer."""

import html
import re
from datetime import timedelta

import pytest

from config.officials.officials import OfficialRequest, add_official
from config.officials.permissions import Role
from tests.app.service.notices import gather, notices, told
from tests.app.service.serving import Service, hashed_password

_OFFICIAL = "compliance_official"


@pytest.fixture
def asked(town_service: Service) -> tuple[Service, str]:
    """Give the audited town, where Ann (E1) was asked about a finding until the end of 12 June, and its key."""
    with town_service.installation.change() as work:
        request = OfficialRequest("ann", "Ann", [Role.EMPLOYEE], "E1", hashed_password())
        add_official(work.session, request, now=work.now, by=work.by)
    official = town_service.signed_in(_OFFICIAL)
    key = official.get("/api/v1/findings?who=E1").json()["items"][0]["key"]
    hidden = re.findall(r'name="(version|sent|seen)" value="([^"]*)"', official.get(f"/findings/{key}").text)
    form = {name: html.unescape(text) for name, text in hidden}
    question = {"status": "under_review", "note": "What was it for?", "asks": "E1", "due": "2026-06-12"}
    assert official.post(f"/findings/{key}/moves", data=form | question).status_code == 303
    gather(town_service)
    return town_service, str(key)


def explaining(service: Service, login: str) -> list[str]:
    return told(service, login, "explanation")


def test_who_is_asked_is_told_at_once_again_two_days_before_it_is_due_and_not_after_the_answer(
    asked: tuple[Service, str],
) -> None:
    town, key = asked
    assert (explaining(town, "ann"), explaining(town, _OFFICIAL)) == (["explanation_asked"], [])
    (one,) = notices(town, "ann")
    assert one.text == f"You are asked to explain finding {key} until the end of 12 June 2026."
    assert one.path == f"/findings/{key}/answer"

    town.clock.pass_by(timedelta(days=10))
    gather(town)
    assert explaining(town, "ann") == ["explanation_asked", "explanation_due"]

    answered = town.signed_in("ann").post(one.path, data={"answer": "Covered the desk"})
    assert answered.status_code == 303
    gather(town)
    assert (explaining(town, "ann"), explaining(town, _OFFICIAL)) == ([], ["explanation_given"])


def test_whoever_asked_is_told_when_it_is_late(asked: tuple[Service, str]) -> None:
    town, key = asked
    town.clock.pass_by(timedelta(days=12))
    gather(town)

    assert explaining(town, "ann") == ["explanation_asked", "explanation_due"]
    (late,) = (one.text for one in notices(town, _OFFICIAL) if one.kind == "explanation_due")
    assert late == f"The explanation of finding {key} that you asked for was due at the end of 12 June 2026."
