"""What guards every answer."""

import pytest

from tests.app.service.serving import Service

_CHANGE = "/sign-out"


def test_every_answer_forbids_the_browser_what_the_pages_do_not_need(service: Service) -> None:
    browser = service.browser()
    for path in ("/sign-in", "/nowhere", "/static/app.css", "/health/live"):
        headers = browser.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff"
    assert browser.get("/sign-in").headers["cache-control"] == "no-store"


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
