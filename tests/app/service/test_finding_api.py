"""Findings over JSON, asked for with a token as another system would."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from config.officials.tokens import make_token
from config.settings import Settings
from tests.app.service.serving import Service, serve
from tests.town_stages import Stage, TownStages

FINDINGS = "/api/v1/findings"


@pytest.fixture
def town_service(town_stages: TownStages, settings: Settings, engine: Engine) -> Iterator[Service]:
    """Give the service of the audited town."""
    town_stages.put(Stage.AUDITED, settings)
    served = serve(engine, settings)
    yield served
    for browser in served.browsers:
        browser.close()


def _caller(service: Service, login: str = "compliance_official", acts: tuple[str, ...] = ()) -> TestClient:
    with service.installation.change() as work:
        expires = work.now + timedelta(days=1)
        token = make_token(work.session, login, expires_at=expires, acts=acts, now=work.now, by="test")
    caller = service.browser()
    caller.headers["Authorization"] = f"Bearer {token}"
    return caller


def test_pages_of_a_list_hold_every_finding_once_in_order(town_service: Service) -> None:
    caller = _caller(town_service)
    whole = [one["key"] for one in caller.get(FINDINGS, params={"sort": "-events"}).json()["items"]]
    found, cursor = list[str](), ""
    for _ in whole:
        page = caller.get(FINDINGS, params={"sort": "-events", "limit": 2, "cursor": cursor}).json()
        found += [one["key"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break

    assert len(whole) > 2
    assert found == whole


@pytest.mark.parametrize("asked", [{"cursor": "x"}, {"sort": "size"}, {"limit": "0"}, {"status": "none"}])
def test_what_cannot_be_asked_is_answered_with_problem_details(town_service: Service, asked: dict[str, str]) -> None:
    answer = _caller(town_service).get(FINDINGS, params=asked)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_a_move_is_made_of_the_version_that_was_seen(town_service: Service) -> None:
    caller = _caller(town_service)
    key = caller.get(FINDINGS).json()["items"][0]["key"]
    seen = caller.get(f"{FINDINGS}/{key}").headers["etag"]
    moves = f"{FINDINGS}/{key}/moves"

    assert caller.post(moves, json={"note": "x"}).status_code == 428
    assert caller.post(moves, json={"note": "Asked"}, headers={"If-Match": seen}).json()["last_note"] == "Asked"
    assert caller.post(moves, json={"note": "Again"}, headers={"If-Match": seen}).status_code == 412
    assert [one["note"] for one in caller.get(f"{FINDINGS}/{key}").json()["history"]] == ["Asked"]


@pytest.mark.parametrize(
    ("until", "status", "said"),
    [
        ("2026-06-12", 200, "2026-06-13T05:00:00Z"),
        ("2026-06-12T17:00", 200, "2026-06-12T22:00:00Z"),
        ("2026-06-12T17:00:00-04:00", 200, "2026-06-12T21:00:00Z"),
        ("2027-02-29", 422, "A last day cannot be read"),
        ("0000-01-01", 422, "A last day cannot be read"),
    ],
)
def test_an_end_of_a_move_is_a_day_or_an_instant_as_anywhere(
    town_service: Service, until: str, status: int, said: str
) -> None:
    caller = town_service.signed_in("compliance_official")
    at = f"{FINDINGS}/{caller.get(FINDINGS).json()['items'][0]['key']}"
    move = {"status": "accepted", "note": "for the move", "owner": "Bo Larson", "exception_ends": until}
    answer = caller.post(f"{at}/moves", json=move, headers={"If-Match": caller.get(at).headers["ETag"]})

    assert answer.status_code == status
    assert said in (answer.text if status != 200 else caller.get(at).text)


def test_a_note_longer_than_is_kept_is_refused(town_service: Service) -> None:
    caller = town_service.signed_in("compliance_official")
    at = f"{FINDINGS}/{caller.get(FINDINGS).json()['items'][0]['key']}"
    headers = {"If-Match": caller.get(at).headers["ETag"]}

    assert caller.post(f"{at}/moves", json={"note": "x" * 10_001}, headers=headers).status_code == 422


def test_a_move_of_several_that_is_sent_twice_is_made_once(town_service: Service) -> None:
    caller = _caller(town_service)
    keys = [one["key"] for one in caller.get(FINDINGS).json()["items"][:2]]
    asked, once = {"keys": [*keys, "0" * 16], "note": "Seen"}, {"Idempotency-Key": "a"}
    first = caller.post(f"{FINDINGS}/moves", json=asked, headers=once).json()

    assert caller.post(f"{FINDINGS}/moves", json=asked, headers=once).json() == first
    assert [bool(one["refusal"]) for one in first["moves"]] == [False, False, True]
    assert len(caller.get(f"{FINDINGS}/{keys[0]}").json()["history"]) == 1
    other = caller.post(f"{FINDINGS}/moves", json={**asked, "note": "Other"}, headers=once)
    assert other.status_code == 409


def test_a_token_serves_for_its_acts_alone_and_until_it_expires(town_service: Service) -> None:
    caller = _caller(town_service, acts=("read",))

    assert caller.get(FINDINGS).status_code == 200
    assert caller.post(f"{FINDINGS}/moves", json={"keys": [], "note": "x"}).status_code == 403
    town_service.clock.pass_by(timedelta(days=2))
    assert caller.get(FINDINGS).status_code == 401
