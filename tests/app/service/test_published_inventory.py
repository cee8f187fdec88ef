"""The published inventory in the service: published by one role alone, read by whoever comes, compared."""

from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook
from starlette.testclient import TestClient

from tests.app.service.serving import Service
from tests.app.service.working import hidden

VERSIONS, ENTITY = "/inventory/versions", "/entity"


def _publish(authority: TestClient, note: str = "") -> str:
    page = authority.get(VERSIONS)
    form = {"draft": hidden(page, "draft"), "key": hidden(page), "note": note, "names_meant": "yes"}
    return str(authority.post(VERSIONS, data=form).headers.get("location", ""))


def _rename(official: TestClient, code: str, name: str) -> None:
    series = official.get(f"/api/v1/series/{code}")
    body = {key: series.json()[key] for key in ("description", "classification", "citation", "work_access")}
    sent = official.put(
        f"/api/v1/series/{code}", json={**body, "name": name}, headers={"If-Match": series.headers["etag"]}
    )
    assert sent.status_code == 200, sent.text


def test_a_version_is_read_by_whoever_comes_as_it_was_published(town_service: Service) -> None:
    authority, anybody = town_service.signed_in("responsible_authority"), town_service.browser()
    assert anybody.get("/inventory/published").status_code == 404
    assert _publish(authority, "Resolution 26-40") == "/inventory/published/1"
    _rename(authority, "S4", "Offers")
    assert _publish(authority) == "/inventory/published/2"

    first, newest = (anybody.get(f"/inventory/published{path}").text for path in ("/1", ""))
    assert ("Bids" in first, "Resolution 26-40" in first, "A later version stands" in first) == (True, True, True)
    assert ("Offers" in newest, "Bids" in newest, "A later version stands" in newest) == (True, False, False)
    assert [name for name in ("Ann Olson", "Cy Dale") if name in first + newest] == []
    answer = anybody.get("/inventory/published/1/workbook")
    cells = [cell for row in load_workbook(BytesIO(answer.content))["Data inventory"].values for cell in row if cell]
    assert ("Bids" in cells, "Offers" in cells) == (True, False)
    assert answer.content == anybody.get("/inventory/published/1/workbook").content


def test_only_the_responsible_authority_publishes_and_a_form_sent_twice_publishes_once(town_service: Service) -> None:
    official, authority = town_service.signed_in("compliance_official"), town_service.signed_in("responsible_authority")
    page = authority.get(VERSIONS)
    form = {"draft": hidden(page, "draft"), "key": hidden(page), "names_meant": "yes"}

    assert "<form" not in official.get(VERSIONS).text.split("<main")[1]
    assert official.post(VERSIONS, data=form).status_code == 403
    assert [authority.post(VERSIONS, data=form).headers["location"] for _ in range(2)] == ["/inventory/published/1"] * 2


def test_a_draft_that_changed_since_it_was_shown_is_shown_anew_with_the_note(town_service: Service) -> None:
    authority = town_service.signed_in("responsible_authority")
    page = authority.get(VERSIONS)
    _rename(authority, "S4", "Offers")
    refused = authority.post(VERSIONS, data={"draft": hidden(page, "draft"), "note": "as typed", "names_meant": "yes"})

    assert refused.status_code == 422
    assert ("changed since the draft was shown" in refused.text, "as typed" in refused.text) == (True, True)


def test_what_somebody_else_published_meanwhile_is_not_published_again_as_another_version(
    town_service: Service,
) -> None:
    authority = town_service.signed_in("responsible_authority")
    page = authority.get(VERSIONS)
    form = {name: hidden(page, name) for name in ("draft", "after", "key")} | {"names_meant": "yes"}
    assert _publish(authority) == "/inventory/published/1"

    refused = authority.post(VERSIONS, data=form)
    assert (refused.status_code, "Version 1 was published meanwhile" in refused.text) == (422, True)
    assert hidden(refused, "after") == "1"


def test_the_entity_may_show_it_to_those_alone_who_are_signed_in(town_service: Service) -> None:
    authority, anybody = town_service.signed_in("responsible_authority"), town_service.browser()
    _publish(authority)
    form = {"version": hidden(authority.get(ENTITY), "version"), "inventory_readers": "signed_in", "name": "Elm"}
    assert authority.post(ENTITY, data=form).status_code == 303

    for path in ("", "/1", "/1/workbook"):
        assert anybody.get(f"/inventory/published{path}").headers["location"].startswith("/sign-in"), path
        assert town_service.signed_in("employee").get(f"/inventory/published{path}").status_code == 200


def test_what_differs_is_shown_as_a_page_a_workbook_and_json(town_service: Service) -> None:
    authority = town_service.signed_in("responsible_authority")
    _publish(authority)
    _rename(authority, "S4", "Offers")
    page = authority.get("/inventory/difference")
    told = authority.get("/api/v1/inventory/versions/1/difference").json()
    book = load_workbook(BytesIO(authority.get("/inventory/difference/workbook").content))

    assert ("renamed" in page.text, "Bids" in page.text, "Offers" in page.text) == (True, True, True)
    ((kind, fields),) = [(one["kind"], one["fields"]) for one in told["series"]]
    assert (kind, fields[0]) == ("renamed", {"name": "name", "before": "Bids", "after": "Offers"})
    rows = [row[:3] for row in book["Series"].values]
    assert ("renamed", "S4", "Offers") in rows
    assert authority.get("/inventory/difference?before=7").status_code == 404
    assert authority.get("/inventory/difference?before=soon").status_code == 422


def test_the_entitys_form_says_what_is_wrong_and_keeps_what_was_typed(town_service: Service) -> None:
    authority = town_service.signed_in("responsible_authority")
    form = {"version": hidden(authority.get(ENTITY), "version"), "name": "Elm", "website": "elm.example"}

    for wrong, said in (
        ({"copy_cents": "a quarter"}, "whole cents"),
        ({"designees": "Cy Dale"}, "a name and a title"),
        ({"name": " "}, "needs a name"),
        ({"version": "x"}, "meanwhile"),
    ):
        answer = authority.post(ENTITY, data=form | wrong)
        assert (answer.status_code, said in answer.text, "elm.example" in answer.text) == (422, True, True), said
    saved = authority.post(ENTITY, data=form | {"designees": "Cy Dale; Clerk; 555 0101; tax files"})
    assert saved.status_code == 303
    assert "answers for: tax files" in authority.get("/api/v1/inventory/draft").text
    assert town_service.signed_in("auditor").get(ENTITY).text.count("elm.example") == 1


def test_a_document_is_read_here_and_downloaded_to_be_edited(town_service: Service) -> None:
    official = town_service.signed_in("compliance_official")
    page, file = (official.get(f"/documents/security{path}") for path in ("", "/file"))

    assert "/documents/security" in official.get("/documents").text
    assert "<mark>[To be entered: Training]</mark>" in page.text
    with ZipFile(BytesIO(file.content)) as parts:
        assert "To be entered: Training" in parts.read("word/document.xml").decode()
    assert official.get("/documents/budget").status_code == 404
