"""Officials and the entity over JSON: who may use the service is decided here, and what is entered from now on."""

from tests.app.service.serving import PASSWORD, Service, sign_in

_OFFICIALS = "/api/v1/officials"
EVE = {"login": "Eve", "name": "Eve Ash", "roles": ["hr"], "password": PASSWORD}


def test_an_official_of_any_letters_has_an_address(service: Service) -> None:
    admin = service.signed_in("administrator")

    added = admin.post(_OFFICIALS, json={**EVE, "login": "łukasz"})

    assert added.status_code == 201
    assert added.headers["location"] == f"{_OFFICIALS}/%C5%82ukasz"


def test_an_official_is_added_changed_and_disabled(service: Service) -> None:
    admin = service.signed_in("administrator")
    added = admin.post(_OFFICIALS, json=EVE)
    assert (added.status_code, added.headers["location"]) == (201, f"{_OFFICIALS}/eve")
    assert admin.post(_OFFICIALS, json=EVE).status_code == 409
    assert "password" not in added.json()
    browser = service.signed_in("eve")

    body: dict[str, object] = {"roles": ["manager", "hr"]}
    assert admin.put(f"{_OFFICIALS}/eve", json=body).status_code == 428
    changed = admin.put(f"{_OFFICIALS}/eve", json=body, headers={"If-Match": added.headers["etag"]})
    assert (changed.json()["roles"], changed.json()["name"]) == (["hr", "manager"], "Eve Ash")
    assert browser.get("/api/v1/positions").status_code == 401
    stale = admin.put(f"{_OFFICIALS}/eve", json={**body, "disabled": True}, headers={"If-Match": added.headers["etag"]})
    assert stale.status_code == 412
    body["disabled"] = True
    admin.put(f"{_OFFICIALS}/eve", json=body, headers={"If-Match": changed.headers["etag"]})
    assert sign_in(service.browser(), "eve").status_code == 422


def test_the_employee_whom_an_official_is_is_one_that_is_recorded_by_the_id_recorded(town_service: Service) -> None:
    admin = town_service.signed_in("administrator")

    unknown = admin.post(_OFFICIALS, json={**EVE, "employee_id": "E77"})
    added = admin.post(_OFFICIALS, json={**EVE, "employee_id": "e2 "})

    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/employee_id")
    assert (added.status_code, added.json()["employee_id"]) == (201, "E2")


def test_the_last_administrator_stays(service: Service) -> None:
    admin = service.signed_in("administrator")
    tag = admin.get(f"{_OFFICIALS}/administrator").headers["etag"]

    assert (
        admin.put(f"{_OFFICIALS}/administrator", json={"roles": ["hr"]}, headers={"If-Match": tag}).status_code == 409
    )


def test_a_token_is_shown_once_and_serves_for_its_acts(service: Service) -> None:
    admin = service.signed_in("administrator")
    made = admin.post(f"{_OFFICIALS}/hr/tokens", json={"expires": "2026-12-31", "acts": ["read"]})
    token = {"Authorization": f"Bearer {made.json()['token']}"}
    program = service.browser()

    assert program.get("/api/v1/positions", headers=token).status_code == 200
    assert program.post("/api/v1/positions", headers=token, json={}).status_code == 403
    assert [one["acts"] for one in admin.get(f"{_OFFICIALS}/hr/tokens").json()["items"]] == [["read"]]
    late = admin.post(f"{_OFFICIALS}/hr/tokens", json={"expires": "soon"}).json()
    assert late["errors"][0]["pointer"] == "/expires"


def test_a_password_is_changed_from_the_version_seen(service: Service) -> None:
    admin = service.signed_in("administrator")
    tag = {"If-Match": admin.get(f"{_OFFICIALS}/hr").headers["etag"]}

    assert admin.post(f"{_OFFICIALS}/hr/password", json={"password": "short"}, headers=tag).status_code == 422
    new = "forty lanterns under a quiet bridge"
    assert admin.post(f"{_OFFICIALS}/hr/password", json={"password": new}, headers=tag).status_code == 200
    assert sign_in(service.browser(), "hr", new).status_code == 303


def test_the_entity_is_described_and_goes_live_once(service: Service) -> None:
    official = service.signed_in("compliance_official")
    seen = official.get("/api/v1/entity")
    described = official.put(
        "/api/v1/entity", json={"responsible_authority": "Jane Roe"}, headers={"If-Match": seen.headers["etag"]}
    )
    assert (described.json()["name"], described.json()["responsible_authority"]) == ("City of Oak", "Jane Roe")
    live = [official.post("/api/v1/entity/go-live") for _ in range(2)]

    assert [one.status_code for one in live] == [200, 409]
    assert official.get("/api/v1/entity").json()["went_live_at"] is not None


def test_the_catalogue_is_searched(service: Service) -> None:
    laws = service.signed_in("hr").get("/api/v1/catalogue?query=13.43").json()["items"]

    assert {" ".join(one["citation"].split()[:3]) for one in laws} == {"Minn. Stat. 13.43"}


def test_an_auditor_is_limited_to_months(service: Service) -> None:
    admin = service.signed_in("administrator")
    body = {"login": "max", "roles": ["auditor"], "months": ["2025-01..2025-02"]}

    assert admin.post(_OFFICIALS, json=body).json()["months"] == ["2025-01", "2025-02"]
    assert admin.post(_OFFICIALS, json=body | {"login": "may", "roles": ["hr"]}).status_code == 422
    assert admin.post(_OFFICIALS, json=body | {"login": "may", "months": ["soon"]}).status_code == 422
