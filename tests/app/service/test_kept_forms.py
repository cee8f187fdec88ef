"""A session that ends in a long form keeps what was typed, for the same person alone."""

import re
from datetime import timedelta

from starlette.testclient import TestClient

from tests.app.service.serving import Service, sign_in

SOURCE = {"name": "cad", "format": "csv", "time_zone": "America/Chicago", "system": "<cad> & more"}


def _sent_too_late(service: Service) -> tuple[TestClient, str]:
    browser = service.signed_in("compliance_official")
    service.clock.pass_by(timedelta(minutes=31))
    answer = browser.post("/logs/new", data=SOURCE)
    assert answer.status_code == 303
    return browser, answer.headers["location"].removeprefix("/sign-in?next=")


def test_what_was_typed_is_shown_after_signing_in_again_and_sent_as_it_was(service: Service) -> None:
    browser, place = _sent_too_late(service)

    signed = sign_in(browser, "compliance_official", then=place)
    page = browser.get(signed.headers["location"]).text

    assert "&lt;cad&gt; &amp; more" in page
    (action,) = re.findall(r'<form method="post" action="(/logs/[^"]*)"', page)
    assert browser.post(action, data=SOURCE).headers["location"] == "/logs/cad"
    browser.post(f"{place}/discard")
    assert browser.get(place).status_code == 404


def test_files_are_to_be_chosen_again_beside_all_else_that_was_sent(service: Service) -> None:
    browser, sent = service.signed_in("hr"), {"kind": "positions", "columns": "Job=title\nUnit=department"}
    service.clock.pass_by(timedelta(minutes=31))
    answer = browser.post("/imports/new", data=sent, files={"file": ("jobs & posts.csv", b"position_code\n")})
    asked = browser.get(answer.headers["location"]).text
    assert "A file that you chose was not kept" in asked
    assert "jobs" not in asked
    (then,) = re.findall(r'name="then" value="([^"]*)"', asked)

    page = browser.get(sign_in(browser, "hr", then=then).headers["location"]).text
    assert "Choose again: jobs &amp; posts.csv" in page
    assert 'action="/imports/new" enctype="multipart/form-data"' in page
    assert '<input class="thirteen-file" id="file" name="file" type="file" required>' in page
    assert 'name="columns" value="Job=title\nUnit=department"' in page
    assert not list(service.installation.settings.data_dir.glob("uploads/*"))


def test_what_was_typed_is_kept_from_everybody_else_and_for_a_day(service: Service) -> None:
    browser, place = _sent_too_late(service)
    other = service.signed_in("auditor")

    assert other.get(place).status_code == 404
    other.post(f"{place}/discard")
    sign_in(browser, "compliance_official")
    assert browser.get(place).status_code == 200
    service.clock.pass_by(timedelta(hours=25))
    sign_in(browser, "compliance_official")
    assert browser.get(place).status_code == 404


def test_nothing_is_kept_of_who_never_signed_in_and_no_password_of_anybody(service: Service) -> None:
    assert service.browser().post("/logs/new", data=SOURCE).headers["location"] == "/sign-in?next=/logs/new"
    browser = service.signed_in("hr")
    service.clock.pass_by(timedelta(minutes=31))

    place = browser.post("/me/password", data={"present": "my secret", "new": "other secret"}).headers["location"]
    sign_in(browser, "hr")

    assert "secret" not in browser.get(place.removeprefix("/sign-in?next=")).text
