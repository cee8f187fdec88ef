"""The SQL that turns a log's raw records into rows of the event store, unusable ones marked and kept whole."""

from zoneinfo import ZoneInfo

from audit.formats.records import Records
from audit.models import Source
from audit.profile import NEEDED, Profile
from audit.profile_sql import EventSql

# What a staged record is.
GOOD, PASSED_OVER, UNREADABLE = 0, 1, 2


def needed_columns(profile: Profile) -> list[str]:
    """Give the columns without which a CSV cannot be read by a profile."""
    specs = (profile.fields[name] for name in NEEDED)  # type: ignore[index]
    return [spec[0].field for spec in specs if len(spec) == 1 and spec[0].field]


def staging_sql(records: Records, profile: Profile, source: Source, import_id: int) -> str:
    """Give the SQL of one row a record, in the file's order: the canonical event, and what else the import must know.

    `event_key` tells equal records; `record_id` is the source's own id, NULL where its records have none. A record whose
    time cannot be read, or that the reader found malformed, is unreadable: `fault` says why, `raw` is its own text.
    A resource is kept in two columns, the number at its end apart: of millions of resources most differ only in it, and
    few stems can be mapped to data series once each.
    """
    sql = EventSql(profile, records.columns, records.document, ZoneInfo(profile.times.zone or source.time_zone))
    has_id = "event_id" in profile.fields
    record_id = f"nullif(trim({sql.field('event_id')}), '')" if has_id else "NULL::VARCHAR"
    own = f"concat_ws(chr(31), {_text(source.name)}, {records.content})"
    key = f"CASE WHEN record_id IS NULL THEN {own} ELSE concat_ws(chr(31), {_text(source.name)}, 'id', record_id) END"
    return f"""
        WITH fields AS (
            SELECT *, trim({sql.field("time")}) AS time_text, {sql.field("account")} AS account,
                {sql.field("resource")} AS resource, {sql.field("action")} AS raw_action,
                {sql.field("subject")} AS subject, {sql.field("purpose")} AS raw_purpose,
                {sql.field("workstation")} AS workstation, {record_id} AS record_id,
                {records.fault} AS malformed, {sql.passed_over()} AS passed
            FROM {records.relation}
        ),
        -- one step after the other, so that what is dear is asked only of the times that need it
        with_instant AS (SELECT *, {sql.instant("time_text")} AS instant FROM fields),
        with_local AS (
            SELECT *, CASE WHEN instant IS NULL THEN {sql.local_time("time_text")} END AS local_time FROM with_instant
        ),
        timed AS (
            SELECT *,
                CASE WHEN local_time IS NULL THEN instant ELSE {sql.from_local("local_time")} END AS time,
                CASE WHEN local_time IS NULL THEN 0 ELSE {sql.oddness("local_time")} END AS odd_clock
            FROM with_local
        ),
        judged AS (
            SELECT *, CASE
                WHEN malformed IS NOT NULL THEN malformed
                WHEN passed THEN NULL
                WHEN time_text = '' THEN 'has no time'
                WHEN time IS NULL THEN 'has the time "' || left(time_text, 60) || '", which is none of the forms: {_forms(profile)}'
                END AS unreadable_because
            FROM timed
        ),
        split AS (SELECT *, regexp_extract(resource, '[0-9]*$') AS resource_number FROM judged)
        SELECT {own_key(key if has_id else own)} AS event_key, record_id, {import_id}::INTEGER AS import_id, time,
            account, substring(resource, 1, length(resource) - length(resource_number)) AS resource_stem, resource_number,
            {sql.action("raw_action")} AS action, raw_action, subject,
            {sql.purpose("raw_purpose")} AS purpose, workstation, odd_clock::TINYINT AS odd_clock,
            (CASE WHEN unreadable_because IS NOT NULL THEN {UNREADABLE} WHEN passed THEN {PASSED_OVER} ELSE {GOOD} END)::TINYINT AS state,
            unreadable_because AS fault, CASE WHEN unreadable_because IS NOT NULL THEN {records.raw} END AS raw
        FROM split"""  # noqa: S608 - built from the profile's own expressions, texts quoted


def own_key(content: str) -> str:
    """Give the SQL of the 128-bit key of a text; MD5 serves to tell records apart, not to protect them."""
    return f"md5_number({content})::UUID"


def _forms(profile: Profile) -> str:
    names = {"iso": "2025-03-01T17:00:00-06:00"}
    return ", ".join(names.get(form, form) for form in profile.times.formats).replace("'", "''")


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
