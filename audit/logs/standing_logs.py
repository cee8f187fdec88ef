"""Which imported logs count: all but those that were taken back, or whose file was read anew since."""

from datetime import datetime

from sqlalchemy import bindparam, text

from config.database import Reader, UtcDateTime

# by its name, as the classes of logs take long to load
_NOW = text("SELECT import_id FROM standing_logs WHERE superseded_at IS NULL")
_THEN = text(
    "SELECT import_id FROM standing_logs WHERE recorded_at <= :at AND (superseded_at IS NULL OR superseded_at > :at)"
).bindparams(bindparam("at", type_=UtcDateTime()))


def standing_ids(reader: Reader, at: datetime | None = None) -> set[int]:
    """Give the ids of the imports that count; where `at` is given, of those that counted then."""
    found = reader.execute(_NOW) if at is None else reader.execute(_THEN, {"at": at})
    return set(found.scalars())
