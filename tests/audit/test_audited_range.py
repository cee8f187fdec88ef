"""An audit of part of a month is widened to the days of that month that were audited before."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import pytest
from sqlmodel import Session, select

from audit.audited_range import widen
from audit.models import AuditRun
from config.errors import Invalid
from tests.audit.auditing import found, log, moved, open_bids, view_bids
from tests.builders import APRIL_1, CHICAGO, DAY, JUNE_1, MARCH_1, MAY_1, a_run
from tests.town import Town

Days = tuple[int | None, int | None]


def bounds(days: Iterable[int | None]) -> list[datetime | None]:
    """Give instants so many days after 1 April."""
    return [None if day is None else APRIL_1 + day * DAY for day in days]


@pytest.mark.parametrize(
    ("before", "asked", "audited"),
    [
        ([(0, 30)], (9, 19), (0, 30)),
        ([(0, 5)], (19, 24), (0, 24)),
        ([(19, 24)], (0, 5), (0, 24)),
        ([(0, 5), (25, 30)], (9, 10), (0, 30)),
        ([(5, 9)], (5, 9), (5, 9)),
        ([(9, 19)], (5, 15), (5, 19)),
        ([(-31, 5)], (9, 19), (0, 19)),
        ([(25, 45)], (9, 19), (9, 30)),
        ([(None, None)], (9, 19), (0, 30)),
        ([(-31, 0)], (9, 19), (9, 19)),
        ([(30, 60)], (9, 19), (9, 19)),
        ([(None, 5)], (9, None), (0, None)),
        ([(20, None)], (None, 9), (None, 30)),
    ],
)
def test_a_range_within_a_month_is_widened_to_the_days_audited_before(
    session: Session, before: Sequence[Days], asked: Days, audited: Days
) -> None:
    session.add_all(a_run(*bounds(days)) for days in before)
    session.flush()

    start, end = bounds(asked)
    widened = widen(session, start, end, CHICAGO)

    assert [widened.start, widened.end] == bounds(audited)
    assert [text.startswith("Audited from") for text in widened.notices(CHICAGO)] == [True] * (audited != asked)


def test_what_stands_of_a_month_is_counted_over_all_of_its_audited_days(quiet_town: Town) -> None:
    view_bids(quiet_town, *(f"2025-04-{day:02d}" for day in range(1, 31)))

    quiet_town.audit(*bounds((9, 19)))
    receipt = quiet_town.audit(*bounds((5, 15)))

    assert [receipt.run.range_start, receipt.run.range_end] == bounds((5, 19))
    assert found(quiet_town) == [("assignment_ended", "2025-04", 14)]


def test_the_widening_is_said(quiet_town: Town) -> None:
    quiet_town.audit(APRIL_1, MAY_1)

    assert quiet_town.audit(APRIL_1 + DAY, APRIL_1 + 2 * DAY).notices == (
        "Audited from 1 April 2025 through 30 April 2025, as other days of these months were audited before.",
        "Nothing that decisions rest on has changed since run 1; its findings stand.",
    )


def test_a_range_holds_from_its_start_up_to_not_including_its_end(quiet_town: Town) -> None:
    log(
        quiet_town,
        "2025-04-01T04:59:59.999999Z,aolson,bid/1,view,,",
        "2025-04-01T05:00:00Z,aolson,bid/1,view,,",
        "2025-05-01T04:59:59.999999Z,aolson,bid/1,view,,",
        "2025-05-01T05:00:00Z,aolson,bid/1,view,,",
    )

    assert quiet_town.audit(APRIL_1, MAY_1).run.events == 2
    assert found(quiet_town) == [("assignment_ended", "2025-04", 2)]


def test_months_outside_the_range_are_untouched(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-04-05", "2025-05-05", "2025-06-05")
    quiet_town.audit()
    open_bids(quiet_town, MAY_1)
    receipt = quiet_town.audit(MAY_1, JUNE_1)

    assert moved(receipt) == (0, 0, 1)
    assert receipt.notices == ()
    assert found(quiet_town) == [("assignment_ended", "2025-04", 1), ("assignment_ended", "2025-06", 1)]


@pytest.mark.parametrize("end", [MARCH_1, MARCH_1 - DAY])
def test_a_range_that_ends_before_it_begins_is_refused_and_not_recorded(quiet_town: Town, end: datetime) -> None:
    with pytest.raises(Invalid, match="would end before it begins"):
        quiet_town.audit(MARCH_1, end)

    assert quiet_town.session.exec(select(AuditRun)).all() == []
