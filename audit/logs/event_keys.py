"""Keys that tell events: equal records have equal keys, and the second, third … of a file one of its own each.

A key is the MD5 of a source's name and a record's content; it tells records apart and protects nothing. Of a record
that has an id of its own it is that of the id. Where a log's cells are all kept as fields, keys are made from these
when they are asked for; else each event bears its key.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from audit.logs.blanks import trimmed_sql
from audit.logs.event_store import Store, StoredLog
from config.bulk import text_sql

PART = "chr(31)"
_MARK = "chr(30)"
# How the stored fields are called of which keys are made, and how most logs write a time.
_STORED = {"action": "raw_action", "purpose": "raw_purpose"}
_TIME = f"coalesce({trimmed_sql('spelled')}, strftime(time, '%Y-%m-%dT%H:%M:%SZ'))"


def content_key(source: str, contents: Sequence[str]) -> str:
    """Give the SQL of the key (a UUID) of a record's content, given the SQL of its cells."""
    return _key(f"concat_ws({PART}, {text_sql(source)}, {', '.join(contents)})")


def id_key(source: str, record_id: str) -> str:
    """Give the SQL of the key of a record that has an id of its own, given the id's SQL."""
    return _key(f"concat({text_sql(source)}, {_MARK}, {record_id})")


def further_key(key: str, nth: str) -> str:
    """Give the SQL of the key of the second, third … equal record of a file, given the SQL of its first one's."""
    return f"CASE WHEN {nth} = 1 THEN {key} ELSE {_key(f'concat_ws({PART}, ({key})::VARCHAR, ({nth})::VARCHAR)')} END"


def unmarked(cell: str) -> str:
    """Give the SQL of a cell's text without the mark that parts cells in a record's content."""
    return f"replace(replace({cell}, {_MARK}, {_MARK} || '0'), {PART}, {_MARK} || '1')"


def keyed_events(store: Store, where: str = "true") -> str:
    """Give the SQL of the events (of the view `events`) that meet a condition, each with its `event_key`.

    The condition must hold for all equal records of a file, or for none: they are counted.
    """
    parts = list(_keyed(store.logs, where))
    return " UNION ALL ".join(parts) if parts else "SELECT *, NULL::UUID AS event_key FROM events WHERE false"


def _keyed(logs: Iterable[StoredLog], where: str) -> Iterator[str]:
    by_making = sorted(logs, key=_making)
    for (source, key_fields), alike in groupby(by_making, key=_making):
        imports = ", ".join(str(log.import_id) for log in alike)
        events = f"SELECT * FROM events WHERE import_id IN ({imports}) AND ({where})"  # noqa: S608 - our own words
        key = "lower(hex(kept_key))::UUID"
        if key_fields:
            contents = [_TIME if name == "time" else _STORED.get(name, name) for name in key_fields.split(";")]
            key = content_key(source, [unmarked(cell) for cell in contents])
        nth = "row_number() OVER (PARTITION BY import_id, first_key ORDER BY record)"
        yield (
            f"SELECT * EXCLUDE (first_key, nth), {further_key('first_key', 'nth')} AS event_key "  # noqa: S608 - the same
            f"FROM (SELECT *, {nth} AS nth FROM (SELECT *, {key} AS first_key FROM ({events})))"
        )


def _making(log: StoredLog) -> tuple[str, str]:
    return (log.source, log.key_fields) if log.key_fields else ("", "")


def _key(content: str) -> str:
    return f"md5_number({content})::UUID"
