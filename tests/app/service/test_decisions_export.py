"""The decisions over HTTP: all of them, in each format, as the command line's export has them."""

import csv
import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from audit.logs.import_log import import_logs
from config.uploads.places import FOLDER
from reports.write_decisions import DecisionsRequest, write_decisions
from tests.app.service.serving import Service
from tests.town import REASONS

_DECISIONS = "/api/v1/decisions"


@pytest.fixture
def auditor(town_service: Service) -> TestClient:
    """Give the browser of an auditor of the town."""
    return town_service.signed_in("auditor")


def _records(browser: TestClient, query: str) -> list[int]:
    answer = browser.get(f"{_DECISIONS}?{query}")
    assert answer.status_code == 200, answer.text
    return [one["record"] for one in answer.json()]


def test_each_format_holds_what_the_export_of_the_command_line_holds(
    town_service: Service, auditor: TestClient, tmp_path: Path
) -> None:
    with town_service.installation.read() as work:
        write_decisions(work.session, DecisionsRequest(tmp_path / "d.csv", None, None, work.now), work.settings)
    given = {
        kind: auditor.get(_DECISIONS, params={"look_purpose": "compared"}, headers={"Accept": kind})
        for kind in ("application/json", "text/csv", "application/vnd.apache.parquet")
    }

    assert given["text/csv"].content == (tmp_path / "d.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(given["text/csv"].text)))
    assert [{name: text or None for name, text in row.items()} for row in rows] == [
        one | {"record": str(one["record"])} for one in given["application/json"].json()
    ]
    table = pq.read_table(io.BytesIO(given["application/vnd.apache.parquet"].content))
    assert table.column("event_id").to_pylist() == [row["event_id"] for row in rows]
    assert [answer.headers["content-type"].partition(";")[0] for answer in given.values()] == list(given)
    folder = town_service.installation.settings.data_dir / FOLDER
    assert not [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", ["application/json", "text/csv", "application/vnd.apache.parquet"])
def test_whom_accesses_are_about_is_masked_unless_it_is_said_what_for(auditor: TestClient, kind: str) -> None:
    masked, shown = (
        _subjects(auditor.get(_DECISIONS, params={"look_purpose": purpose}, headers={"Accept": kind}))
        for purpose in (" ", "review")
    )

    assert (shown[1], shown[2], shown[3], masked[8]) == ("C-1", "C-1", "B-2", None)
    assert masked[1] == masked[2] != masked[3]
    assert all(one.startswith("masked ") for one in masked.values() if one)


def test_a_filter_that_is_none_is_refused_rather_than_left_out(auditor: TestClient) -> None:
    refused = auditor.get(_DECISIONS, params={"employe_id": "E1"})

    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/employe_id")


def test_nobody_finds_out_by_asking_whom_a_mask_stands_for(town_service: Service, auditor: TestClient) -> None:
    log = town_service.installation.settings.data_dir / "log.csv"
    log.write_text(
        "time,account,resource,action,subject\n2026-05-01T12:00:00Z,x,folk/C-77,view,C-77\n", encoding="utf-8"
    )
    import_logs(town_service.installation, [log], "cad")

    found = [
        [one["resource"] for one in auditor.get(_DECISIONS, params={"resource": "folk/C-77", **said}).json()]
        for said in ({}, {"look_purpose": "review"})
    ]

    assert found == [[], ["folk/C-77"]]


def _subjects(answer: Response) -> dict[int, str | None]:
    """Give the subject of each record."""
    kind, content = answer.headers["content-type"].partition(";")[0], answer.content
    if kind == "text/csv":
        return {int(row["record"]): row["subject"] or None for row in csv.DictReader(io.StringIO(answer.text))}
    rows = answer.json() if kind == "application/json" else pq.read_table(io.BytesIO(content)).to_pylist()
    return {row["record"]: row["subject"] for row in rows}


@pytest.mark.parametrize(
    ("query", "records"),
    [
        ("reason=backdated", [15]),
        ("verdict=unresolved&employee_id=e2", [16]),
        ("series=bids", [record for record, reason in REASONS.items() if reason == "assignment_ended"]),
        ("from=2025-02-03&to=2025-02-03", [1]),
        ("account=nobody", []),
        ("known_at=2024-06-01&reason=assigned", []),
    ],
)
def test_decisions_are_narrowed_by_their_fields(auditor: TestClient, query: str, records: list[int]) -> None:
    assert _records(auditor, query) == records


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("from=soon", "/from"),
        ("known_at=2031-01-01", "/known_at"),
        ("reason=whim", "/reason"),
        ("verdict=x", "/verdict"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(auditor: TestClient, query: str, pointer: str) -> None:
    answer = auditor.get(f"{_DECISIONS}?{query}")

    assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (422, [pointer])


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("text/html, */*;q=0.1", "application/json"),
        ("text/csv;q=0.5, application/json;q=0.4", "text/csv"),
        ("application/*", "application/json"),
        ("text/html", "application/problem+json"),
    ],
)
def test_the_format_is_the_one_that_is_accepted_most(auditor: TestClient, accept: str, given: str) -> None:
    answer = auditor.get(_DECISIONS, headers={"Accept": accept})

    assert answer.headers["content-type"].partition(";")[0] == given
    assert answer.status_code == (406 if given.endswith("problem+json") else 200)
