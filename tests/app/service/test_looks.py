"""The service watches itself: a look becomes an access event, which an audit decides like any other."""

from datetime import timedelta

from sqlmodel import select
from starlette.testclient import TestClient

from access.models import Account, WorkAccess
from access.withdraw_grant import withdraw_grant
from app.looks.keep_taking import looks_taken
from audit.logs.import_log import import_logs
from audit.looks.set_up_own_source import NAME
from config.officials.officials import OfficialRequest, add_official, change_official
from config.own_source import OWN_SOURCE
from config.recorded import current
from inventory.models import DataSeries
from tests.app.service.serving import Service, hashed_password
from tests.app.service.watching import decided, findings, taken, written
from tests.databases import on_both

OFFICIAL, OTHER, OUTSIDE = "olive", "omar", "oona"
SERIES = "DATA-PRACTICES-AUDIT-RECORDS"


def _add(service: Service, login: str, role: str, employee_id: str = "") -> None:
    with service.installation.change() as work:
        request = OfficialRequest(login, login.title(), [role], employee_id=employee_id, password=hashed_password())
        add_official(work.session, request, now=work.now, by=work.by)
    service.clock.pass_by(timedelta(minutes=1))


def test_a_look_at_a_finding_is_an_access_that_an_audit_decides_by_the_looker_s_work_access(
    town_service: Service,
) -> None:
    service = town_service
    for login, employee_id in ((OFFICIAL, "E2"), (OTHER, "E1"), (OUTSIDE, "")):
        _add(service, login, "compliance_official", employee_id)
    finding = next(one for one in findings(service) if one.reason == "assignment_ended")
    service.signed_in(OFFICIAL).get(f"/findings/{finding.key}")
    assert taken(service) == 1
    _end_work_access(service, "E1")
    for login in (OTHER, OUTSIDE):
        service.signed_in(login).get(f"/api/v1/findings/{finding.key}")

    assert taken(service) == 2
    assert written(service) == []
    assert decided(service) == {
        "E1": ("unauthorized", "no_work_assignment"),
        OUTSIDE: ("unresolved", "unknown_account"),
    }


def _end_work_access(service: Service, employee_id: str) -> None:
    with service.installation.change() as work:
        chosen = select(WorkAccess).where(WorkAccess.series == SERIES, WorkAccess.holder == employee_id)
        numbers = [one.id for one in work.session.exec(chosen.where(current(WorkAccess)))]
    for number in numbers:
        with service.installation.change() as work:
            grant = f"work-access:{number}"
            withdraw_grant(work.session, grant, reason="not her work", zone=work.zone, now=work.now, by="test")


def test_what_is_looked_at_is_written_down_with_who_what_and_whom(town_service: Service) -> None:
    finding = next(one for one in findings(town_service) if one.who == "E1")
    browser = town_service.signed_in("compliance_official")
    for path in (
        f"/findings/{finding.key}?purpose=review",
        f"/api/v1/findings/{finding.key}",
        "/findings.csv",
        "/people/E2",
        "/api/v1/employees/E2/access",
        "/api/v1/decisions?employee_id=E3",
        "/people",
        "/inventory",
        "/findings/none",
    ):
        browser.get(path)

    assert [(one["resource"], one["action"], one["subject"], one["purpose"]) for one in written(town_service)] == [
        (f"/findings/{finding.key}", "view", "E1", "review"),
        (f"/findings/{finding.key}", "view", "E1", ""),
        ("/findings.csv", "export", "", ""),
        ("/people/E2", "view", "E2", ""),
        ("/employees/E2/access", "view", "E2", ""),
        ("/decisions", "export", "E3", ""),
    ]
    assert {one["account"] for one in written(town_service)} == {"compliance_official"}


def test_looking_at_what_is_one_s_own_is_no_work_access(town_service: Service) -> None:
    _add(town_service, OTHER, "employee", "E1")
    town_service.signed_in(OTHER).get("/api/v1/employees/E1/access")

    assert [one["resource"] for one in written(town_service)] == ["/me/employees/E1/access"]
    assert taken(town_service) == 1
    assert decided(town_service) == {}


@on_both
def test_accounts_and_work_access_follow_the_roles_and_an_official_has_the_last_word(town_service: Service) -> None:
    service = town_service
    _add(service, OFFICIAL, "auditor", "E1")
    service.signed_in(OFFICIAL).get("/findings")
    taken(service)
    with service.installation.change() as work:
        change_official(work.session, OFFICIAL, now=work.now, by="test", roles="administrator")
    _end_work_access(service, "E2")  # of the manager
    service.signed_in("compliance_official").get("/findings")
    taken(service)

    with service.installation.read() as work:
        chosen = select(WorkAccess).where(WorkAccess.series == SERIES, current(WorkAccess))
        (ended,) = work.session.exec(chosen)
        accounts = work.session.exec(select(Account).where(Account.system == OWN_SOURCE, current(Account))).all()
        (series,) = work.session.exec(select(DataSeries).where(DataSeries.name == NAME))
    assert (ended.holder, ended.actions, ended.end is not None) == ("E1", "export;view", True)
    assert sorted((one.login, one.employee_id) for one in accounts) == [("manager", "E2"), (OFFICIAL, "E1")]
    assert (series.code, series.classes) == (SERIES, "")


def test_where_a_look_cannot_be_written_down_nothing_is_shown(town_service: Service) -> None:
    browser = town_service.signed_in("compliance_official")
    (town_service.installation.settings.data_dir / "looks").write_text("in the way")

    answer = browser.get("/findings")

    assert answer.status_code == 503
    assert "nothing is shown" in answer.text
    assert "officer" not in answer.text
    assert browser.get("/inventory").status_code == 200


def test_an_employee_sees_at_once_who_looked_at_what_is_recorded_of_them(town_service: Service) -> None:
    service = town_service
    _add(service, OTHER, "employee", "E1")
    own = service.signed_in(OTHER)
    service.signed_in("compliance_official").get("/people/E1", params={"purpose": "review"})
    service.clock.pass_by(timedelta(minutes=1))

    at_once = _looks_in(own, OWN_SOURCE)
    taken(service)
    later = _looks_in(own, OWN_SOURCE)

    (look,) = at_once
    assert (look["who"], look["name"], look["what"]) == (
        "compliance_official",
        "Compliance_Official",
        "What one may reach",
    )
    assert (look["action"], look["purpose"], look["source"]) == ("view", "review", OWN_SOURCE)
    assert later[-1] == look
    assert [(one["who"], one["what"]) for one in later[:-1]] == [(OTHER, "What is one's own")]
    assert "this service" in own.get("/me/looks").text


def _looks_in(browser: TestClient, source: str) -> list[dict[str, str]]:
    items = browser.get("/api/v1/me/looks").json()["items"]
    return [one for one in items if one["source"] == source]


def test_every_log_that_says_whom_an_access_is_about_tells_who_looked(town_service: Service) -> None:
    service = town_service
    log = service.installation.settings.data_dir / "log.csv"
    lines = ("x,case/1,view,E1", "y,case/2,view,e1", "z,case/3,view,E10", "z,case/4,view,E2", "z,case/5,view,1")
    rows = "".join(f"2026-05-0{number}T12:00:00Z,{line}\n" for number, line in enumerate(lines, 1))
    log.write_text(f"time,account,resource,action,subject\n{rows}", encoding="utf-8")
    import_logs(service.installation, [log], "cad")
    _add(service, OTHER, "employee", "E1")

    looks = _looks_in(service.signed_in(OTHER), "cad")

    assert [(one["who"], one["what"]) for one in looks if one["time"] > "2026"] == [("y", "case/2"), ("x", "case/1")]


def test_whom_accesses_are_about_is_masked_until_a_purpose_is_stated(town_service: Service) -> None:
    finding = next(one for one in findings(town_service) if one.who == "frontdesk")
    browser = town_service.signed_in("compliance_official")
    path, over_json = f"/findings/{finding.key}", f"/api/v1/findings/{finding.key}"

    masked, shown = browser.get(path).text, browser.get(path, params={"purpose": "review"}).text
    subjects = [
        [one["subject"] for one in browser.get(over_json, params=asked).json()["accesses"]]
        for asked in ({}, {"purpose": " "}, {"purpose": "review"})
    ]

    assert "case/1" in masked
    assert ("C-1" in masked, "masked 1" in masked, "C-1" in shown) == (False, True, True)
    assert subjects == [["masked 1"], ["masked 1"], ["C-1"]]
    assert [one["purpose"] for one in written(town_service)] == ["", "review", "", "", "review"]


def test_a_look_counts_once_however_often_it_is_taken(town_service: Service) -> None:
    service = town_service
    folder = service.installation.settings.data_dir / "looks"
    service.signed_in("compliance_official").get("/findings")
    service.app.state.looks.turn()
    (path,) = folder.iterdir()
    content = path.read_bytes()

    assert taken(service) == 1
    path.write_bytes(content)  # as where a process was killed after its import, before it removed the file
    assert taken(service) == 0
    assert written(service) == []


def test_the_service_sets_up_what_it_needs_before_anybody_looks_and_takes_what_is_left_at_its_end(
    town_service: Service,
) -> None:
    service = town_service
    with looks_taken(service.app, service.installation):
        browser = service.signed_in("compliance_official")
        assert browser.get(f"/api/v1/series/{SERIES}").json()["name"] == NAME
        assert OWN_SOURCE in browser.get("/api/v1/sources").text
        browser.get("/findings")
        assert [one["resource"] for one in written(service)] == ["/findings"]

    assert written(service) == []


def test_what_somebody_did_that_a_grant_would_cover_is_a_look_as_well(town_service: Service) -> None:
    asked = {"employee_id": "E1", "series": "S2", "end": "+3d", "reason": "cover"}
    manager, official = town_service.signed_in("manager"), town_service.signed_in("compliance_official")
    stated = {"series": "S2", "holder_type": "employee", "holder": "E1", "actions": ["view"]}
    form = {"holder_type": "position", "holder": "P1", "actions": ["view"], "step": "preview"}
    answers = [
        manager.post("/api/v1/temporary-duties/preview", json=asked),
        official.post("/api/v1/work-access/preview", json=stated),
        official.post("/inventory/S2/grants/new", data=form),
        official.get("/api/v1/changes"),
    ]

    assert [answer.status_code for answer in answers] == [200] * len(answers), [one.text for one in answers]
    assert [(one["resource"], one["action"], one["subject"]) for one in written(town_service)] == [
        ("/temporary-duties/preview", "view", "E1"),
        ("/work-access/preview", "view", "E1"),
        ("/inventory/S2/grants/new", "view", "E1"),
        ("/changes", "view", ""),
    ]
