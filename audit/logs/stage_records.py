"""The SQL that turns a log's raw records into rows of the event store, those that are no events marked."""

from audit.logs.formats.contract import PART, Records
from audit.logs.models import Source
from audit.logs.profiles.language import Profile
from audit.logs.profiles.sql import EventSql
from audit.logs.profiles.times import TimeSql, readable
from config.bulk import text_sql

# What a staged record is.
GOOD, PASSED_OVER, UNREADABLE = 0, 1, 2
_SHOWN_OF_TIME = 60


def staging_sql(records: Records, profile: Profile, source: Source, import_id: int) -> str:
    """Give the SQL of one row a record, in the file's order: the canonical event, and what else the import must know.

    `event_key` tells equal records; `record_id` is the source's own id, NULL where its records have none. A record
    whose time cannot be read, or that the reader found malformed, is unreadable: `fault` says why.
    """
    sql, times = EventSql(profile, records.columns), TimeSql(profile.times, source.time_zone)
    has_id = "event_id" in profile.fields
    record_id = f"nullif(trim({sql.field('event_id')}), '')" if has_id else "NULL::VARCHAR"
    of_source = text_sql(source.name)
    key = key_sql(f"concat_ws({PART}, {of_source}, {', '.join(records.contents)})")
    if has_id:
        key = f"CASE WHEN record_id IS NULL THEN {key} ELSE {key_sql(f'concat({of_source}, chr(30), record_id)')} END"
    shown = f"'has the time \"' || left(time_text, {_SHOWN_OF_TIME}) || '\", which is none ('"
    forms = text_sql(f"expected: {times.expected()}, of the years 1900 to 9998)")
    return f"""
        WITH fields AS (
            SELECT {sql.field("time")} AS raw_time, {sql.field("account")} AS account,
                {sql.field("resource")} AS resource, {sql.field("action")} AS raw_action,
                {sql.field("subject")} AS subject, {sql.field("purpose")} AS raw_purpose,
                {sql.field("workstation")} AS workstation, {record_id} AS record_id, {key} AS event_key,
                {records.fault} AS malformed, {sql.passed_over()} AS passed
            FROM {records.relation}
        ),
        -- one step after the other, so that what is dear is asked only of the times that need it
        with_quick AS (SELECT *, {times.quickly("raw_time")} AS quick_time FROM fields),
        with_text AS (
            SELECT *,
                CASE WHEN quick_time IS NULL THEN {times.spelled_out("trim(raw_time)")} ELSE raw_time END AS time_text
            FROM with_quick
        ),
        with_instant AS (SELECT *, coalesce(quick_time, {times.instant("time_text")}) AS instant FROM with_text),
        with_local AS (
            SELECT *, CASE WHEN instant IS NULL THEN {times.local_time("time_text")} END AS local_time FROM with_instant
        ),
        timed AS (
            SELECT *,
                CASE WHEN local_time IS NULL THEN instant ELSE {times.from_local("local_time")} END AS any_time,
                CASE WHEN local_time IS NULL THEN 0 ELSE {times.oddness("local_time")} END AS odd_clock
            FROM with_local
        ),
        judged AS (
            SELECT *, {readable("any_time")} AS time, CASE
                WHEN malformed IS NOT NULL THEN malformed
                WHEN passed THEN NULL
                WHEN time_text = '' THEN 'has no time'
                WHEN {readable("any_time")} IS NULL THEN {shown} || {forms}
                END AS fault
            FROM timed
        ),
        -- a resource is kept in two columns, the number at its end apart: most of millions of resources differ only in
        -- it, so that the few stems can be mapped to data series once each
        split AS (SELECT *, regexp_extract(resource, '[0-9]*$') AS resource_number FROM judged)
        SELECT event_key, record_id, {import_id}::INTEGER AS import_id, time,
            account, substring(resource, 1, length(resource) - length(resource_number)) AS resource_stem,
            resource_number,
            {sql.action("raw_action")} AS action, raw_action, subject,
            {sql.purpose("raw_purpose")} AS purpose, workstation, odd_clock::TINYINT AS odd_clock,
            (CASE WHEN fault IS NOT NULL THEN {UNREADABLE} WHEN passed THEN {PASSED_OVER} ELSE {GOOD} END)::TINYINT
            AS state, fault
        FROM split"""  # noqa: S608 - built from the profile's own expressions, texts quoted


def key_sql(content: str) -> str:
    """Give the SQL of the 128-bit key of a text; MD5 serves to tell records apart, not to protect them."""
    return f"md5_number({content})::UUID"
