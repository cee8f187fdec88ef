"""The register of temporary duties: each with its period, state, grantor and use."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from access.load_facts import Timing
from access.models import TemporaryDuty
from inventory.entity_time import entity_time
from reports.decisions import deciding
from reports.grant_uses import uses_of_duties
from reports.queries import temporary_duties
from reports.sheets import CellValue, Cover, Sheet
from reports.temporary_duties_report import DutyRecords, state_at, temporary_duties_report
from tests.builders import APRIL_1, DAY, MARCH_1, a_row
from tests.reports.reading import ABOUT, facts_of, table
from tests.town import NOW, Town

JUNE_15 = datetime(2025, 6, 15, 12, tzinfo=UTC)


def laid_out(town: Town, as_of: datetime, end: datetime | None = None) -> list[Cover | Sheet]:
    with deciding(town.session, town.settings, known_at=NOW, end=end) as decided:
        duties = temporary_duties(town.session, at=NOW)
        timing = Timing(entity_time(town.session, NOW), town.settings.graces())
        records = DutyRecords(duties, decided.policy.facts, uses_of_duties(decided), timing)
    return list(temporary_duties_report(records, replace(ABOUT, as_of=as_of)))


def register(town: Town, as_of: datetime = JUNE_15, end: datetime | None = None) -> list[dict[str, CellValue]]:
    return table(laid_out(town, as_of, end), "Temporary duties")


def of(series: str, rows: list[dict[str, CellValue]]) -> dict[str, CellValue]:
    """Give the row of the duty for a series, of which the town has one."""
    (row,) = (row for row in rows if str(row["Series"]).endswith(f"({series})"))
    return row


def test_what_is_in_force_comes_first_then_the_past(read_only_town: Town) -> None:
    columns = ("State", "Employee", "Series", "Actions", "Granted by", "Reason")
    assert [tuple(row[name] for name in columns) for row in register(read_only_town)] == [
        ("in force", "Ann Olson (E1)", "Payroll (S2)", "view", "Bo Larson (E2)", "Year-end closing"),
        ("ended", "Bo Larson (E2)", "Case files (S1)", "view", "Ann Olson (E1)", "Covers for Cy"),
        ("revoked", "Ann Olson (E1)", "Bids (S4)", "any", "Bo Larson", "Opens bids"),
    ]


def test_of_duties_in_force_the_one_that_ends_first_is_on_top(town: Town) -> None:
    columns = "employee_id,series,actions,purposes,start,end,granted_by,reason"
    rows = [f"E1,S4,view,,2025-06-{day:02d},2025-06-{30 - day},E2,No. {day}" for day in (2, 4, 3)]
    town.enter("temporary-duties", "\n".join([columns, *rows]))

    reasons = [row["Reason"] for row in register(town) if str(row["Reason"]).startswith("No.")]

    assert reasons == ["No. 4", "No. 3", "No. 2"]


def test_a_duty_ends_with_its_last_day_or_at_its_clock_time(town: Town) -> None:
    columns = "employee_id,series,actions,purposes,start,end,granted_by,reason"
    town.enter("temporary-duties", f"{columns}\nE2,S4,view,,2025-06-01,2025-06-30T17:00:00-05:00,E1,Until five")

    rows = register(town)

    assert of("S1", rows)["Last day"] == date(2025, 3, 31)
    assert [row["Last day"] for row in rows if row["Reason"] == "Until five"] == ["2025-06-30 17:00"]


def test_a_revoked_duty_says_when_and_who_recorded_it(read_only_town: Town) -> None:
    revoked = of("S4", register(read_only_town))

    assert revoked["Revoked"] == "2025-03-05, recorded by clerk"
    assert revoked["Last day"] == date(2025, 12, 31)


def test_who_revoked_a_duty_stays_though_somebody_else_corrects_it_later(town: Town) -> None:
    (row,) = (one for one in temporary_duties(town.session, at=NOW) if one.revoked_at)
    later = datetime(2025, 6, 20, tzinfo=UTC)
    said = row.model_dump(exclude={"id", "reason", "recorded_at", "recorded_by"})
    row.superseded_at, row.superseded_by = later, "deputy"
    town.record(TemporaryDuty(**said, reason="Opened bids", recorded_at=later, recorded_by="deputy"))

    assert of("S4", register(town))["Revoked"] == "2025-03-05, recorded by clerk"


def test_a_duty_is_used_where_it_authorized_an_access(read_only_town: Town) -> None:
    used = of("S1", register(read_only_town))

    assert (used["Accesses"], used["Too early"]) == (1, 0)
    assert used["Last use"] == datetime(2025, 3, 5, 16, 0, 0, 250_000, tzinfo=UTC)


def test_an_access_before_a_duty_was_recorded_does_not_use_it_but_is_counted(read_only_town: Town) -> None:
    late = of("S2", register(read_only_town))

    assert (late["Accesses"], late["Last use"], late["Too early"]) == (0, None, 1)


def test_an_access_that_a_position_covers_too_does_not_use_the_duty(town: Town) -> None:
    duty = "E1,S1,view,,2025-02-01,2025-02-28,E2,Not needed,2025-01-31,"
    columns = "employee_id,series,actions,purposes,start,end,granted_by,reason,recorded_at,revoked_at"
    town.enter("temporary-duties", f"{columns}\n{duty}")

    rows = [row for row in register(town) if row["Reason"] == "Not needed"]

    assert [row["Accesses"] for row in rows] == [0]


def test_uses_are_counted_within_the_range_of_events(read_only_town: Town) -> None:
    assert of("S1", register(read_only_town, end=MARCH_1))["Accesses"] == 0


def test_the_register_says_what_each_duty_is_on_its_day(read_only_town: Town) -> None:
    june, march = register(read_only_town), register(read_only_town, datetime(2025, 3, 2, tzinfo=UTC))

    assert [of(series, june)["State"] for series in ("S4", "S2", "S1")] == ["revoked", "in force", "ended"]
    assert [of(series, march)["State"] for series in ("S4", "S2", "S1")] == ["in force", "not begun", "in force"]


@pytest.mark.parametrize(
    ("instant", "revoked_at", "state"),
    [
        (MARCH_1, None, "in force"),
        (MARCH_1 - DAY, None, "not begun"),
        (APRIL_1, None, "ended"),
        (MARCH_1 + DAY, MARCH_1 + DAY, "revoked"),
        (MARCH_1, MARCH_1 + DAY, "in force"),
        (APRIL_1, APRIL_1, "ended"),
        (MARCH_1 - DAY, MARCH_1 - DAY, "revoked"),
    ],
)
def test_a_duty_holds_from_its_start_up_to_its_end_or_revocation(
    instant: datetime, revoked_at: datetime | None, state: str
) -> None:
    assert state_at(a_row(TemporaryDuty, revoked_at=revoked_at), instant) == state


def test_the_cover_counts_what_is_in_force_and_what_is_not_used(read_only_town: Town) -> None:
    facts = facts_of(laid_out(read_only_town, JUNE_15))

    assert {name: facts[name] for name in ("Temporary duties", "In force", "Revoked", "Used", "Not used")} == {
        "Temporary duties": 3,
        "In force": 1,
        "Revoked": 1,
        "Used": 1,
        "Not used": 2,
    }
