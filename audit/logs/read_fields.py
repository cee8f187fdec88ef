"""From a batch of records to the texts of canonical fields, as the source's profile says."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from audit.logs.blanks import trimmed_sql
from audit.logs.event_columns import KINDS
from audit.logs.event_keys import content_key, id_key, unmarked
from audit.logs.formats.contract import FAULT, PASSED, Batch, Layout
from audit.logs.profiles.doubled_keys import let_find_doubled_keys
from audit.logs.profiles.language import Canonical, FieldAt, Profile
from audit.logs.profiles.sql import EventSql
from config.bulk_columns import arrow_rows
from config.compare_sql import offer_compare_form

_FIELD_OF: dict[str, Canonical] = {
    "time": "time",
    "account": "account",
    "resource": "resource",
    "action": "action",
    "subject": "subject",
    "purpose": "purpose",
    "workstation": "workstation",
}
_JOIN_COLUMNS = ["role", "join_key"]
_MARKS = ("\x1e", "\x1f")


@dataclass(frozen=True)
class Fields:
    """A batch's records as fields; `texts` by kind of name, `faults` where there are any, null for sound records.

    `passed` marks records that the profile takes for no accesses; `ids` are the source's own, null where a record has
    none; `keys` tell equal records, and are None where they can be made later from the fields. `join` has what tells
    which records are joined, where the profile joins any: `role` and `join_key`. `noticed` says which notice of the
    profile a record makes, where it has any.
    """

    times: pa.Array
    texts: dict[str, pa.Array]
    faults: pa.Array | None
    passed: pa.Array | None
    ids: pa.Array | None
    keys: pa.Array | None
    join: pa.Table | None = None
    noticed: pa.Array | None = None


class FieldReader:
    """Reads the fields of a log's batches: where each is a column as it stands, by taking the columns; else by SQL.

    `key_fields` names the fields of which an event's key can be made when it is asked for, in the order in which they
    are digested; none where keys must be made at once, as not every cell of a record is kept. `present` names the
    fields that the log can have.
    """

    def __init__(self, layout: Layout, profile: Profile, source: str, connection: duckdb.DuckDBPyConnection) -> None:
        self._layout = layout
        self._connection = connection
        sql = EventSql(profile, layout.places, is_checked=layout.is_checked, is_bare=layout.is_bare)
        named = {name: sql.field(field) for name, field in _FIELD_OF.items()}
        self.present = frozenset(name for name, place in named.items() if place != "''")
        self._columns = self._direct(profile, sql)
        self.key_fields = self._lazily(profile) if self._columns else ()
        let_find_doubled_keys(connection)
        offer_compare_form(connection)
        self._joins, self._notices = profile.records.join is not None, bool(profile.records.notices)
        self._statements = [self._statement(named, sql, profile, source, marked=marked) for marked in (False, True)]

    def read(self, batch: Batch) -> Fields:
        """Read a batch's fields."""
        return self._take(batch.rows) if self.key_fields else self._ask(batch.rows)

    def _direct(self, profile: Profile, sql: EventSql) -> dict[str, str]:
        """Give the column of each field, empty where the log has none; nothing if a field takes more than that."""
        layout = self._layout
        if layout.relation != "{batch}" or layout.passed != "false" or sql.passed_over() != "false" or profile.empty:
            return {}
        columns = {name: self._column(profile.fields.get(field, ())) for name, field in _FIELD_OF.items()}
        plain = {name: column for name, column in columns.items() if column is not None}
        return plain if len(plain) == len(columns) else {}

    def _column(self, spec: Sequence[FieldAt]) -> str | None:
        """Give the column that is a field as it stands, empty where the log has none; None if the field is no such."""
        if not any(at.is_there(self._layout.places.__contains__) for at in spec):
            return ""
        column = self._layout.places[spec[0].field] if spec == (FieldAt(field=spec[0].field),) else None
        return column if column in self._layout.contents else None

    def _lazily(self, profile: Profile) -> tuple[str, ...]:
        """Give the fields in the order of their columns, if each column is one field and no other."""
        if "event_id" in profile.fields:
            return ()
        fields = {column: name for name, column in self._columns.items() if column}
        used = [column for column in self._columns.values() if column]
        if sorted(used) != sorted(self._layout.contents):
            return ()
        return tuple(fields[column] for column in self._layout.contents)

    def _take(self, rows: pa.Table) -> Fields:
        nothing = pa.array([""] * rows.num_rows, pa.string()) if "" in self._columns.values() else None
        taken = {
            name: rows.column(column).combine_chunks() if column else nothing for name, column in self._columns.items()
        }
        times = taken.pop("time")
        faults = rows.column(FAULT).combine_chunks() if FAULT in rows.column_names else None
        return Fields(times, taken, faults, None, None, None)

    def _ask(self, rows: pa.Table) -> Fields:
        if FAULT not in rows.column_names:
            rows = rows.append_column(FAULT, pa.nulls(rows.num_rows, pa.string()))
        self._connection.register("batch", rows)
        found = arrow_rows(self._connection, self._statements[_has_marks(rows)])
        self._connection.unregister("batch")
        columns = {name: found.column(name).combine_chunks() for name in found.column_names}
        texts = {kind: columns[kind] for kind in KINDS}
        join = found.select(_JOIN_COLUMNS) if self._joins else None
        noticed = columns["noticed"] if self._notices else None
        ids, keys = columns["id"], columns["key"]
        return Fields(columns["time"], texts, columns["fault"], columns["passed"], ids, keys, join, noticed)

    def _statement(self, named: dict[str, str], sql: EventSql, profile: Profile, source: str, *, marked: bool) -> str:
        contents = [unmarked(column) if marked else column for column in self._layout.contents]
        contents = contents if self._layout.is_bare else [trimmed_sql(content) for content in contents]
        key, carried = content_key(source, contents), [FAULT, f"{self._layout.passed} AS passed_over"]
        if "event_id" in profile.fields:
            record_id = f"nullif({sql.field('event_id')}, '')"
            key = f"CASE WHEN record_id IS NULL THEN {key} ELSE {id_key(source, 'record_id')} END"
            carried += self._layout.contents
        else:
            record_id = "NULL::VARCHAR"
            carried.append(f"{key} AS content_key")
            key = "content_key"
        fields = ", ".join(f"{place} AS {name}" for name, place in named.items())
        join = f"{sql.join_role()} AS role, {sql.join_key()} AS join_key, " if profile.records.join else ""
        join += f"{sql.noticed()} AS noticed, " if profile.records.notices else ""
        asked = (
            f"{fields}, {join}coalesce({FAULT}, {sql.fault()}) AS fault, passed_over OR {sql.passed_over()} AS passed"
        )
        relation = sql.relation(self._layout.relation.format(batch="batch"), carried)
        return (
            f"SELECT {asked}, record_id AS id, unhex(replace(({key})::VARCHAR, '-', '')) AS key "  # noqa: S608 - ours
            f"FROM (SELECT *, {record_id} AS record_id FROM {relation})"
        )


def _has_marks(rows: pa.Table) -> bool:
    """Say whether a cell has a mark that parts cells where a record's content is digested."""
    cells: Sequence[pa.ChunkedArray] = [rows.column(name) for name in rows.column_names if name not in {FAULT, PASSED}]
    return any(pc.any(pc.match_substring(column, mark)).as_py() for column in cells for mark in _MARKS)
