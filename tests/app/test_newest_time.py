"""The newest time of the record is found wherever one is kept."""

from datetime import UTC, datetime

from sqlalchemy import Engine

from access.models import Employee
from app.migrations.comparison import TABLES
from app.newest_time import TIMES, newest_time
from config.database import UtcDateTime
from config.sessions import reading, transaction
from tests.builders import a_row
from tests.databases import on_both

# What a file or a log says of when something was, and what people ask, is no time at which it was recorded here.
SAID = {"stated_recorded_at", "known_at", "logs_known_at", "went_live_at", "expires_at"}
# What says when somebody was here, when work was done, or what an official keeps for themselves, is no part of
# what is recorded about the city.
PRESENCE = {
    *("answered_requests", "api_tokens", "duty_outcomes", "jobs", "kept_forms", "official_sessions", "saved_views"),
    *("mails", "notices", "recovery_codes", "review_uses", "schedule", "sign_in_attempts", "taken_answers", "uploads"),
}


def test_every_column_that_says_when_something_was_recorded_is_looked_at() -> None:
    kept = {
        (table.name, column.name)
        for table in TABLES.sorted_tables
        for column in table.columns
        if table.name not in PRESENCE
        and isinstance(column.type, UtcDateTime)
        and column.name.endswith("_at")
        and column.name not in SAID
    }

    assert kept - {("temporary_duties", "revoked_at")} == set(TIMES)


@on_both
def test_a_reader_keeps_the_newest_time_of_the_state_that_it_reads(engine: Engine) -> None:
    def add(day: int) -> datetime:
        instant = datetime(2026, 6, day, tzinfo=UTC)
        with transaction(engine) as session:
            session.add(a_row(Employee, employee_id=f"E{day}", recorded_at=instant))
        return instant

    first = add(1)
    with reading(engine) as reader:
        assert newest_time(reader) == first
        second = add(2)
        assert newest_time(reader) == first
    with reading(engine) as reader:
        assert [newest_time(reader) for _ in range(2)] == [second, second]
