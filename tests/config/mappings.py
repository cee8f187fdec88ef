"""One kind of small row, for tests that care for the database and not for what is in it."""

from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlmodel import select

from config.sessions import reading, transaction
from config.tables.heading_mapping import HeadingMapping

JULY_1 = datetime(2025, 7, 1, 12, tzinfo=UTC)


def a_mapping(heading: str = "job title", recorded_at: datetime = JULY_1) -> HeadingMapping:
    """Give a row that was not added yet."""
    return HeadingMapping(
        kind="positions", heading=heading, column="title", recorded_at=recorded_at, recorded_by="clerk"
    )


def headings(engine: Engine) -> list[str]:
    """Give the headings of all rows, in their order."""
    with reading(engine) as session:
        return [row.heading for row in session.exec(select(HeadingMapping).order_by("id"))]


def insert(engine: Engine) -> None:
    """Add one row."""
    with transaction(engine) as session:
        session.add(a_mapping())
