"""What the service writes of itself: every request and fault, by route and number, and nothing of a person."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from app.main import create_app
from config.service_log import log_event, start_log
from tests.app.service.serving import Service

MADE_UP = "Quillon Ferrybridge"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Give what is logged from now on; afterwards everything logs as before."""
    kept = logging.root.handlers[:], logging.root.level, logging.getLogger("thirteen").level
    with pytest.MonkeyPatch.context() as patched:
        for place in ("sys.excepthook", "threading.excepthook"):
            patched.setattr(place, None)
        written = io.StringIO()
        start_log("info", written)
        yield written
    logging.captureWarnings(capture=False)
    logging.root.handlers[:], level, ours = kept
    logging.root.setLevel(level)
    logging.getLogger("thirteen").setLevel(ours)


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_is_logged_by_its_route_without_what_was_asked_for(service: Service, log: io.StringIO) -> None:
    official = service.signed_in("compliance_official")

    answer = official.get(f"/people/E-17?q={MADE_UP}", headers={"X-Request-Id": "asked-1"})

    (line,) = [one for one in lines(log) if one.get("request_id") == "asked-1"]
    assert (line["event"], line["method"], line["route"]) == ("request", "GET", "/people/{employee_id}")
    assert line["status"] == answer.status_code
    assert "E-17" not in log.getvalue()
    assert MADE_UP not in log.getvalue()


def test_a_fault_is_answered_with_its_number_and_logged_without_its_message(service: Service, log: io.StringIO) -> None:
    def fail() -> None:
        raise ValueError(MADE_UP)

    app = create_app(service.installation)
    app.add_api_route("/api/v1/fails", fail)
    client = TestClient(app, base_url="https://localhost", raise_server_exceptions=False)

    answer = client.get("/api/v1/fails", headers={"X-Request-Id": "asked-2"})
    try:
        fail()
    except ValueError as fault:
        log_event("as a worker logs it", fault=fault)

    assert (answer.status_code, answer.headers["x-request-id"]) == (500, "asked-2")
    assert "under asked-2" in answer.json()["detail"]
    assert MADE_UP not in answer.text + log.getvalue()
    (line,) = [one for one in lines(log) if "fault" in one]
    assert line["fault"] == "ValueError"
    assert line["at"][-1].endswith(" fail")


def test_what_libraries_fill_into_their_log_is_left_out(log: io.StringIO) -> None:
    logging.getLogger("some.library").error("cannot read %s", MADE_UP)

    (line,) = lines(log)
    assert (line["event"], line["of"], line["level"]) == ("cannot read %s", "some.library", "error")


def test_figures_are_counts_for_administrators_alone(service: Service) -> None:
    administrator = service.signed_in("administrator")
    before = figures(administrator)
    administrator.get("/admin/jobs")

    families = figures(administrator)

    assert requests(families, "/admin/jobs") == requests(before, "/admin/jobs") + 1
    assert {"thirteen_jobs", "thirteen_findings", "thirteen_stored_accesses"} < families.keys()
    for login in ("compliance_official", "auditor", "hr"):
        assert service.signed_in(login).get("/metrics").status_code == 403


def figures(browser: TestClient) -> dict[str, Metric]:
    return {one.name: one for one in text_string_to_metric_families(browser.get("/metrics").text)}


def requests(families: dict[str, Metric], route: str) -> float:
    """Count the requests of a route; those of earlier tests of this process are among them."""
    samples = families["thirteen_requests"].samples
    return sum(one.value for one in samples if one.name.endswith("_total") and one.labels["route"] == route)
