"""The release of an audit trail in the browser and over JSON: decided by the responsible authority alone."""

from tests.app.service.serving import Service
from tests.app.service.working import hidden

PAGE = "/logs/cad/release"
DECISION = {"column": "Account", "decision": "release", "citation": "Minn. Stat. 13.43 subd. 2"}


def test_the_responsible_authority_decides_and_the_official_exports_by_that(town_service: Service) -> None:
    authority, official = town_service.signed_in("responsible_authority"), town_service.signed_in("compliance_official")
    assert "Nothing of this is entered by itself" in official.get(PAGE).text
    refused = official.post(f"{PAGE}/export", data={})
    assert (refused.status_code, "No column of cad is released" in refused.text) == (422, True)
    form = DECISION | {"version": hidden(authority.get(PAGE), "version")}
    assert official.post(PAGE, data=form).status_code == 403

    wrong = authority.post(PAGE, data=form | {"citation": ""})
    assert (wrong.status_code, "Name the law" in wrong.text) == (422, True)
    assert authority.post(PAGE, data=form).status_code == 303
    stale = authority.post(PAGE, data=form | {"decision": "mask"})
    assert (stale.status_code, "changed meanwhile" in stale.text) == (422, True)
    given = official.post(f"{PAGE}/export", data={"first": "2025-03-10", "last": "2025-03-10"})

    assert given.headers["content-type"].startswith("text/csv")
    assert given.headers["content-disposition"].endswith('"cad.csv"')
    assert given.text.splitlines()[0] == "account"
    shown = official.get(PAGE).text
    assert "Minn. Stat. 13.43 subd. 2" in shown
    assert "compliance_official: " in shown


def test_over_json_a_decision_names_its_version_and_the_export_is_on_the_record(town_service: Service) -> None:
    authority, official = town_service.signed_in("responsible_authority"), town_service.signed_in("compliance_official")
    address = "/api/v1/releases/cad"
    asked = {"column": "action", "decision": "mask", "citation": "Minn. Stat. 13.37"}
    version = {"If-Match": authority.get(address).headers["etag"]}

    assert authority.post(
        f"{address}/decision", json=asked | {"column": "time", "decision": "release"}, headers=version
    ).is_success
    assert authority.post(f"{address}/decision", json=asked, headers=version).status_code == 412
    given = official.post(f"{address}/export", json={})

    told = official.get(address).json()
    decided = {one["column"]: one["decision"] for one in told["columns"] if one["is_decided"]}
    assert decided == {"time": "release"}
    assert [one["accesses"] for one in told["exports"]] == [len(given.text.splitlines()) - 1]
