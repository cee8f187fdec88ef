"""The register of temporary duties: each with its period, state, grantor and use."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from access.load_facts import Timing
from access.models import TemporaryDuty
from inventory.queries import the_entity
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
        timing = Timing(the_entity(town.session, NOW), town.settings.graces())
        records = DutyRecords(duties, decided.policy.facts, uses_of_duties(decided), timing)
    return list(temporary_duties_report(records, replace(ABOUT, as_of=as_of)))


def register(town: Town, as_of: datetime = JUNE_15, end: datetime | None = None) -> list[dict[str, CellValue]]:
    return table(laid_out(town, as_of, end), "Temporary duties")


def test_every_duty_is_listed_by_employee_and_start_with_who_granted_it_and_why(read_only_town: Town) -> None:
    rows = register(read_only_town)

    columns = ("Employee", "Id", "Series", "Actions", "Granted by", "Reason")
    assert [tuple(row[name] for name in columns) for row in rows] == [
        ("Ann Olson", "E1", "Bids (S4)", "any", "Bo Larson", "Opens bids"),
        ("Ann Olson", "E1", "Payroll (S2)", "view", "Bo Larson (E2)", "Year-end closing"),
        ("Bo Larson", "E2", "Case files (S1)", "view", "Ann Olson (E1)", "Covers for Cy"),
    ]


def test_a_duty_is_used_where_it_authorized_an_access(read_only_town: Town) -> None:
    used = register(read_only_town)[2]

    assert (used["Used"], used["Accesses"], used["Before it was recorded"]) == ("used", 1, 0)
    assert used["Last use"] == datetime(2025, 3, 5, 16, 0, 0, 250_000, tzinfo=UTC)


def test_an_access_before_a_duty_was_recorded_does_not_use_it_but_is_counted(read_only_town: Town) -> None:
    late = register(read_only_town)[1]

    assert (late["Used"], late["Accesses"], late["Last use"], late["Before it was recorded"]) == (
        "not used",
        0,
        None,
        1,
    )


def test_an_access_that_a_position_covers_too_does_not_use_the_duty(town: Town) -> None:
    duty = "E1,S1,view,,2025-02-01,2025-02-28,E2,Not needed,2025-01-31,"
    columns = "employee_id,series,actions,purposes,start,end,granted_by,reason,recorded_at,revoked_at"
    town.enter("temporary-duties", f"{columns}\n{duty}")

    rows = [row for row in register(town) if row["Reason"] == "Not needed"]

    assert [(row["Used"], row["Accesses"]) for row in rows] == [("not used", 0)]


def test_uses_are_counted_within_the_range_of_events(read_only_town: Town) -> None:
    assert register(read_only_town, end=MARCH_1)[2]["Used"] == "not used"


def test_the_register_says_what_each_duty_is_on_its_day(read_only_town: Town) -> None:
    assert [row["State"] for row in register(read_only_town)] == ["revoked", "in force", "ended"]
    assert [row["State"] for row in register(read_only_town, datetime(2025, 3, 2, tzinfo=UTC))] == [
        *("in force", "not begun", "in force")
    ]


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
