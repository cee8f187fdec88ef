"""What guards every answer."""

from dataclasses import replace
from pathlib import Path

import pytest

from config.database import connect
from config.web.bounded_bodies import MOST
from tests.app.service.serving import Service

_CHANGE = "/sign-out"


def test_every_answer_forbids_the_browser_what_the_pages_do_not_need(service: Service) -> None:
    browser = service.browser()
    for path in ("/sign-in", "/nowhere", "/static/app.css", "/static/nowhere", "/health/live"):
        for host in ("localhost", "example.org"):
            headers = browser.get(path, headers={"Host": host}).headers
            assert "default-src 'none'" in headers["content-security-policy"], path
            assert headers["x-content-type-options"] == "nosniff"
    assert browser.get("/sign-in").headers["cache-control"] == "no-store"
    assert browser.get("/static/nowhere").headers["cache-control"] == "no-store"
    assert "no-store" not in browser.get("/static/app.css").headers.get("cache-control", "")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/api/v1/decisions/explain", "application/json"),
        ("/sign-in", "application/x-www-form-urlencoded"),
        ("/sign-in", "multipart/form-data; boundary=x"),
    ],
)
def test_a_body_that_is_too_long_is_refused_before_it_is_held_whoever_sends_it(
    service: Service, path: str, kind: str
) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="login"; filename="a"\r\n\r\n'
    answer = service.browser().post(path, content=head + b"x" * MOST, headers={"Content-Type": kind})

    assert answer.status_code == 413
    assert "16 MiB" in answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://localhost"}, 303),
        ({"Origin": "https://example.org"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_no_other_site_makes_a_change(service: Service, headers: dict[str, str], status: int) -> None:
    assert service.browser().post(_CHANGE, headers=headers).status_code == status


def test_the_service_answers_under_its_own_name_alone(service: Service) -> None:
    assert service.browser().get("/sign-in", headers={"Host": "example.org"}).status_code == 400


def test_a_record_that_cannot_be_read_is_not_ready_and_nobody_is_told_where_it_is(
    service: Service, tmp_path: Path
) -> None:
    standing, damaged = service.installation, tmp_path / "secret-place.sqlite"
    damaged.write_bytes(b"no database" * 1_000)
    service.app.state.installation = replace(standing, engine=connect(f"sqlite:///{damaged}"))
    try:
        answer = service.browser().get("/health/ready")
    finally:
        service.app.state.installation = standing

    assert (answer.status_code, answer.json()) == (503, {"status": "not ready"})
    assert service.browser().get("/health/ready").status_code == 200


def test_what_is_not_there_is_said_as_a_page_or_as_problem_details(service: Service) -> None:
    page = service.browser().get("/nowhere")
    problem = service.browser().get("/api/v1/nowhere")

    assert (page.status_code, problem.status_code) == (404, 404)
    assert "There is nothing at this address." in page.text
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["detail"] == "There is nothing at this address."


def test_styles_and_scripts_come_compressed_and_pages_as_they_are(service: Service) -> None:
    browser = service.browser()
    style = "/static/vendor/uswds/css/uswds.min.css"

    assert browser.get(style).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in browser.get("/sign-in").headers
