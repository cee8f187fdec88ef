"""What was not judged is counted, with why: out of scope, unread, not audited, or not to be told."""

from datetime import UTC, date, datetime
from itertools import pairwise

from audit.logs.coverage import SourceCoverage
from audit.logs.expected_logs import Expected
from audit.logs.judge_days import Cadence, gaps_of, judge_days
from audit.logs.models import LogImport
from audit.models import AuditRun
from reports.findings_report import FindingsRecords
from tests.builders import a_run
from tests.reports.audited import APRIL_1, JULY_3, MARCH_1, MAY_1, a_finding, an_import, laid_out, records_of
from tests.reports.reading import table
from tests.town import Town

Kinds = dict[str, list[tuple[object, object, object]]]


def not_judged(records: FindingsRecords) -> Kinds:
    """Give what, where and number of the rows of each kind."""
    kinds: Kinds = {}
    for row in table(laid_out(records), "Not judged"):
        kinds.setdefault(str(row["Kind"]), []).append((row["What"], row["Where"], row["Number"]))
    return kinds


def test_what_was_not_judged_is_counted_by_why(read_only_town: Town) -> None:
    kinds = not_judged(records_of(read_only_town))

    assert [number for _, _, number in kinds["Out of scope"]] == [1]
    assert [(where, number) for _, where, number in kinds["Unreadable records"]] == [("cad.csv (cad)", 1)]
    assert {(what, number) for what, _, number in kinds["Unresolved"]} == {
        ("shared or service account", 1),
        ("resource not in the inventory", 1),
        ("account of nobody known", 1),
        ("access text names no known holder", 1),
        ("recorded too late", 1),
        ("officer without a specified duty", 1),
    }
    assert kinds["Series that cannot be tested"] == [
        ("Payroll (S2)", "work access text: “certain employees as needed”", 1)
    ]
    assert kinds["Resource without a series"] == [("archive/9", "cad", 1)]
    assert kinds["Account of nobody known"] == [("ghost", "cad", 1)]
    assert "Not audited yet" not in kinds


def test_days_that_were_not_seen_are_not_judged_and_the_calendar_marks_them(read_only_town: Town) -> None:
    days = {date(2025, 3, day): 100 for day in range(1, 32) if day not in {4, 5}} | {date(2025, 3, 20): 9}
    judged = judge_days(days, Cadence.DAILY, date(2025, 3, 1), date(2025, 3, 31), today=date(2025, 6, 1))
    seen = SourceCoverage(
        *("cad", Expected(Cadence.DAILY), min(days), max(days), judged, gaps_of(judged)), today=date(2025, 6, 1)
    )
    records = records_of(read_only_town, coverage=[seen])

    (row,) = table(laid_out(records), "Coverage")

    assert not_judged(records)["Days not seen"] == [("records between 4 and 5 March 2025", "cad", 2)]
    assert (row["Month"], row["Missing"]) == ("2025-03", 2)
    assert "".join(str(row[str(day)]) for day in range(3, 7)) == "●○○●"


def test_an_unreadable_record_of_overlapping_logs_is_counted_once(town: Town) -> None:
    before = not_judged(records_of(town))["Unreadable records"]
    header, bad, good = "time,account,resource,action\n", "late,aolson,r,view\n", "2025-05-02 08:00,a,r,view\n"
    town.log(header + bad, name="first.csv")
    town.log(header + good + bad + "soon,aolson,r,view\n", name="second.csv")
    town.log(header + bad, name="third.csv")

    told = [row[1:] for row in not_judged(records_of(town))["Unreadable records"]]

    assert told == [*(row[1:] for row in before), ("first.csv (cad)", 1), ("second.csv (cad)", 1)]


def test_a_log_imported_after_the_audit_is_not_audited_yet(town: Town) -> None:
    town.log("time,account,resource,action\n2025-05-02 08:00,aolson,case/9,view", name="late.csv", at=JULY_3)
    assert [row[1:] for row in not_judged(records_of(town))["Not audited yet"]] == [("late.csv (cad)", 1)]

    town.audit(at=datetime(2025, 7, 4, tzinfo=UTC))
    assert "Not audited yet" not in not_judged(records_of(town))


def kinds_of(town: Town, runs: list[AuditRun], imports: list[LogImport]) -> Kinds:
    return not_judged(records_of(town, findings=(), runs=runs, imports=imports))


def test_an_audit_whose_whole_range_was_audited_again_is_not_counted_twice(read_only_town: Town) -> None:
    halves = [a_run(None, APRIL_1, out_of_scope=2), a_run(APRIL_1, None, out_of_scope=3)]

    again = kinds_of(read_only_town, [*halves, a_run(MARCH_1, MAY_1)], [])
    part_of_it = kinds_of(read_only_town, [halves[0], a_run(MARCH_1, MAY_1)], [])

    assert [number for _, _, number in again["Out of scope"]] == [2, 3]
    assert [number for _, _, number in part_of_it["Out of scope"]] == [2, 9]


def test_a_log_that_reaches_beyond_every_audited_range_is_not_audited_yet(read_only_town: Town) -> None:
    before_its_last_event = kinds_of(read_only_town, [a_run(MARCH_1, MAY_1)], [an_import()])
    with_its_last_event = kinds_of(read_only_town, [a_run(MARCH_1, JULY_3)], [an_import()])

    assert [number for _, _, number in before_its_last_event["Not audited yet"]] == [5]
    assert "Not audited yet" not in with_its_last_event


def test_records_passed_over_by_the_profile_are_counted_for_each_log(read_only_town: Town) -> None:
    kinds = kinds_of(
        read_only_town, [a_run(None, None)], [an_import(passed_over=3), an_import(id=2, file_name="b.csv")]
    )

    assert [row[1:] for row in kinds["Passed over"]] == [("cad.csv (cad)", 3)]


def test_of_many_resources_those_with_most_accesses_are_listed_and_the_rest_are_counted(read_only_town: Town) -> None:
    findings = [
        a_finding(
            what=f"db{number}",
            what_is_series=False,
            reason="uninventoried_resource",
            verdict="unresolved",
            events=number,
        )
        for number in range(1, 204)
    ]
    rows = not_judged(records_of(read_only_town, findings=findings))["Resource without a series"]

    assert len(rows) == 201
    assert rows[0] == ("db203", "cad", 203)
    assert rows[-1] == ("and 3 more", "", 1 + 2 + 3)
    assert all(int(str(one[2])) > int(str(other[2])) for one, other in pairwise(rows[:-1]))


def test_resources_of_one_folder_are_one_row_and_accounts_of_one_domain_are_not(read_only_town: Town) -> None:
    resources = [
        a_finding(what=f"scans/{number}", what_is_series=False, reason="uninventoried_resource", verdict="unresolved")
        for number in range(3)
    ]
    accounts = [
        a_finding(who=f"CITY\\{number}", who_is_employee=False, reason="unknown_account", verdict="unresolved")
        for number in range(2)
    ]

    kinds = not_judged(records_of(read_only_town, findings=[*resources, *accounts]))

    assert kinds["Resource without a series"] == [("3 resources in scans/", "cad", 3)]
    assert len(kinds["Account of nobody known"]) == 2
