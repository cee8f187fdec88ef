"""Fifty people edit at once, the same things and different ones: nothing is lost, doubled or answered with an error."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier

from httpx2 import Response
from sqlmodel import col, select
from starlette.testclient import TestClient

from access.models import TemporaryDuty
from audit.models import FindingMove
from config.officials.tokens import make_token
from inventory.models import DataSeries
from tests.app.service.serving import Service
from tests.databases import on_both

_PEOPLE = 50
_STALE = 412
_SERIES, _FINDINGS, _DUTIES = "/api/v1/series", "/api/v1/findings", "/api/v1/temporary-duties"


@contextmanager
def _people(service: Service) -> Iterator[list[TestClient]]:
    with service.installation.change() as work:
        login, expires = "compliance_official", work.now + timedelta(days=1)
        token = make_token(work.session, login, expires_at=expires, acts=(), now=work.now, by="test")
    people = [service.browser() for _ in range(_PEOPLE)]
    for one in people:
        one.headers["Authorization"] = f"Bearer {token}"
    yield people


def _all_at_once(people: list[TestClient], do: Callable[[int, TestClient], Response]) -> list[Response]:
    """Let everybody do something at the same moment."""
    ready = Barrier(_PEOPLE)

    def begin(number: int) -> Response:
        ready.wait()
        return do(number, people[number])

    with ThreadPoolExecutor(_PEOPLE) as pool:
        return list(pool.map(begin, range(_PEOPLE)))


def _counted(answers: list[Response]) -> Counter[int]:
    return Counter(one.status_code for one in answers)


@on_both
def test_of_many_changes_of_one_version_one_is_made_and_the_others_are_told_so(town_service: Service) -> None:
    with _people(town_service) as people:
        codes = ("S1", "S2")
        seen = {code: people[0].get(f"{_SERIES}/{code}") for code in codes}

        def change(number: int, person: TestClient) -> Response:
            shown = seen[codes[number % 2]]
            body = {**shown.json(), "purpose": f"As person {number} says"}
            known = {name: body[name] for name in body if name not in _NOT_SENT}
            return person.put(shown.request.url.path, headers={"If-Match": shown.headers["etag"]}, json=known)

        answers = _all_at_once(people, change)

    assert _counted(answers) == {200: 2, _STALE: _PEOPLE - 2}
    said = {one.json()["purpose"] for one in answers if one.is_success}
    with town_service.installation.read() as work:
        made = work.session.exec(select(DataSeries).where(col(DataSeries.purpose).startswith("As person"))).all()
    assert {one.purpose for one in made} == said


@on_both
def test_every_note_that_was_accepted_is_in_the_history(town_service: Service) -> None:
    with _people(town_service) as people:
        paths = [f"{_FINDINGS}/{one['key']}" for one in people[0].get(_FINDINGS).json()["items"][:5]]
        seen = {path: people[0].get(path).headers["etag"] for path in paths}

        def note(number: int, person: TestClient) -> Response:
            path = paths[number % len(paths)]
            return person.post(f"{path}/moves", headers={"If-Match": seen[path]}, json={"note": f"Note {number}"})

        answers = _all_at_once(people, note)

    assert _counted(answers) == {200: len(paths), _STALE: _PEOPLE - len(paths)}
    accepted = [f"Note {number}" for number, one in enumerate(answers) if one.is_success]
    with town_service.installation.read() as work:
        noted = work.session.exec(select(FindingMove.note).where(col(FindingMove.note).startswith("Note "))).all()
    assert sorted(noted) == sorted(accepted)


@on_both
def test_what_two_send_with_one_key_is_made_once(town_service: Service) -> None:
    with _people(town_service) as people:

        def grant(number: int, person: TestClient) -> Response:
            asked = {"employee_id": "E1", "series": "S1", "end": f"2026-06-{2 + number // 2:02}", "reason": "cover"}
            return person.post(_DUTIES, headers={"Idempotency-Key": f"key {number // 2}"}, json=asked)

        answers = _all_at_once(people, grant)

    assert _counted(answers) == {201: _PEOPLE}
    made = Counter(one.json()["id"] for one in answers)
    assert set(made.values()) == {2}
    with town_service.installation.read() as work:
        kept = work.session.exec(select(TemporaryDuty.id).where(TemporaryDuty.reason == "cover")).all()
    assert len(kept) == len(made) == _PEOPLE // 2


_NOT_SENT = {"code", "classes", "unreadable_classes", "citations", "unreadable_citations", "recorded_at", "recorded_by"}
