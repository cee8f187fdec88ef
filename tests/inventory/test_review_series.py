"""The yearly review of a series: due a year after the last one, or after it was first recorded."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from config.errors import Invalid, NotFound
from config.recorded import Recorded
from inventory.models import DataSeries
from inventory.review_series import count_overdue, review_series, review_states
from tests.builders import APRIL_1, a_row
from tests.databases import on_both
from tests.importing import CHICAGO

LEAP_DAY = datetime(2024, 2, 29, 18, tzinfo=UTC)


def due(session: Session, today: date) -> list[tuple[str, date | None, bool]]:
    states = review_states(session, now=APRIL_1, today=today, zone=CHICAGO)
    overdue = [state.is_overdue for state in states]
    assert count_overdue(session, today=today, zone=CHICAGO) == sum(overdue)
    return [(one.series.code, one.due, is_overdue) for one, is_overdue in zip(states, overdue, strict=True)]


@on_both
def test_a_review_puts_off_the_day_and_a_retired_series_has_none(session: Session) -> None:
    rows: list[Recorded] = [
        a_row(DataSeries, code="S1", recorded_at=LEAP_DAY, superseded_at=APRIL_1, superseded_by="clerk"),
        a_row(DataSeries, code="S1", recorded_at=APRIL_1),
        a_row(DataSeries, code="S2", recorded_at=LEAP_DAY),
        a_row(DataSeries, code="S3", recorded_at=LEAP_DAY, retired=APRIL_1),
    ]
    session.add_all(rows)
    session.flush()
    review_series(session, "s2", "Compared with the shelf list.", now=APRIL_1, by="clerk")

    assert due(session, date(2025, 3, 1)) == [
        ("S1", date(2025, 2, 28), True),
        ("S2", date(2026, 4, 1), False),
        ("S3", None, False),
    ]
    assert [is_overdue for _, _, is_overdue in due(session, date(2025, 2, 28))] == [False, False, False]


def test_a_note_as_it_is_pasted_from_a_letter_is_kept(session: Session) -> None:
    session.add(a_row(DataSeries, code="S1"))
    session.flush()
    pasted = "Held to §\u00a013.025 by the co\u00adworker \U0001f469\u200d\U0001f4bb."

    assert review_series(session, "S1", pasted, now=APRIL_1, by="clerk").note == pasted


def test_what_cannot_be_reviewed_is_refused(session: Session) -> None:
    session.add(a_row(DataSeries, code="S1"))
    session.flush()

    with pytest.raises(NotFound, match="no data series"):
        review_series(session, "S9", "", now=APRIL_1, by="clerk")
    with pytest.raises(Invalid, match="can be printed"):
        review_series(session, "S1", "\x1b[2J", now=APRIL_1, by="clerk")
    with pytest.raises(Invalid, match="can be printed"):
        review_series(session, "S1", "turned \u202e round", now=APRIL_1, by="clerk")
