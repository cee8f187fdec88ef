"""What a temporary duty was used for."""

from datetime import datetime, timedelta

from access.find_duty import find_duty
from access.models import TemporaryDuty
from access.people_below import Reach
from audit.duty_uses import duty_uses
from audit.kept import Kept
from config.work import Work
from inventory.entity_time import entity_zone
from tests.audit.auditing import view_bids
from tests.builders import a_row
from tests.town import NOW, Town


def test_the_uses_of_a_duty_are_the_accesses_from_its_start_until_it_was_revoked(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-05-05", "2025-05-06", "2025-05-08")
    start, end = (datetime.fromisoformat(f"2025-05-0{day}T05:00:00+00:00") for day in (6, 9))
    duty = a_row(TemporaryDuty, series="S4", start=start, end=end, revoked_at=end - timedelta(days=1))
    quiet_town.record(duty)
    work = Work(quiet_town.session, NOW, NOW, "test", quiet_town.settings, entity_zone)
    uses = duty_uses(work, Kept(), find_duty(work.session, str(duty.id), reach=Reach("all", "")))

    assert (uses.count, uses.last) == (1, datetime.fromisoformat("2025-05-06T17:00:00+00:00"))
