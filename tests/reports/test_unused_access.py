"""Access that nobody needed: never, not lately, too new to say, or without a log to tell by."""

from dataclasses import replace
from datetime import UTC, datetime

from reports.access_in_force import find_access_in_force
from reports.decisions import deciding
from reports.grant_uses import stated_access
from reports.queries import log_imports, logs_until
from reports.sheets import CellValue, Cover, Sheet
from reports.unused_access import CANNOT_TELL, NEVER, NEW, NOT_LATELY, UnusedRecords, unused_access_report
from tests.reports.reading import ABOUT, facts_of, table
from tests.town import NOW, Town

JUNE_12 = datetime(2025, 6, 12, 12, tzinfo=UTC)


def laid_out(town: Town, as_of: datetime = JUNE_12, days: int = 90) -> list[Cover | Sheet]:
    with deciding(town.session, town.settings, known_at=NOW, end=as_of) as decided:
        find_access_in_force(decided.policy, as_of)
        until = logs_until(decided.policy.facts, log_imports(town.session))
        records = UnusedRecords(stated_access(decided), decided.policy.facts, until, days)
    return list(unused_access_report(records, replace(ABOUT, as_of=as_of)))


def unused(town: Town, as_of: datetime = JUNE_12, days: int = 90) -> list[dict[str, CellValue]]:
    return table(laid_out(town, as_of, days), "Unused access")


def states(town: Town, as_of: datetime = JUNE_12, days: int = 90) -> dict[tuple[CellValue, CellValue], CellValue]:
    return {(code_of(row), row["Held as"]): row["State"] for row in unused(town, as_of, days)}


def code_of(row: dict[str, CellValue]) -> str:
    """Give the code in brackets behind a series' name."""
    return str(row["Series"]).rpartition("(")[2].rstrip(")")


def test_what_nobody_needed_is_listed_by_how_long_ago(read_only_town: Town) -> None:
    assert states(read_only_town) == {
        ("S2", "Position: Payroll Clerk"): NEVER,
        ("S1", "Position: Police Clerk"): NOT_LATELY,
    }


def test_what_was_used_within_the_days_is_not_listed(read_only_town: Town) -> None:
    assert ("S1", "Position: Police Clerk") not in states(read_only_town, days=200)


def test_a_row_says_whom_it_reaches_and_when_it_was_last_used(read_only_town: Town) -> None:
    (row,) = (row for row in unused(read_only_town) if row["State"] == NOT_LATELY)

    assert (row["People it reaches now"], row["Days since"], row["Grant"]) == (1, 128, "inventory:1")
    assert row["Last use by anybody"] == datetime(2025, 2, 3, 15, tzinfo=UTC)


def test_what_nobody_holds_is_listed_apart_from_what_was_never_used(read_only_town: Town) -> None:
    (row,) = table(laid_out(read_only_town), "Nobody holds it")

    assert (row["Held as"], row["People it reaches now"], row["State"]) == ("Position: Detective", 0, NEVER)


def test_what_was_given_lately_and_not_used_yet_is_marked_as_new(town: Town) -> None:
    town.enter("work-access", "series,holder_type,holder,actions,start_date\nS4,department,Police,view,2025-06-01")

    assert states(town)["S4", "Department: Police"] == NEW


def test_without_a_log_that_reaches_into_the_days_nobody_can_tell(read_only_town: Town) -> None:
    august = datetime(2025, 8, 1, tzinfo=UTC)

    assert states(read_only_town, august, days=30)["S1", "Position: Police Clerk"] == CANNOT_TELL


def test_access_to_public_data_is_not_listed(read_only_town: Town) -> None:
    assert [row for row in unused(read_only_town) if code_of(row) == "S3"] == []


def test_uses_after_the_day_do_not_count(read_only_town: Town) -> None:
    march_4 = datetime(2025, 3, 4, 12, tzinfo=UTC)

    assert states(read_only_town, march_4, days=10)["S1", "Temporary duty"] == NEW


def test_a_specified_duty_for_every_series_is_one_row(read_only_town: Town) -> None:
    may_1_early = datetime(2025, 5, 1, 6, tzinfo=UTC)

    rows = [row for row in unused(read_only_town, may_1_early) if row["Held as"] == "Specified duty of an officer"]

    assert [(row["Series"], row["Person"], row["People it reaches now"]) for row in rows] == [
        ("(every series)", "Bo Larson (E2)", 1)
    ]


def test_the_cover_counts_every_grant_once(read_only_town: Town) -> None:
    facts = facts_of(laid_out(read_only_town))

    counts = {name: facts[name] for name in ("Nobody holds it", "Used in these days", "Never used", "Not used lately")}
    assert counts == {"Nobody holds it": 1, "Used in these days": 1, "Never used": 1, "Not used lately": 1}
    assert facts["Grants in force"] == 4
