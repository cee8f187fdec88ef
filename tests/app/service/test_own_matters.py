"""What an employee does here: sees by whose word they have access, asks for a duty, explains accesses when asked."""

import html
import re

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from config.officials.officials import OfficialRequest, add_official
from config.officials.permissions import Role
from tests.app.service.duty_people import add_duty_people
from tests.app.service.serving import Service, hashed_password

_ASKED = {"employee_id": "E1", "series": "S1", "actions": "view;print", "end": "friday", "reason": "covers for Eve"}


@pytest.fixture
def town(town_service: Service) -> Service:
    """Give the audited town, where Ann Olson (E1) signs in as an employee."""
    with town_service.installation.change() as work:
        for login, employee in (("ann", "E1"), ("di", "")):
            request = OfficialRequest(login, login.title(), [Role.EMPLOYEE], employee, hashed_password())
            add_official(work.session, request, now=work.now, by=work.by)
    return town_service


def _shown(page: Response) -> dict[str, str]:
    return {
        name: html.unescape(text) for name, text in re.findall(r'name="(version|sent|seen)" value="([^"]*)"', page.text)
    }


def _about_ann(official: TestClient) -> str:
    """Give the key of a finding about Ann."""
    found = official.get("/api/v1/findings?who=E1").json()["items"]
    return str(found[0]["key"])


def _ask(official: TestClient, key: str, **typed: str) -> Response:
    shown = _shown(official.get(f"/findings/{key}"))
    asked = {"status": "under_review", "note": "What was it for?", "asks": "E1", "due": "2026-06-12"}
    return official.post(f"/findings/{key}/moves", data=shown | asked | typed)


def test_an_employee_sees_what_they_may_reach_through_what_and_by_whose_word(town: Service) -> None:
    ann = town.signed_in("ann")
    page, told = ann.get("/me/access"), ann.get("/api/v1/me/access").json()["items"]

    assert told
    for one in told:
        assert one["grant"] in page.text
        assert html.escape(one["said_by"]) in page.text
    assert ann.get("/api/v1/me/access?as_of=1999-01-01").json()["items"] == []
    assert ann.get("/me/access?as_of=someday").status_code == 422
    assert "not tied to an employee" in town.signed_in("di").get("/me/access").text


def test_who_is_asked_to_explain_finds_it_at_home_answers_once_and_the_answer_is_in_the_history(town: Service) -> None:
    official, ann = town.signed_in("compliance_official"), town.signed_in("ann")
    key = _about_ann(official)
    assert ann.get(f"/findings/{key}").status_code == 404
    assert _ask(official, key).status_code == 303

    assert f'href="/findings/{key}/answer"' in ann.get("/").text
    form = ann.get(f"/findings/{key}")
    assert "What was it for?" in form.text
    assert "the end of 12 June 2026" in form.text
    assert "Other findings" not in form.text
    assert ann.post(f"/findings/{key}/answer", data={"answer": " "}).status_code == 422
    assert ann.post(f"/findings/{key}/answer", data={"answer": "Covered <the> desk"}).status_code == 303
    again = ann.post(f"/findings/{key}/answer", data={"answer": "And more"})
    assert (again.status_code, "And more" in again.text) == (409, False)

    history = official.get(f"/findings/{key}").text
    assert "Asked E1 to explain it, through 12 June 2026: What was it for?" in history
    assert "Explained, as asked: Covered &lt;the&gt; desk" in history
    assert ann.get("/api/v1/me/explanations").json()["items"][0]["answer"] == "Covered <the> desk"
    assert "Explanations asked of you" not in ann.get("/").text.partition("What you can do here")[0]


def test_nobody_but_the_one_who_was_asked_answers(town: Service) -> None:
    official = town.signed_in("compliance_official")
    key = _about_ann(official)
    _ask(official, key)

    for login in ("di", "manager", "hr"):
        other = town.signed_in(login)
        assert other.get(f"/findings/{key}/answer").status_code == 404
        assert other.post(f"/findings/{key}/answer", data={"answer": "It was nothing"}).status_code == 404
        assert other.post(f"/api/v1/findings/{key}/answer", json={"answer": "It was nothing"}).status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"asks": "E3"}, "does not sign in here"),
        ({"due": "2026-01-01"}, "until a day to come"),
        ({"due": ""}, "name both"),
        ({"note": ""}, "what is to be explained"),
        ({"status": "referred", "referred_to": "IA-7", "case": "IA-7"}, "only of a finding that becomes under_review"),
    ],
)
def test_a_question_that_would_lead_nowhere_is_refused(town: Service, typed: dict[str, str], said: str) -> None:
    official = town.signed_in("compliance_official")
    refused = _ask(official, _about_ann(official), **typed)

    assert refused.status_code == 422
    assert said in refused.text


def test_no_answer_is_waited_for_once_the_finding_is_closed(town: Service) -> None:
    official, ann = town.signed_in("compliance_official"), town.signed_in("ann")
    key = _about_ann(official)
    _ask(official, key)
    shown = _shown(official.get(f"/findings/{key}"))
    official.post(f"/findings/{key}/moves", data=shown | {"status": "explained", "note": "her chief told us"})

    assert "No answer is waited for any more" in ann.get(f"/findings/{key}").text
    assert ann.post(f"/findings/{key}/answer", data={"answer": "late"}).status_code == 409


def test_the_asker_sees_what_was_approved_shortened_or_refused_and_why(service: Service) -> None:
    add_duty_people(service)
    ann, bo = service.signed_in("ann"), service.signed_in("bo")
    ids = [ann.post("/api/v1/temporary-duties", json=_ASKED).json()["id"] for _ in range(3)]
    answers: tuple[tuple[str, dict[str, str]], ...] = (
        ("approve", {}),
        ("approve", {"end": "wednesday", "actions": "view", "note": "Eve is back on Thursday"}),
        ("refuse", {"reason": "the team has it"}),
    )
    for duty, (act, body) in zip(ids, answers, strict=True):
        version = bo.get(f"/api/v1/temporary-duties/{duty}").headers["etag"]
        made = bo.post(f"/api/v1/temporary-duties/{duty}/{act}", json=body, headers={"If-Match": version})
        assert made.status_code == 200, made.text

    told = ann.get("/api/v1/me/requests").json()["items"]
    assert [(one["answer"], one["answer_note"]) for one in reversed(told)] == [
        ("approved", ""),
        ("shortened", "Eve is back on Thursday"),
        ("refused", "the team has it"),
    ]
    shortened = told[1]
    assert (shortened["actions"], shortened["asked_actions"]) == ("view", "view;print")
    assert shortened["end"] < shortened["asked_end"]
    page = ann.get("/me").text
    assert "shortened by bo, through 3 June 2026; view only: Eve is back on Thursday" in page
    assert "refused by bo: the team has it" in page
    home = ann.get("/").text
    assert (
        "<strong>in force</strong> (shortened by bo, through 3 June 2026; view only: Eve is back on Thursday)" in home
    )
    assert "<strong>refused</strong> (by bo: the team has it)" in home


@pytest.mark.parametrize("body", [{"end": "+9d"}, {"actions": "export"}, {"actions": "peek"}, {"end": "2026-05-01"}])
def test_an_approval_gives_less_than_was_asked_never_more(service: Service, body: dict[str, str]) -> None:
    add_duty_people(service)
    duty = service.signed_in("ann").post("/api/v1/temporary-duties", json=_ASKED).json()
    refused = service.signed_in("bo").post(
        f"/api/v1/temporary-duties/{duty['id']}/approve", json=body, headers={"If-Match": duty["version"]}
    )

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == f"/{next(iter(body))}"


def test_what_was_shortened_of_a_back_dated_duty_is_what_a_second_person_confirms(service: Service) -> None:
    add_duty_people(service)
    asked = _ASKED | {"start": "2026-05-28"}
    duty = service.signed_in("ann").post("/api/v1/temporary-duties", json=asked).json()
    at = f"/api/v1/temporary-duties/{duty['id']}"
    bo, cy = service.signed_in("bo"), service.signed_in("cy")
    given = bo.post(f"{at}/approve", json={"actions": "view"}, headers={"If-Match": duty["version"]}).json()
    confirmed = cy.post(f"{at}/confirm", headers={"If-Match": given["version"]}).json()

    assert (given["state"], confirmed["state"], confirmed["actions"]) == ("awaiting confirmation", "in force", "view")
