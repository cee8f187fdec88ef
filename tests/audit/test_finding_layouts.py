"""Findings in three layouts that say the same."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from audit.finding_layouts import HEADINGS, finding_table, whole_rows
from audit.views import FindingView
from config.row_layouts import Layout, row_lines

CHICAGO = ZoneInfo("America/Chicago")
FINDING = FindingView(
    key="0123456789abcdef",
    who="jdoe",
    what="case/17",
    reason="uninventoried_resource",
    verdict="unresolved",
    month="2025-03",
    events=1_234,
    first=datetime(2025, 3, 3, 23, 41, tzinfo=UTC),
    last=datetime(2025, 3, 31, 4, 59, 59, 5, tzinfo=UTC),
    subjects=1,
    status="under_review",
    explanation='No pattern maps "case/17".\nAsk, then map it.',
)


def lines(layout: Layout, *findings: FindingView) -> str:
    """Lay out findings for programs."""
    return "\n".join(row_lines(layout, HEADINGS, whole_rows(findings), None))


def test_json_and_csv_say_the_same() -> None:
    findings = [FINDING, replace(FINDING, who="Østby, A.", key="f" * 16)]
    from_json = json.loads(lines(Layout.JSON, *findings))
    from_csv = list(csv.DictReader(io.StringIO(lines(Layout.CSV, *findings), newline="")))

    assert from_json[0] == vars(FINDING) | {"first": "2025-03-03T23:41:00Z", "last": "2025-03-31T04:59:59.000005Z"}
    assert from_csv == [{name: str(value) for name, value in finding.items()} for finding in from_json]


def test_without_findings_programs_get_an_empty_list() -> None:
    assert json.loads(lines(Layout.JSON)) == []
    assert lines(Layout.CSV) == ",".join(HEADINGS)


def test_a_narrow_terminal_shows_fewer_columns_and_none_of_them_broken() -> None:
    narrow = list(finding_table([FINDING], CHICAGO, 80))
    wide = list(finding_table([FINDING], CHICAGO, 120))

    assert [line.split() for line in narrow[1:3]] == [
        ["2025-03", "jdoe", "case/17", "uninventoried_", "1,234", "under_review", "0123456789abcdef"],
        ["resource"],
    ]
    assert "A terminal of 120 columns shows the last access too." in narrow
    assert wide[2].endswith("2025-03-30 23:59   under_review  0123456789abcdef")
    assert max(map(len, narrow[:3])) <= 80
    assert max(map(len, wide[:3])) <= 120


def test_outside_a_terminal_each_finding_is_one_line() -> None:
    long = replace(FINDING, what="a/" * 150)

    table = list(finding_table([long, long], CHICAGO, None))

    assert table[2] == table[3]
    assert "a/" * 150 in table[2]
    assert len(table) == 5


def test_names_from_a_log_cannot_steer_the_terminal() -> None:
    table = list(finding_table([replace(FINDING, who="a\x1b]0;x[bold]\x07")], CHICAGO, 120))

    assert r"a\x1b]0;x[bold]\x07" in table[2]


def test_no_cell_of_the_csv_calculates_in_a_spreadsheet() -> None:
    hostile = replace(FINDING, who="=HYPERLINK(1)", what="@sum(1)", explanation="-5 was seen", status="open")

    (read,) = csv.DictReader(io.StringIO(lines(Layout.CSV, hostile), newline=""))

    assert (read["who"], read["what"], read["explanation"]) == ("'=HYPERLINK(1)", "'@sum(1)", "'-5 was seen")
    assert (read["events"], read["status"]) == ("1234", "open")
