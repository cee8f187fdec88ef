"""The pages of people: who sees whom, what may be reached and through what, and how it stood before."""

import pytest

from access.models import WorkAccess
from audit.logs.import_log import import_logs
from tests.app.service.serving import Service, add_stranger
from tests.builders import LONG_AGO, a_row
from tests.databases import on_both


def test_a_manager_sees_their_own_people_and_of_others_not_whether_they_exist(town_service: Service) -> None:
    add_stranger(town_service)
    manager, clerk = town_service.signed_in("manager"), town_service.signed_in("hr")

    assert [name in manager.get("/people").text for name in ("Ann Olson", "Di Berg")] == [True, False]
    assert [name in clerk.get("/people").text for name in ("Ann Olson", "Di Berg")] == [True, True]
    assert [manager.get(f"/people/{one}").status_code for one in ("E1", "E4", "E9")] == [200, 404, 404]
    assert manager.get("/people/E4").text.replace("E4", "") == manager.get("/people/E9").text.replace("E9", "")


def test_what_may_be_reached_is_shown_with_the_grant_as_of_a_day(town_service: Service) -> None:
    browser = town_service.signed_in("hr")

    assert "temporary-duty:2" in browser.get("/people/E1?as_of=2025-03-02").text.split("Over time")[0]
    assert "temporary-duty:2" not in browser.get("/people/E1?as_of=2025-03-09").text.split("Over time")[0]


def test_nobody_reaches_anything_outside_employment_whatever_grants_stand(town_service: Service) -> None:
    with town_service.installation.change() as work:
        work.session.add(a_row(WorkAccess, series="S4", holder_type="employee", holder="E3", start=LONG_AGO))
    browser = town_service.signed_in("hr")

    held, left = (browser.get(f"/people/E3?as_of={day}").text.split("Over time")[0] for day in ("2025-03-02", ""))
    assert ("Bids" in held, "not employed then" in held) == (True, False)
    assert ("Bids" in left, "not employed then" in left) == (False, True)
    for path in ("/api/v1/employees/E3/access", "/api/v1/series/S4/holders"):
        told = [browser.get(f"{path}?as_of={day}").json()["items"] for day in ("2025-03-02", "")]
        found = [[one for one in items if (one["employee_id"], one["series"]) == ("E3", "S4")] for items in told]
        assert [len(one) for one in found] == [1, 0]
    manager = town_service.signed_in("manager")
    form = {"employee_id": "E3", "series": "S4", "actions": "view", "end": "+3d", "reason": "covers", "step": "preview"}
    assert "Cy Dale is not employed now" in manager.post("/duties/new", data=form).text


def test_what_was_not_known_yet_is_left_out(town_service: Service) -> None:
    browser = town_service.signed_in("auditor")

    assert "Nothing, as of 2 March 2025" in browser.get("/people/E1?as_of=2025-03-02&known_at=2024-01-01").text
    assert browser.get("/people/E1?known_at=2999-01-01").status_code == 422


@pytest.mark.parametrize("asked", ["as_of=soon", "from=2025-03-01&to=2024-03-01", "known_at=never"])
def test_what_cannot_be_read_is_said_and_still_stands_there(town_service: Service, asked: str) -> None:
    answer = town_service.signed_in("hr").get(f"/people/E1?{asked}")

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert asked.rpartition("=")[2] in answer.text


def test_findings_and_accesses_are_for_those_who_may_read_findings(town_service: Service) -> None:
    asked = "/people/E1?from=2025-01-01&to=2025-12-31&accesses=1"
    official, clerk = town_service.signed_in("compliance_official").get(asked), town_service.signed_in("hr").get(asked)

    assert "<h2>Findings</h2>" in official.text
    assert "view of Case files, assigned" in official.text
    assert "<h2>Findings</h2>" not in clerk.text
    assert "view of Case files" not in clerk.text


def test_the_drawing_of_what_a_person_did_does_not_say_about_whom(town_service: Service) -> None:
    log = town_service.installation.settings.data_dir / "log.csv"
    log.write_text("time,account,resource,action,subject\n2025-03-03T12:00:00Z,aolson,plates/QRS771,view,qrs771\n")
    import_logs(town_service.installation, [log], "cad")

    shown = town_service.signed_in("compliance_official").get("/people/E1?from=2025-03-03&to=2025-03-03&accesses=1")

    assert "view of plates/(masked), uninventoried resource" in shown.text


@on_both
def test_people_are_found_by_name_and_department(town_service: Service) -> None:
    browser = town_service.signed_in("hr")

    assert "1 to 1 of 1 person" in browser.get("/people?q=OLSON").text
    assert "Bo Larson" in browser.get("/people?department=Finance&as_of=2025-03-01").text
    assert "Nobody fits" in browser.get("/people?q=nobody").text


def test_what_was_not_used_for_some_days_is_told_to_those_who_may_read_accesses(town_service: Service) -> None:
    official, clerk = town_service.signed_in("compliance_official"), town_service.signed_in("hr")
    asked = "/people/E1?as_of=2025-06-15&unused="  # on 1 June 2026, with a log that ends on 11 June 2025

    page = official.get(f"{asked}400").text.split("Not used since")[1].split("Over time")[0]
    assert "Case files" in page
    assert "Payroll" not in page  # Ann looked at it on 10 June
    assert "It cannot be told of" in official.get(f"{asked}90").text
    assert "Not used since" not in clerk.get(f"{asked}400").text
    assert official.get(f"{asked}soon").status_code == 422


@pytest.mark.parametrize(
    ("path", "then", "fault"),
    [
        ("/people", "known_at=2024-01-01", "known_at=2999-01-01"),
        ("/positions", "known_at=2024-01-01", "known_at=never"),
        ("/accounts", "known_at=2024-01-01", "as_of=soon"),
    ],
)
def test_a_list_shows_what_was_known_then(town_service: Service, path: str, then: str, fault: str) -> None:
    browser = town_service.signed_in("hr")

    assert " of 3 " in browser.get(path).text or " of 4 " in browser.get(path).text
    assert "take a filter away" in browser.get(f"{path}?{then}").text.casefold()
    assert browser.get(f"{path}?{fault}").status_code == 422
