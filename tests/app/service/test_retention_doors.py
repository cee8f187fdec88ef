"""Retention and legal holds in the browser and over JSON: entered, seen, confirmed, removed, told."""

from starlette.testclient import TestClient

from tests.app.service.serving import Service
from tests.app.service.working import hidden, work_off

PAGE = "/logs/cad/retention"
PERIOD = {"keeps": "1", "unit": "years", "code": "CAD 100", "citation": "Council resolution 2024-7"}


def _enter(official: TestClient, **fields: str) -> int:
    form = PERIOD | {"version": hidden(official.get(PAGE), "version")} | fields
    return official.post(PAGE, data=form).status_code


def test_what_is_due_is_shown_confirmed_and_removed(town_service: Service) -> None:
    official, auditor = town_service.signed_in("compliance_official"), town_service.signed_in("auditor")
    assert "No code for access logs is known to this program" in official.get(PAGE).text
    assert _enter(official) == 303
    held = {"what": "text", "about": "case/1", "reason": "Pike v. Elm"}
    assert official.post(f"{PAGE}/hold", data=held).status_code == 303

    seen = official.get(PAGE)
    assert "Pike v. Elm" in seen.text
    assert "held." in seen.text
    assert "<form" not in auditor.get(PAGE).text.partition("<main")[2].partition("</main")[0]
    assert auditor.post(f"{PAGE}/remove", data={"stamp": hidden(seen, "stamp")}).status_code == 403
    form = {"stamp": hidden(seen, "stamp"), "key": hidden(seen)}
    places = {official.post(f"{PAGE}/remove", data=form).headers["location"] for _ in range(2)}
    work_off(town_service)

    assert len(places) == 1
    assert "removed on" in official.get(places.pop()).text
    (removal,) = auditor.get("/api/v1/removals").json()["items"]
    assert (removal["source"], removal["code"], removal["removed_by"]) == ("cad", "CAD 100", "compliance_official")
    assert "under schedule CAD 100" in auditor.get(PAGE).text
    assert "under schedule CAD 100" in auditor.get("/logs/cad").text
    assert official.get("/api/v1/coverage?source=cad").json()["items"][0]["days_removed"] > 0


def test_something_else_than_was_shown_is_not_removed(town_service: Service) -> None:
    official = town_service.signed_in("compliance_official")
    assert _enter(official) == 303
    shown = official.get("/api/v1/retention/cad/due").json()
    official.post(f"{PAGE}/hold", data={"what": "everything", "reason": "Pike v. Elm", "everywhere": "yes"})

    asked = official.post("/api/v1/retention/cad/removal", json={"stamp": shown["stamp"]}).json()
    work_off(town_service)

    job = official.get(f"/api/v1/jobs/{asked['number']}").json()
    assert (job["state"], official.get("/api/v1/removals").json()["items"]) == ("failed", [])
    assert "something else is due now than was shown" in job["outcome"]["said"][-1]


def test_a_form_says_what_is_wrong_and_keeps_what_was_typed(town_service: Service) -> None:
    official = town_service.signed_in("compliance_official")

    for wrong, said in ({"keeps": "six"}, "as a number"), ({"code": ""}, "138.17"), ({"version": "x"}, "meanwhile"):
        form = PERIOD | {"version": hidden(official.get(PAGE), "version")} | wrong
        answer = official.post(PAGE, data=form)
        assert (answer.status_code, said in answer.text) == (422, True)
        assert "Council resolution 2024-7" in answer.text
