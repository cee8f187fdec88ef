"""A list of look-ups is answered over JSON and on a page, and each person looked at is written down."""

import io

from openpyxl import load_workbook

from audit.looks.look_journal import looks_written
from tests.app.service.serving import Service

_LINES = "time,account,record\n2025-02-03 09:00,aolson,case/1\n2025-04-02 10:00,aolson,bid/1\nsoon,x,y"
_ASKED = {
    "source": "cad",
    "lookups": [
        {"time": "2025-04-02T10:00:00-05:00", "account": "CITY\\aolson", "resource": "bid/1"},
        {"time": "2025-04-04 09:00", "account": "nobody", "resource": "case/1"},
        {"time": "soon", "account": "aolson", "resource": "bid/1"},
    ],
}


def _looked_at(service: Service) -> list[tuple[str, str, str]]:
    written = looks_written(service.installation.settings.data_dir)
    return [(one["resource"], one["action"], one["subject"]) for one in written]


def test_over_json_each_row_is_answered_as_an_evaluation_is(town_service: Service) -> None:
    browser = town_service.signed_in("auditor")
    told = browser.post("/api/v1/assurance", json=_ASKED).json()
    first, second = told["answers"]
    evaluation = {
        "subject": {"type": "account", "id": "aolson", "properties": {"system": "cad"}},
        "action": {"name": "view"},
        "resource": {"type": "resource", "id": "bid/1", "properties": {"system": "cad"}},
        "context": {"time": "2025-04-02T15:00:00Z"},
    }
    evaluated = browser.post("/access/v1/evaluation", json=evaluation).json()["context"]

    assert (first["sentence"], first["nearest"]["grant"]) == (evaluated["sentence"], evaluated["nearest_grant"])
    assert (first["logs"], second["logs"], second["employee_id"]) == ("found", "not_there", "")
    assert [(one["row"], "expected" in one["sentence"]) for one in told["refused"]] == [(3, True)]
    assert _looked_at(town_service) == [("/assurance", "view", "E1"), ("/assurance", "view", "nobody")]


def test_the_page_answers_a_file_and_gives_its_workbook(town_service: Service) -> None:
    browser = town_service.signed_in("compliance_official")
    assert 'href="/assurance"' in browser.get("/reports").text
    shown = browser.post(
        "/assurance", data={"source": "cad"}, files={"file": ("asked.csv", _LINES.encode(), "text/csv")}
    )
    given = browser.post("/assurance/workbook", data={"source": "cad", "list": _LINES}, files={"file": ("", b"")})
    book = load_workbook(io.BytesIO(given.content))

    assert shown.status_code == 200
    assert "Ann Olson (E1)" in shown.text
    assert "possible unauthorized access" in shown.text
    assert "2025-02-03 09:00,aolson,case/1" in shown.text
    assert book.sheetnames == ["About", "Letter", "Look-ups", "Not answered"]
    assert _looked_at(town_service) == [("/assurance", "view", "E1"), ("/assurance/workbook", "export", "E1")]


def test_a_list_that_cannot_be_read_is_refused_at_its_field(town_service: Service) -> None:
    browser = town_service.signed_in("compliance_official")
    for data, said in (
        ({"list": ""}, "Paste a list, or choose a file."),
        ({"list": "time,account\n2025-02-03 09:00,aolson"}, "has no column for resource"),
        ({"list": _LINES, "source": "moon"}, "Choose one of the sources."),
    ):
        refused = browser.post("/assurance", data=data, files={"file": ("", b"")})
        assert (refused.status_code, said in refused.text) == (422, True)
