"""The main job at the command line: audits, findings and their notes, explanations, decisions and reports."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from config.clock import utc_text
from reports.produce_report import REPORTS
from tests.app.commands import Thirteen
from tests.town import REASONS

FINDING_KEYS = ["key", "who", "what", "reason", "verdict", "month", "events", "first", "last", "subjects", "status"]
DECISION_COLUMNS = [
    *("event_id", "source", "file", "record", "time", "account", "employee_id", "resource", "series", "action"),
    *("subject", "purpose", "verdict", "reason", "grant"),
]


def findings(town_thirteen: Thirteen) -> list[dict[str, Any]]:
    """Give the findings as objects."""
    found: list[dict[str, Any]] = json.loads(town_thirteen("findings", "--format", "json").out)
    return found


def test_an_audit_decides_and_says_how_it_was_cross_examined(town_thirteen: Thirteen) -> None:
    ran = town_thirteen("audit", "--from", "2025-04-01", "--to", "2025-04-30")

    assert (ran.status, ran.err) == (0, "")
    assert "10 accesses decided: 1 authorized, 4 possibly unauthorized, 4 unresolved, 1 out of scope." in ran.out
    assert "10 decisions put to Casbin and the decision table: 10 agreed." in ran.out
    assert "(8 new, 0 changed, 0 not found any more)" in ran.out
    assert "(2 new, 0 changed, 0 not found any more)" in town_thirteen("audit").out


def test_findings_are_objects_with_the_promised_keys(town_thirteen: Thirteen) -> None:
    town_thirteen("audit")
    listed = findings(town_thirteen)
    (finding,) = (one for one in listed if one["reason"] == "assignment_ended")

    assert len(listed) == 10
    promised = [*FINDING_KEYS, "explanation"]
    assert list(finding)[: len(promised)] == promised
    assert {name: finding[name] for name in promised} | {"key": ""} == {
        "key": "",
        "who": "E1",
        "what": "S4",
        "reason": "assignment_ended",
        "verdict": "unauthorized",
        "month": "2025-04",
        "events": 1,
        "first": "2025-04-02T15:00:00Z",
        "last": "2025-04-02T15:00:00Z",
        "subjects": 1,
        "status": "open",
        "explanation": (
            "A temporary duty of Ann Olson covered Bids until it was revoked by clerk as of 5 March 2025; it had been "
            "planned through 31 December 2025; the access was 28 days later."
        ),
    }


def test_findings_say_the_same_as_csv_and_as_a_table(town_thirteen: Thirteen) -> None:
    town_thirteen("audit")
    listed = findings(town_thirteen)
    rows = list(csv.DictReader(io.StringIO(town_thirteen("findings", "--format", "csv").out)))
    table = town_thirteen("findings").out

    assert rows == [{name: str(value) for name, value in finding.items()} for finding in listed]
    assert "E1" in table
    assert "possible unauthorized access" in table


def test_names_from_a_log_cannot_steer_the_terminal(town_thirteen: Thirteen, tmp_path: Path) -> None:
    log = "time,account,resource,action\n2025-03-05 10:00,a\x1b]0;x[bold]\x07,case/9,view\n"
    (tmp_path / "hostile.csv").write_text(log, encoding="utf-8")
    town_thirteen("import", "log", "hostile.csv", "--source", "cad")
    town_thirteen("audit")

    assert r"a\x1b]0;x[bold]\x07" in town_thirteen("findings").out


def test_without_findings_the_list_is_empty(town_thirteen: Thirteen) -> None:
    assert findings(town_thirteen) == []


def test_what_was_learnt_about_a_finding_is_noted(town_thirteen: Thirteen) -> None:
    town_thirteen("audit")
    key = findings(town_thirteen)[0]["key"]

    assert town_thirteen("note", key, "--status", "under review", "--note", "asked").status == 0
    assert findings(town_thirteen)[0]["status"] == "under_review"
    assert town_thirteen("note", "0000", "--status", "explained", "--note", "x").status == 1


def test_explain_says_verdict_reason_sentence_and_grant(town_thirteen: Thirteen) -> None:
    ended = town_thirteen("explain", "--employee", "E1", "--series", "S4", "--at", "2025-03-05T00:41:00-06:00")
    held = town_thirteen("explain", "--employee", "E1", "--series", "Case files", "--at", "2025-03-03")

    assert ended.out.splitlines()[0] == "possible unauthorized access: assignment_ended"
    assert "the access was 41 minutes later" in ended.out
    assert held.out.splitlines()[0] == "authorized: assigned"
    assert "Grant inventory:" in held.out


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--employee", "E9", 'no employee with the id or name "E9"'),
        ("--series", "S9", 'no data series with the code or name "S9"'),
        ("--at", "soon", '--at "soon" cannot be read; expected a date'),
        ("--at", "2025-13-01", '--at "2025-13-01" cannot be read; expected a date'),
        ("--action", "look", '"look" is no action'),
    ],
)
def test_explain_says_what_it_cannot_find_or_read(town_thirteen: Thirteen, option: str, value: str, said: str) -> None:
    words = {"--employee": "E1", "--series": "S1", "--at": "2025-03-03"} | {option: value}
    ran = town_thirteen("explain", *(word for pair in words.items() for word in pair))

    assert (ran.status, ran.out) == (1, "")
    assert said in ran.err


def test_decisions_have_the_promised_columns_in_csv_and_parquet(town_thirteen: Thirteen, tmp_path: Path) -> None:
    for name in ("d.csv", "d.parquet"):
        assert town_thirteen("decisions", "--out", name).status == 0
    with (tmp_path / "d.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with duckdb.connect() as connection:
        columns = [name for name, *_ in connection.execute("DESCRIBE FROM 'd.parquet'").fetchall()]
        (counted,) = connection.execute("SELECT count(*) FROM 'd.parquet'").fetchall()[0]

    assert list(rows[0]) == columns == DECISION_COLUMNS
    assert counted == len(rows)
    assert {int(row["record"]): row["reason"] for row in rows} == REASONS
    assert {row["time"][-1] for row in rows} == {"Z"}
    assert utc_text(datetime.fromisoformat(rows[0]["time"])) == "2025-02-03T15:00:00Z"
    assert [row["grant"].partition(":")[0] for row in rows[:3]] == ["inventory", "temporary-duty", ""]


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_written(town_thirteen: Thirteen, tmp_path: Path, name: str) -> None:
    ran = town_thirteen("report", name, "--out", f"{name}.xlsx")

    assert (ran.status, ran.err) == (0, "")
    assert (tmp_path / f"{name}.xlsx").read_bytes()[:2] == b"PK"
