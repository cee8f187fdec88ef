"""What duties that ended were used for is counted again and again for a while, and told by their row."""

from datetime import UTC, datetime

from access.duty_reminders import ended_lately
from access.models import TemporaryDuty
from audit.duty_outcomes import count_ended_duties, outcomes_of
from tests.databases import on_both
from tests.installing import installed
from tests.town import Town

MARCH_12 = datetime(2025, 3, 12, tzinfo=UTC)
APRIL_5 = datetime(2025, 4, 5, tzinfo=UTC)


def counted(town: Town, now: datetime) -> dict[str, tuple[int, datetime | None]]:
    """Count, and give the uses and the last one of each duty that ended, by its reason."""
    installation = installed(town.session, town.settings, now)
    count_ended_duties(installation)
    count_ended_duties(installation)
    with installation.read() as work:
        duties: list[TemporaryDuty] = ended_lately(work.session, now)
        outcomes = outcomes_of(work.session, duties)
        return {one.reason: (outcomes[one.id].uses, outcomes[one.id].last_use) for one in duties}


@on_both
def test_a_duty_that_ended_was_used_or_never(logged_town: Town) -> None:
    assert counted(logged_town, MARCH_12) == {"Opens bids": (0, None)}  # revoked on 5 March
    assert counted(logged_town, APRIL_5) == {"Covers for Cy": (1, datetime(2025, 3, 5, 16, 0, 0, 250_000, tzinfo=UTC))}
