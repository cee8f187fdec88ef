"""A duty within its grace that makes findings look otherwise waits for a second person all the same."""

from dataclasses import replace

import pytest

from app.shared_by_requests import share_installation
from tests.app.service.serving import Service
from tests.app.service.working import work_off

_DUTY = {"employee_id": "E1", "series": "S4", "start": "2026-05-20", "end": "friday", "reason": "Opens bids"}
_LOG = "time,account,resource,action\n2026-05-{day} 12:00,aolson,bid/17,view\n"


@pytest.mark.parametrize(
    ("day", "state"), [("28", "awaiting confirmation"), ("18", "in force")], ids=["a finding in its time", "none"]
)
def test_a_duty_within_its_grace_waits_where_findings_would_be_otherwise(
    town_service: Service, day: str, state: str
) -> None:
    settings = town_service.installation.settings.model_copy(update={"grace_days_temporary_duties": 30})
    town_service.installation = replace(town_service.installation, settings=settings)
    share_installation(town_service.app, town_service.installation)
    official = town_service.signed_in("compliance_official")
    log = {"file": ("may.csv", _LOG.format(day=day))}
    assert official.post("/api/v1/sources/cad/logs?dry_run=false", files=log).status_code == 202
    work_off(town_service)
    assert official.post("/api/v1/audits", json={}).status_code == 202
    work_off(town_service)

    assert official.post("/api/v1/temporary-duties", json=_DUTY).json()["state"] == state
