"""Reminders of temporary duties that end soon."""

from datetime import UTC, datetime, timedelta

from access.duty_reminders import ending_soon
from tests.town import ENTERED, Town

HEADINGS = "employee_id,series,actions,start,end,granted_by,reason,revoked_at"
ROWS = """\
E1,S1,view,2026-03-01,2026-03-09,E2,ends before,
E1,S2,view,2026-03-01,2026-03-10,E2,ends today,
E1,S3,view,2026-03-01T00:00:00Z,2026-03-13T12:00:00Z,E2,ends in three days,
E2,S1,view,2026-03-01T00:00:00Z,2026-03-13T12:00:01Z,E2,ends later,
E2,S2,view,2026-03-11,2026-03-12,E2,has not begun,
E2,S3,view,2026-03-01,2026-03-11,E2,was revoked,2026-03-05T00:00:00Z
"""


def test_duties_in_force_that_end_within_three_days_are_reminded_of(new_town: Town) -> None:
    new_town.enter("temporary-duties", f"{HEADINGS}\n{ROWS}", at=ENTERED)
    now = datetime(2026, 3, 10, 12, tzinfo=UTC)

    assert [duty.reason for duty in ending_soon(new_town.session, now)] == ["ends today", "ends in three days"]
    assert [duty.reason for duty in ending_soon(new_town.session, now + timedelta(seconds=1))] == [
        *("ends today", "ends in three days", "ends later")
    ]
