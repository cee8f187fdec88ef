"""Nobody deals with what is known of their own looks: not with the log, whose they were, or what was found of them."""

import pytest

from audit.logs.import_log import import_logs
from audit.logs.sources import SourceChange, set_source
from audit.run_audit import AuditRequest, run_audit
from config.errors import Conflict
from config.own_source import OWN_SOURCE
from tests.app.service.serving import Service
from tests.app.service.watching import decided, findings, taken


def test_nobody_else_adds_to_the_service_s_own_log_or_changes_how_it_is_read(town_service: Service) -> None:
    service = town_service
    service.signed_in("compliance_official").get("/findings")
    taken(service)

    with pytest.raises(Conflict, match="keeps by itself"):
        import_logs(service.installation, [service.installation.settings.data_dir / "log.jsonl"], OWN_SOURCE)
    with service.installation.change() as work, pytest.raises(Conflict, match="keeps by itself"):
        set_source(work.session, OWN_SOURCE, SourceChange(system="cad"), now=work.now, by="test")
    with service.installation.change() as work, pytest.raises(Conflict, match="keeps by itself"):
        set_source(work.session, "cad", SourceChange(system=" Thirteen"), now=work.now, by="test")
    made = {"name": "Thirteen", "format": "csv", "time_zone": "UTC"}
    assert service.signed_in("compliance_official").post("/api/v1/sources", json=made).status_code == 409


def test_nobody_says_whose_looks_these_were_or_that_they_are_none(town_service: Service) -> None:
    official = town_service.signed_in("compliance_official")
    official.get("/findings")
    taken(town_service)
    whose = {"system": "Thirteen", "login": "compliance_official", "employee_id": "E1"}
    none = {"source": OWN_SOURCE, "pattern": "/findings*", "series": "ignore"}

    answers = [
        official.post("/api/v1/accounts", json=whose),
        official.post("/api/v1/mappings/resources", json=none),
        official.post(f"/logs/{OWN_SOURCE}/mapping/resources", data={"pattern": "/findings*", "series": "ignore"}),
    ]

    assert [one.status_code for one in answers] == [422] * len(answers)
    assert all("this service itself" in one.text for one in answers[:2]), [one.text for one in answers]
    assert decided(town_service)["compliance_official"] == ("unresolved", "unknown_account")


def test_nobody_moves_a_finding_about_their_own_looks(town_service: Service) -> None:
    service = town_service
    official = service.signed_in("compliance_official")
    official.get("/findings")
    taken(service)
    run_audit(service.installation, AuditRequest())
    (mine,) = (one for one in findings(service, source=OWN_SOURCE) if one.who == "compliance_official")
    path = f"/api/v1/findings/{mine.key}"

    moved = official.post(
        f"{path}/moves",
        json={"status": "under_review", "note": "mine"},
        headers={"If-Match": official.get(path).headers["etag"]},
    )

    assert (moved.status_code, "about yourself" in moved.text) == (403, True)
