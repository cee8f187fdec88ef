"""What the logs of a source name that maps to nothing, answered in the browser."""

import io
import json
from datetime import UTC, datetime

import pytest
from openpyxl import Workbook, load_workbook
from sqlmodel import select
from starlette.testclient import TestClient

from access.models import Account
from app.mappings import workbook
from audit.list_unmapped import Unmapped, UnmappedName
from audit.logs.import_log import import_logs
from audit.logs.models import Source
from audit.looks.look_journal import looks_written
from config.clock import read_start
from inventory.models import ResourcePattern
from tests.app.service.serving import Service
from tests.app.service.working import hidden, work_off
from tests.builders import a_row
from tests.importing import CHICAGO

HERE = "/logs/cad/mapping"


@pytest.fixture
def official(town_service: Service) -> TestClient:
    """Give the browser of a compliance official of the audited town."""
    return town_service.signed_in("compliance_official")


def answer(browser: TestClient, what: str, **fields: str) -> str:
    page = browser.get(HERE, params={"what": what})
    form = {"key": hidden(page), "version": hidden(page, "version"), **fields}
    sent = browser.post(f"{HERE}/{what}", data=form)
    assert sent.status_code == 303, sent.text
    assert browser.post(f"{HERE}/{what}", data=form).status_code == 303
    return browser.get(sent.headers["location"]).text


def test_an_account_is_answered_once_however_often_it_is_sent(town_service: Service, official: TestClient) -> None:
    said = answer(official, "accounts", name="ghost", kind="personal", employee_id="ann olson", start="2025-04-01")

    assert "is answered: import" in said
    assert "Every one of the accounts maps to something" in said
    with town_service.installation.read() as work:
        found = work.session.exec(select(Account).where(Account.login == "ghost")).all()
        stands = [(one.employee_id, one.start, one.recorded_by) for one in found]
    assert stands == [("E1", read_start("2025-04-01", CHICAGO), "compliance_official")]


def test_a_pattern_is_looked_at_before_it_is_recorded(town_service: Service, official: TestClient) -> None:
    tried = official.post(
        f"{HERE}/resources", data={"name": "archive/9", "pattern": "a*", "series": "S1", "step": "try"}
    )

    assert "1 resource with 1 access that map to nothing so far: archive/9" in tried.text
    assert "a longer pattern maps to S3" in tried.text
    assert 'value="S1"' in tried.text
    assert "is answered: import" in answer(
        official, "resources", name="archive/9", pattern="archive/*", series="case FILES"
    )
    with town_service.installation.read() as work:
        found = work.session.exec(select(ResourcePattern).where(ResourcePattern.pattern == "archive/*")).one()
        assert found.series == "S1"
    refused = official.post(f"{HERE}/resources", data={"name": "x", "pattern": "Archive/*", "series": "S2", "key": "k"})
    assert "compliance_official mapped this pattern to S1 already" in refused.text


def test_a_purpose_that_is_answered_leaves_the_queue_and_its_logs_as_they_are(official: TestClient) -> None:
    said = answer(official, "purposes", name="=payroll", meaning="payroll")

    assert "is answered: import" in said
    assert "was read before the source was last changed" not in said
    assert "Purposes (0)" in said


def test_what_is_suggested_is_mapped_when_it_is_chosen(official: TestClient) -> None:
    page = official.get(HERE, params={"what": "purposes"})
    assert "“=payroll” means <strong>payroll</strong> (score 93" in page.text
    form = {"key": hidden(page), "accepted": json.dumps(["=payroll", "payroll"])}

    sent = official.post(f"{HERE}/purposes/accepted", data=form)

    assert sent.status_code == 303, sent.text
    assert "Purposes (0)" in official.get(sent.headers["location"]).text
    refused = official.post(f"{HERE}/purposes/accepted", data={"key": "k"})
    assert "Choose one suggestion at least" in refused.text


def test_what_looks_like_a_plate_or_a_date_of_birth_is_masked_until_a_purpose_is_stated(
    town_service: Service, official: TestClient
) -> None:
    log = town_service.installation.settings.data_dir / "log.csv"
    log.write_text("time,account,resource,action,purpose\n2025-04-08T12:00:00Z,aolson,pay/1,view,stop of QRS-771\n")
    import_logs(town_service.installation, [log], "cad")
    masked, shown = (
        official.get(HERE, params={"what": "purposes", "purpose": purpose}).text for purpose in ("", "map them")
    )
    items = [
        {one["name"]: one["is_masked"] for one in official.get(path).json()["items"]}
        for path in ("/api/v1/mappings/purposes", "/api/v1/mappings/purposes?look_purpose=map")
    ]
    books = [
        load_workbook(io.BytesIO(official.get(f"{HERE}/purposes.xlsx", params={"purpose": purpose}).content))
        for purpose in ("", "fill in")
    ]

    assert ("QRS-771" in masked, "stop of (masked)" in masked, "QRS-771" in shown) == (False, True, True)
    assert items == [{"=payroll": False, "stop of (masked)": True}, {"=payroll": False, "stop of QRS-771": False}]
    assert ["stop of QRS-771" in _cells(book) for book in books] == [False, True]
    looks = looks_written(town_service.installation.settings.data_dir)
    assert [(one["resource"], one["purpose"]) for one in looks] == [
        (HERE, "map them"),
        ("/mappings/purposes", "map"),
        (f"{HERE}/purposes.xlsx", "fill in"),
    ]


def _cells(book: Workbook) -> set[object]:
    return {cell for sheet in book for row in sheet.values for cell in row}


@pytest.mark.parametrize(
    ("what", "fields", "fault"),
    [
        ("accounts", {"name": "ghost", "kind": "personal", "employee_id": "<Zed>"}, "no employee with the id or name"),
        ("accounts", {"name": "ghost", "kind": "shared", "start": "<soon>"}, "expected"),
        ("resources", {"name": "archive/9", "pattern": "<a>*", "series": "none"}, "cannot be used"),
        ("actions", {"name": "peek", "meaning": "look"}, "changed the source meanwhile"),
        ("purposes", {"name": "stop of (masked)", "meaning": "payroll"}, "it is masked"),
    ],
)
def test_what_cannot_be_taken_is_said_with_what_was_typed_still_there(
    official: TestClient, what: str, fields: dict[str, str], fault: str
) -> None:
    refused = official.post(f"{HERE}/{what}", data=fields)

    assert refused.status_code == 422
    assert "Nothing was recorded" in refused.text
    assert fault in refused.text
    for typed in fields.values():
        if "<" in typed:
            assert typed.replace("<", "&lt;").replace(">", "&gt;") in refused.text


def test_the_workbook_of_what_maps_to_nothing_is_filled_in_and_imported(
    town_service: Service, official: TestClient, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("filled") / "resources.xlsx"
    path.write_bytes(official.get(f"{HERE}/resources.xlsx").content)
    book = load_workbook(path)
    assert [cell.value for cell in book["resources"][2]][:2] == ["cad", "archive/9"]
    book["resources"]["C2"] = "S1"
    book.save(path)

    place = official.post("/imports/new", data={"kind": "resources"}, files={"file": (path.name, path.read_bytes())})
    work_off(town_service)

    staged = official.get(place.headers["location"]).text
    assert "1 row read: 1 added" in staged


def test_a_text_of_a_log_is_no_formula_in_the_workbook() -> None:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    names = [UnmappedName(text, 1, at, at, machine="it is one" * (text < "=")) for text in ("=1+1", "a\x07b", "$")]

    cad = a_row(Source)
    rows = workbook.filled_rows("accounts", cad, Unmapped(names, [], [], []), CHICAGO)

    beside = "looks like a machine's or the system's"
    assert [(row["login"], row[beside]) for row in rows.rows] == [("=1+1", ""), ("$", "it is one")]


def test_a_purpose_that_is_suggested_stands_beside_the_row_that_a_person_fills_in() -> None:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    unmapped = Unmapped([], [], [], [UnmappedName("Pay roll", 2, at, at)], frozenset({"payroll", "audit"}))

    (row,) = workbook.filled_rows("purposes", a_row(Source), unmapped, CHICAGO).rows

    assert (row["source"], row["typed"], row["nearest purpose"]) == ("cad", "Pay roll", "payroll")
    assert "purpose" not in row
