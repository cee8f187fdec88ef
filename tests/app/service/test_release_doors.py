"""The release of an audit trail in the browser and over JSON: decided by the responsible authority alone."""

import hashlib
import os
from datetime import timedelta

from config.uploads.uploads import remove_old_uploads
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
    written = official.post(f"{PAGE}/export", data={"first": "2025-03-10", "last": "2025-03-10"}).headers["location"]
    receipt = official.get(written).text
    for told in ("Released: account (", "Withheld, as nothing is decided of them: ", "accesses of cad; SHA-256 "):
        assert told in receipt
    assert town_service.signed_in("hr").get(written).status_code == 403
    given = official.get(f"{written}/file")

    assert given.headers["content-type"].startswith("text/csv")
    assert given.headers["content-disposition"].endswith('"cad.csv"')
    assert given.text.splitlines()[0] == "account"
    shown = official.get(PAGE).text
    assert "Minn. Stat. 13.43 subd. 2" in shown
    assert "compliance_official: " in shown
    assert "<p>Released: account (Minn. Stat. 13.43 subd. 2" in shown.partition("Written so far")[2]


def test_a_written_trail_is_found_by_its_own_key_and_for_a_day_alone(town_service: Service) -> None:
    authority, official = town_service.signed_in("responsible_authority"), town_service.signed_in("compliance_official")
    form = DECISION | {"version": hidden(authority.get(PAGE), "version")}
    assert authority.post(PAGE, data=form).status_code == 303
    written = official.post(f"{PAGE}/export", data={}).headers["location"]
    (folder,) = (town_service.installation.settings.data_dir / "uploads").iterdir()

    assert official.get(written).is_success
    for other in (written.replace("/cad/", "/records/"), written[:-1], f"{PAGE}/written/{'x' * 22}"):
        assert official.get(other).status_code == 404, other
    assert remove_old_uploads(town_service.installation) == 0
    long_ago = town_service.clock() - timedelta(days=2)
    os.utime(folder, (long_ago.timestamp(),) * 2)
    assert remove_old_uploads(town_service.installation) == 1
    assert "kept for a day" in official.get(f"{written}/file").text


def test_over_json_a_decision_names_its_version_and_the_export_is_on_the_record(town_service: Service) -> None:
    authority, official = town_service.signed_in("responsible_authority"), town_service.signed_in("compliance_official")
    address = "/api/v1/releases/cad"
    asked = {"column": "action", "decision": "mask", "citation": "Minn. Stat. 13.37"}
    version = {"If-Match": authority.get(address).headers["etag"]}

    assert authority.post(
        f"{address}/decision", json=asked | {"column": "time", "decision": "release"}, headers=version
    ).is_success
    assert authority.post(f"{address}/decision", json=asked, headers=version).status_code == 412
    sent = [official.post(f"{address}/trails", json={}, headers={"Idempotency-Key": "k"}) for _ in range(2)]
    receipt, kept = sent[0].json(), sent[0].headers["location"]
    given = official.get(f"{kept}/file")

    assert [one.status_code for one in sent] == [201, 201]
    assert official.get(kept).json() == sent[1].json() == receipt
    assert (receipt["accesses"], receipt["sha256"]) == (
        len(given.text.splitlines()) - 1,
        hashlib.sha256(given.content).hexdigest(),
    )
    assert [one["heading"] for one in receipt["file_columns"]] == ["time"]
    treated = {one["column"]: (one["decision"], one["citation"]) for one in receipt["columns"]}
    assert (treated["time"], treated["action"]) == (("release", "Minn. Stat. 13.37"), ("withhold", ""))
    assert any(one.startswith("Withheld, as nothing is decided of them: ") for one in receipt["said"])
    assert town_service.signed_in("hr").get(kept).status_code == 403
    told = official.get(address).json()
    decided = {one["column"]: one["decision"] for one in told["columns"] if one["is_decided"]}
    assert decided == {"time": "release"}
    assert [one["sha256"] for one in told["exports"]] == [receipt["sha256"]]
