"""Every report as a workbook that is handed on: written whole, on either database, or refused with what to do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import Session

from config.errors import Invalid, NotFound
from config.settings import Settings
from inventory.models import Entity
from reports.legal_basis import LEGAL_BASIS
from reports.produce_report import REPORTS, produce_report
from reports.report_request import ReportRequest
from reports.workbook import WrittenWorkbook
from tests.builders import a_row
from tests.databases import on_both
from tests.town import NOW, REASONS, Town

JUNE_12 = datetime(2025, 6, 12, 12, tzinfo=UTC)
TIME = "Time (America/Chicago)"
SHEETS = {
    "inventory": {"About": 0, "Data inventory": 4},
    "inventory-issues": {"About": 0, "Issues": 2, "Series in full": 4},
    "access-matrix": {
        "About": 0,
        "Every employee": 1,
        "Finance": 1,
        "Police": 1,
        "Access in full": 5,
        "Work access texts": 1,
    },
    "access-review": {"About": 0},  # none was started in the town
    "findings": {
        "About": 0,
        "Possible unauthorized": 4,
        "Unresolved": 6,
        "By month": 3,
        "By department": 4,
        "By reason": 10,
        "Findings": 10,
        "Notes and history": 0,
        "Legal basis": 16,
        "Not judged": 11,
        "Coverage": 5,
    },
    "temporary-duties": {"About": 0, "Temporary duties": 3},
    "unused-access": {"About": 0, "Unused access": 2, "Nobody holds it": 1},
    "reason-quality": {
        "About": 0,
        "By source and month": 5,
        "By person and month": 10,
        "Commonest reasons": 0,
    },
    "decisions": {"About": 0, "Decisions": 15, "Legal basis": 16},
}


def produced(town: Town, name: str, out: Path, **changes: Any) -> WrittenWorkbook:  # noqa: ANN401 - any field
    request = ReportRequest(name, out, as_of=None, start=None, end=None, known_at=None)
    if name in REPORTS and "as_of" in REPORTS[name].options:
        request = replace(request, as_of=JUNE_12)
    return produce_report(town.session, replace(request, **changes), town.settings, now=NOW)


def rows_of(out: Path, sheet: str, heading: str) -> list[dict[str, Any]]:
    """Give the rows of a written sheet by its headings, the first of which is given."""
    rows = list(load_workbook(out)[sheet].values)
    top = next(place for place, row in enumerate(rows) if row[0] == heading)
    return [dict(zip(map(str, rows[top]), row, strict=True)) for row in rows[top + 1 :]]


@on_both
@pytest.mark.parametrize("name", REPORTS)
def test_every_report_of_the_list_is_produced(town: Town, tmp_path: Path, name: str) -> None:
    written = produced(town, name, tmp_path / "report.xlsx")

    assert {sheet.name: sheet.rows for sheet in written.sheets} == SHEETS[name]
    assert load_workbook(written.path).sheetnames == list(SHEETS[name])


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_produced_of_an_entity_without_anything(
    session: Session, settings: Settings, tmp_path: Path, name: str
) -> None:
    session.add(a_row(Entity, time_zone="America/Chicago"))
    session.flush()

    written = produced(Town(session, settings, tmp_path), name, tmp_path / "report.xlsx")

    assert {sheet.rows for sheet in written.sheets if sheet.name != "Legal basis"} == {0}


@pytest.mark.parametrize("name", REPORTS)
def test_the_same_question_gives_the_same_bytes(read_only_town: Town, tmp_path: Path, name: str) -> None:
    first, second = (produced(read_only_town, name, tmp_path / f"{number}.xlsx").sha256 for number in (1, 2))

    assert first == second


def test_the_decisions_of_the_workbook_are_those_of_every_event(read_only_town: Town, tmp_path: Path) -> None:
    out = tmp_path / "decisions.xlsx"
    produced(read_only_town, "decisions", out)

    rows = rows_of(out, "Decisions", TIME)

    assert {row["Record"]: row["Reason"] for row in rows} == {
        record: LEGAL_BASIS[reason].in_words for record, reason in REASONS.items()
    }
    times = {row["Record"]: row[TIME] for row in rows}
    assert times[2] == datetime(2025, 3, 5, 10, 0, 0)  # noqa: DTZ001 - cells bear no zone
    assert "=payroll" in {row["Purpose"] for row in rows}


def test_decisions_name_people_and_series_and_possible_unauthorized_access_comes_first(
    read_only_town: Town, tmp_path: Path
) -> None:
    out = tmp_path / "decisions.xlsx"
    produced(read_only_town, "decisions", out)

    rows = rows_of(out, "Decisions", TIME)

    verdicts = [verdict for verdict, _ in groupby(row["Verdict"] for row in rows)]
    assert verdicts == ["possible unauthorized access", "unresolved", "authorized", "out of scope"]
    assert list(rows[0])[1:3] == ["Account", "Verdict"]
    assert (rows[0]["Employee"], rows[0]["Series"]) == ("Ann Olson (E1)", "Bids (S4)")


def test_findings_are_those_of_the_months_that_the_range_touches(read_only_town: Town, tmp_path: Path) -> None:
    out = tmp_path / "findings.xlsx"
    june = {"start": datetime(2025, 6, 15, tzinfo=UTC), "end": datetime(2025, 7, 1, 5, tzinfo=UTC)}
    produced(read_only_town, "findings", out, **june)

    assert {row["Month"] for row in rows_of(out, "Findings", "Key")} == {"2025-06"}


def test_the_inventory_names_the_officers_of_its_day(read_only_town: Town, tmp_path: Path) -> None:
    out = tmp_path / "inventory.xlsx"

    produced(read_only_town, "inventory", out)
    now = {row[0]: row[1] for row in load_workbook(out)["About"].values}
    produced(read_only_town, "inventory", out, as_of=datetime(2019, 1, 1, tzinfo=UTC))
    before = list(load_workbook(out)["About"].values)

    assert now["Title"] == "Town Clerk"
    assert ("Responsible authority", "Bo Larson") in [row[:2] for row in before]
    assert ("Responsible authority", "(held by nobody on record)") in [row[:2] for row in before]


def test_a_report_is_of_what_was_known_then(town: Town, tmp_path: Path) -> None:
    town.enter("inventory", "name,classification,code\nMaps,Public,S5", at=NOW)
    out = tmp_path / "inventory.xlsx"

    before = produced(town, "inventory", out, known_at=NOW - timedelta(hours=1)).sheets[1].rows
    after = produced(town, "inventory", out).sheets[1].rows

    assert (before, after) == (4, 5)


def test_a_report_that_is_not_on_the_list_is_refused_with_the_list(read_only_town: Town, tmp_path: Path) -> None:
    with pytest.raises(
        NotFound, match='no report "audit"; the reports are inventory, inventory-issues, access-matrix, findings'
    ):
        produced(read_only_town, "audit", tmp_path / "report.xlsx")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"start": NOW, "end": NOW}, "must end after it begins"),
        ({"unused_days": 0}, "one day or more"),
        ({"known_at": NOW}, "report findings takes no instant of what was known; it takes: first day, last day."),
        ({"unused_days": 30}, "report findings takes no number of days"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    read_only_town: Town, tmp_path: Path, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        produced(read_only_town, "findings", tmp_path / "report.xlsx", **changes)


def test_a_file_that_is_no_workbook_is_refused(read_only_town: Town, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"must end in \.xlsx"):
        produced(read_only_town, "findings", tmp_path / "report.pdf")


def test_without_an_entity_nothing_is_produced(session: Session, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no entity here yet"):
        produced(Town(session, settings, tmp_path), "inventory", tmp_path / "report.xlsx")

    assert list(tmp_path.glob("*.xlsx")) == []
