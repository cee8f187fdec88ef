"""The findings for those who deal with them: who, what and why in words, and in numbers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from audit.finding_views import finding_views
from audit.move_finding import Move, move_finding
from audit.own_findings import MovedBy
from reports.finding_tallies import Tally
from reports.findings_cover import how_figures_agree
from reports.listed_findings import ListedFinding
from reports.sheets import Sheet
from tests.builders import a_run
from tests.reports.audited import APRIL_1, JULY_3, a_finding, laid_out, records_of
from tests.reports.reading import ABOUT, facts_of, paragraphs_of, table
from tests.town import Town

HOUR = timedelta(hours=1)
POSSIBLE = "possible unauthorized access"


# --- The list ---


def test_every_finding_that_stands_is_listed_in_words(read_only_town: Town) -> None:
    rows = table(laid_out(records_of(read_only_town)), "Findings")

    told = [tuple(row[name] for name in ("Verdict", "Reason", "Month", "Who", "Department", "What")) for row in rows]
    assert told == [
        (POSSIBLE, "action beyond the assignment", "2025-04", "Bo Larson (E2)", "Finance", "Payroll (S2)"),
        (POSSIBLE, "assignment ended", "2025-04", "Ann Olson (E1)", "Police", "Bids (S4)"),
        (POSSIBLE, "not employed then", "2025-04", "Cy Dale (E3)", "formerly Police", "Case files (S1)"),
        (POSSIBLE, "purpose not described", "2025-04", "Bo Larson (E2)", "Finance", "Payroll (S2)"),
        ("unresolved", "shared or service account", "2025-04", "account frontdesk", "no employee", "Case files (S1)"),
        ("unresolved", "resource not in the inventory", "2025-04", "Ann Olson (E1)", "Police", "archive/9"),
        ("unresolved", "account of nobody known", "2025-04", "account ghost", "no employee", "Case files (S1)"),
        ("unresolved", "access text names no known holder", "2025-04", "Ann Olson (E1)", "Police", "Payroll (S2)"),
        ("unresolved", "recorded too late", "2025-06", "Ann Olson (E1)", "Police", "Payroll (S2)"),
        ("unresolved", "officer without a specified duty", "2025-06", "Bo Larson (E2)", "Finance", "Case files (S1)"),
    ]  # fmt: skip


def test_the_department_is_that_of_the_last_access(town: Town) -> None:
    town.enter("assignments", "employee_id,position_code,start_date\nE1,P4,2025-04-10")
    april_9, april_12 = datetime(2025, 4, 9, tzinfo=UTC), datetime(2025, 4, 12, tzinfo=UTC)

    before, after = (
        table(laid_out(records_of(town, findings=[a_finding(last=last)])), "Findings")[0]["Department"]
        for last in (april_9, april_12)
    )

    assert (before, after) == ("Police", "Parks; Police")


def test_an_account_or_resource_that_the_log_leaves_empty_is_named_so(read_only_town: Town) -> None:
    nameless = a_finding(who="", who_is_employee=False, what="", what_is_series=False)

    (row,) = table(laid_out(records_of(read_only_town, findings=[nameless])), "Findings")

    assert (row["Who"], row["What"]) == ("account (none given)", "(none given)")


# --- In numbers ---


def test_findings_and_accesses_are_counted_by_verdict_for_each_month_department_and_reason(
    read_only_town: Town,
) -> None:
    sheets = laid_out(records_of(read_only_town))

    assert [tuple(row.values()) for row in table(sheets, "By month")] == [
        ("2025-04", 4, 4, 4, 4),
        ("2025-05", 0, 0, 0, 0),
        ("2025-06", 0, 2, 0, 2),
    ]
    assert [tuple(row.values()) for row in table(sheets, "By department")] == [
        ("Police", 1, 3, 1, 3),
        ("Finance", 2, 1, 2, 1),
        ("no employee", 0, 2, 0, 2),
        ("formerly Police", 1, 0, 1, 0),
    ]
    assert sum(int(str(row["Findings: unresolved"])) for row in table(sheets, "By reason")) == 6


def test_the_cover_counts_the_findings_by_verdict_and_status(read_only_town: Town) -> None:
    findings = [a_finding(), a_finding(status="under_review", events=3), a_finding(verdict="unresolved")]

    facts = facts_of(laid_out(records_of(read_only_town, findings=findings)))

    assert (facts["Findings"], facts["Of possible unauthorized access"]) == (3, 2)
    assert (facts["Status: open"], facts["Status: under review"]) == (2, 1)
    assert (facts["Accesses in findings"], facts["Accesses: possible unauthorized"]) == (5, 4)


def test_a_month_that_a_log_misdates_does_not_fill_the_sheet_with_empty_months(read_only_town: Town) -> None:
    findings = [a_finding(month=month) for month in ("1970-01", "2025-04")]

    rows = table(laid_out(records_of(read_only_town, findings=findings)), "By month")

    assert [row["Month"] for row in rows] == ["1970-01", "2025-04"]


def test_each_summary_has_a_chart(read_only_town: Town) -> None:
    sheets = laid_out(records_of(read_only_town))

    charted = [one.title for one in sheets if isinstance(one, Sheet) and one.charts]
    assert charted == ["By month", "By department", "By reason"]


def test_the_cover_says_what_stands_and_how_the_newest_audit_was_cross_examined(read_only_town: Town) -> None:
    facts = facts_of(laid_out(records_of(read_only_town)))

    assert facts["Accesses decided"] == 15
    assert facts["Possible unauthorized"] == 4
    assert facts["Cross-examined"] == "15 decisions put to Casbin and the decision table, of which 15 agreed"


def test_the_cover_says_of_which_months_the_findings_are(read_only_town: Town) -> None:
    records = records_of(read_only_town)
    april_to_june = replace(ABOUT, start=datetime(2025, 4, 30, 6, tzinfo=UTC), end=datetime(2025, 7, 1, 5, tzinfo=UTC))

    assert facts_of(laid_out(records))["Months"] == "all"
    assert facts_of(laid_out(records, april_to_june))["Months"] == "from 2025-04 to 2025-06"


def test_the_cover_speaks_of_possible_unauthorized_access_and_leaves_guilt_to_people(read_only_town: Town) -> None:
    text = paragraphs_of(laid_out(records_of(read_only_town)))

    assert "It does not say that anyone did wrong" in text
    assert "13.05 subd. 5" in text
    assert "13.055" in text
    assert "13.09" in text


def test_before_the_first_audit_the_report_says_so(read_only_town: Town) -> None:
    sheets = laid_out(records_of(read_only_town, findings=(), runs=()))

    (listed,) = (one for one in sheets if one.title == "Findings")
    assert isinstance(listed, Sheet)
    assert listed.empty == "No audit has been run yet."


# --- Whether the cover's figures agree ---


def test_the_cover_says_that_findings_and_audit_agree(read_only_town: Town) -> None:
    assert "Both figures agree" in paragraphs_of(laid_out(records_of(read_only_town)))


def test_where_they_do_not_agree_the_cover_says_why() -> None:
    one_day = a_run(APRIL_1, APRIL_1 + 24 * HOUR)
    since_april = replace(ABOUT, start=APRIL_1)

    of_a_day = how_figures_agree(Tally(unauthorized_events=9), one_day, ABOUT)
    of_a_month = how_figures_agree(Tally(unauthorized_events=1), a_run(None, None, unauthorized=4), since_april)
    unexplained = how_figures_agree(Tally(unauthorized_events=1), a_run(None, None, unauthorized=4), ABOUT)

    assert "covered part of the time only" in of_a_day
    assert "some months only" in of_a_month
    assert "audit again" in unexplained


# --- The short form ---


def in_short(town: Town, *findings: ListedFinding, sheet: str = "Possible unauthorized") -> list[tuple[object, ...]]:
    """Give who, what, findings and accesses of each line."""
    rows = table(laid_out(records_of(town, findings=findings)), sheet)
    return [tuple(row[name] for name in ("Who", "What", "Findings", "Accesses")) for row in rows]


def test_resources_of_one_folder_share_a_line_and_others_do_not(read_only_town: Town) -> None:
    resources = ["scans/old/1", "scans/2", "scans/3", "x", "y", "beta#1", "beta#2"]
    findings = [a_finding(what=what, what_is_series=False, key=what, events=2) for what in resources]
    of_a_series = a_finding(month="2025-05")

    assert in_short(read_only_town, *findings, of_a_series) == [
        ("Ann Olson (E1)", "scans/old/1", 1, 2),
        ("Ann Olson (E1)", "2 resources in scans/", 2, 4),
        ("Ann Olson (E1)", "x", 1, 2),
        ("Ann Olson (E1)", "y", 1, 2),
        ("Ann Olson (E1)", "2 resources in beta#", 2, 4),
        ("Ann Olson (E1)", "Case files (S1)", 1, 1),
    ]


@pytest.mark.parametrize("other", [{"who": "E2"}, {"reason": "backdated"}, {"month": "2025-05"}, {"status": "closed"}])
def test_a_line_is_of_one_who_reason_month_and_status(read_only_town: Town, other: dict[str, Any]) -> None:
    one, another = (
        a_finding(what=f"scans/{key}", what_is_series=False, key=key, **more) for key, more in (("a", {}), ("b", other))
    )

    lines = in_short(read_only_town, one, another)

    assert [findings for _, _, findings, _ in lines] == [1, 1]


def test_what_is_unresolved_has_a_short_form_of_its_own(read_only_town: Town) -> None:
    findings = [a_finding(), a_finding(verdict="unresolved", events=7)]

    assert in_short(read_only_town, *findings, sheet="Unresolved") == [("Ann Olson (E1)", "Case files (S1)", 1, 7)]


# --- Notes ---


def test_notes_stand_beside_their_finding_and_in_its_history(town: Town) -> None:
    key = finding_views(town.session)[0].key
    move_finding(town.session, key, Move("under_review", "Asked her"), now=JULY_3, by=MovedBy("clerk"))
    move_finding(town.session, key, Move(note="She covered a shift"), now=JULY_3 + HOUR, by=MovedBy("chief"))
    move_finding(
        town.session, key, Move("explained", "The shift is on file"), now=JULY_3 + 2 * HOUR, by=MovedBy("chief")
    )

    sheets = laid_out(records_of(town))

    (listed,) = (row for row in table(sheets, "Findings") if row["Key"] == key)
    assert (listed["Status"], listed["Reviewer"], listed["Newest note"]) == (
        "explained",
        "chief",
        "The shift is on file",
    )
    moves = [tuple(row[name] for name in ("By", "From", "To", "Note")) for row in table(sheets, "Notes and history")]
    assert moves == [
        ("clerk", "open", "under_review", "Asked her"),
        ("chief", "", "", "She covered a shift"),
        ("chief", "under_review", "explained", "The shift is on file"),
    ]
