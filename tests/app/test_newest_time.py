"""The newest time of the record is found wherever one is kept."""

from app.migrations.comparison import TABLES
from app.newest_time import TIMES
from config.database import UtcDateTime

# What a file or a log says of when something was, and what people ask, is no time at which it was recorded here.
SAID = {"stated_recorded_at", "known_at", "logs_known_at", "went_live_at"}
# What says when somebody was here, when work was done, or what an official keeps for themselves, is no part of
# what is recorded about the city.
PRESENCE = {
    *("answered_requests", "api_tokens", "duty_outcomes", "jobs", "kept_forms", "official_sessions", "saved_views"),
    *("schedule", "sign_in_attempts", "uploads"),
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
