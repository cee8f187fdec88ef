"""What is on the record is listed as in force on a day: with last days, names, and the ids that commands take."""

from datetime import datetime, timedelta

import pytest

from access.list_record import Listed, ListRequest, list_record
from access.listings import LISTINGS
from access.models import Assignment, LoginForm, TemporaryDuty
from config.clock import read_end, read_start
from config.errors import NotFound
from inventory.models import DataSeries
from tests.builders import APRIL_1, DAY, MARCH_1, MAY_1, a_row
from tests.importing import CHICAGO
from tests.installing import installed
from tests.town import NOW, Town


def listed(town: Town, kind: str, day: str = "2025-03-15", match: str = "", known_at: datetime | None = None) -> Listed:
    start, end = read_start(day, CHICAGO), read_end(day, CHICAGO)
    with installed(town.session, town.settings, NOW).read() as work:
        return list_record(work, ListRequest(kind, start, end, match, known_at))


@pytest.mark.parametrize("kind", LISTINGS)
def test_every_kind_can_be_listed(read_only_town: Town, kind: str) -> None:
    days = ("2025-03-03", "2025-05-01", "2025-06-15", "2025-07-01")
    rows = [row for day in days for row in listed(read_only_town, kind, day).rows]

    assert all(len(row) == len(listed(read_only_town, kind).headings) for row in rows)
    assert bool(rows) == (kind not in {"purposes", "cases", "trainings"})  # of which the town has none


def test_meanings_are_listed_by_the_ids_that_withdraw_them_and_cases_while_they_are_open(quiet_town: Town) -> None:
    quiet_town.record(a_row(LoginForm))
    quiet_town.enter("purposes", "source,typed,purpose\ncad,wages,payroll")
    quiet_town.enter("cases", "case_number,opened,closed\n25-1,2025-03-01,2025-03-31\n25-2,2025-04-01,")

    found = listed(quiet_town, "purposes")
    assert (found.headings[0], found.rows[0][1:]) == ("id", ("cad", "wages", "text", "payroll"))
    assert found.rows[0][0].startswith("purpose:")
    assert [row[0] for row in listed(quiet_town, "cases").rows] == ["25-1"]


def test_an_end_is_listed_as_its_last_day_and_names_stand_beside_ids(quiet_town: Town) -> None:
    quiet_town.record(a_row(Assignment, position_code="P1", start=MARCH_1, end=APRIL_1))
    (row,) = [one for one in listed(quiet_town, "assignments").rows if one[2] == "2025-03-01"]

    assert row[:4] == ("E1", "P1", "2025-03-01", "2025-03-31")
    assert row[4] == "Ann Olson"


def test_what_holds_at_some_moment_of_the_day_is_in_force_on_it_unless_revoked(quiet_town: Town) -> None:
    noon, other = MARCH_1 + timedelta(hours=12), {"series": "S2"}
    duty = a_row(TemporaryDuty, **other, start=noon, end=MAY_1, revoked_at=noon + DAY)
    quiet_town.record(duty)

    days = ("2025-02-28", "2025-03-01", "2025-03-02", "2025-03-03")
    shown = [[row[0] for row in listed(quiet_town, "temporary-duties", day, match="s2").rows] for day in days]
    assert shown == [[], [f"temporary-duty:{duty.id}"], [f"temporary-duty:{duty.id}"], []]


def test_a_retired_series_is_listed_with_its_day(quiet_town: Town) -> None:
    quiet_town.record(a_row(DataSeries, code="S9", name="Old files", retired=APRIL_1))

    after = listed(quiet_town, "series", day="2025-05-01", match="old files")

    assert dict(zip(after.headings, after.rows[0], strict=True))["retired"] == "2025-04-01"


def test_it_is_listed_as_it_was_known_then(quiet_town: Town) -> None:
    quiet_town.record(a_row(Assignment, position_code="P9", start=MARCH_1, end=None, recorded_at=APRIL_1))

    assert listed(quiet_town, "assignments", match="p9", known_at=APRIL_1).rows
    assert not listed(quiet_town, "assignments", match="p9", known_at=APRIL_1 - DAY).rows


def test_imports_are_listed_up_to_the_day(read_only_town: Town) -> None:
    (accounts,) = [row for row in listed(read_only_town, "imports").rows if row[1] == "accounts"]

    assert accounts[2:5] == ("accounts.csv", "2025-01-02T06:00:00-06:00", "clerk")
    assert listed(read_only_town, "imports", "2025-01-01").rows == []


def test_a_kind_that_is_none_is_refused_with_those_there_are(quiet_town: Town) -> None:
    with pytest.raises(NotFound, match='no listing of "people"; there are positions, employees,'):
        listed(quiet_town, "people")
