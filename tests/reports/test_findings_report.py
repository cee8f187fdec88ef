"""The findings for those who deal with them: who, what and why in words, and in numbers."""

from dataclasses import replace
from datetime import UTC, datetime

from reports.sheets import Sheet
from tests.reports.audited import a_finding, laid_out, records_of
from tests.reports.reading import ABOUT, facts_of, paragraphs_of, table
from tests.town import Town

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
    assert facts["Possible unauthorized access"] == 4
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
